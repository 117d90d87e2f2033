"""Take generated pictures of generated sheets: lamp, shadow, table, angle, focus and noise."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.synthesis.appearances import Appearance

Light = NDArray[np.float32]  # (height, width, 3), 1 = white
_Random = np.random.Generator


def photograph(light: Light, how: Appearance, random: _Random) -> Light:
    """A sheet as it is seen.

    Args:
        light: (height, width, 3) float32: the share of white light that it reflects.
        how: it looks.
        random: the source of chance.

    Returns:
        (height, width, 3) float32, larger where a table is seen around it; 1 = white.
    """
    if how.binding:
        light = _bind(light, random)
    if how.edge:
        light = _behind_an_edge(light, random)
    light = _light_up(light, how, random)
    if how.table:
        light = _on_table(light, how, random)
    if how.turn or how.perspective:
        light = _seen_from_an_angle(light, how, random)
    if how.blur:
        light = cv2.GaussianBlur(light, (0, 0), how.blur * random.uniform(0.7, 1.3))  # type: ignore[assignment]
    if how.side:
        factor = how.side / max(light.shape)
        light = cv2.resize(light, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)  # type: ignore[assignment]
    if how.noise:
        light = light + random.normal(0, how.noise, light.shape).astype(np.float32)
    return light


def _light_up(light: Light, how: Appearance, random: _Random) -> Light:
    """A lamp on one side, and the soft shadow of something that is held over the sheet."""
    rows, columns = light.shape[:2]
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : columns * 1j].astype(np.float32)  # type: ignore[misc]
    lamp_x, lamp_y = random.uniform(-0.2, 1.2, 2)
    distance = np.hypot(x - lamp_x, y - lamp_y)
    shade = 1 - how.lamp * distance / distance.max()
    if how.shadow:
        angle, middle = random.uniform(0, 2 * math.pi), random.uniform(0.3, 0.7)
        across = (x - middle) * math.cos(angle) + (y - middle) * math.sin(angle)
        depth = (1 + np.tanh(across / random.uniform(0.02, 0.08))) / 2
        shade *= 1 - how.shadow * depth
    return np.asarray(light * shade[..., np.newaxis], np.float32)


def _bind(light: Light, random: _Random) -> Light:
    """Add a strip above the page, with holes and the wires of a spiral through them."""
    columns = light.shape[1]
    strip = round(0.12 * max(light.shape[:2]))
    bound = cv2.copyMakeBorder(light, strip, 0, 0, 0, cv2.BORDER_REPLICATE)
    bound[: strip // 2] = np.array([0.25, 0.2, 0.15], np.float32)
    step = max(6, round(columns * random.uniform(0.03, 0.06)))
    for x in range(step // 2, columns, step):
        cv2.circle(bound, (x, round(0.8 * strip)), max(1, step // 5), (0.15, 0.15, 0.15), -1)
        ends = (x - step // 8, strip // 4), (x, round(0.8 * strip))
        cv2.line(bound, *ends, (0.1, 0.1, 0.1), max(1, step // 6), cv2.LINE_AA)
    return np.asarray(bound, np.float32)


def _behind_an_edge(light: Light, random: _Random) -> Light:
    """Add what lies behind the page on the left: something darker, with streaks of its own."""
    rows = len(light)
    strip = round(random.uniform(0.06, 0.15) * max(light.shape[:2]))
    wide = np.asarray(cv2.copyMakeBorder(light, 0, 0, strip, 0, cv2.BORDER_REPLICATE), np.float32)
    streaks = cv2.GaussianBlur(random.normal(0, 1, (rows, strip)).astype(np.float32), (3, 61), 0)
    colour = np.array([0.4, 0.3, 0.2], np.float32) * random.uniform(0.5, 1.3)
    slope = random.uniform(0.4, 1.0)
    is_behind = np.arange(strip) < strip * (slope + (1 - slope) * np.arange(rows)[:, None] / rows)
    behind = colour * (1 + 0.8 * streaks[..., np.newaxis])
    wide[:, :strip] = np.where(is_behind[..., np.newaxis], behind, wide[:, :strip])
    return wide


def _on_table(light: Light, how: Appearance, random: _Random) -> Light:
    border = round(how.table * max(light.shape[:2]))
    colour = np.array([0.35, 0.25, 0.15], np.float32) * random.uniform(0.6, 1.2)
    framed = cv2.copyMakeBorder(
        light, border, border, border, border, cv2.BORDER_CONSTANT, value=colour.tolist()
    )
    grain = cv2.GaussianBlur(random.normal(0, 1, framed.shape[:2]).astype(np.float32), (41, 3), 0)
    is_table = np.ones(framed.shape[:2], np.float32)
    is_table[border:-border, border:-border] = 0
    wood = 1 + 0.3 * (grain * is_table)[..., np.newaxis]
    return np.asarray(framed * wood, np.float32)


def _seen_from_an_angle(light: Light, how: Appearance, random: _Random) -> Light:
    rows, columns = light.shape[:2]
    corners = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    angle = math.radians(random.uniform(-how.turn, how.turn))
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    middle = np.array([columns, rows]) / 2
    moved = (corners - middle) @ turn + middle
    moved += random.uniform(-how.perspective, how.perspective, (4, 2)) * columns
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    # What lies beyond the sheet looks like its edge.
    return cv2.warpPerspective(  # type: ignore[return-value]
        light, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
