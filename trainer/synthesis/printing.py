"""What is printed on paper beside the digits: rules, squares, dotted lines, boxes, underlines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from trainer.synthesis.appearances import Appearance
from trainer.synthesis.digit_inks import Coverage

_Random = np.random.Generator
Place = tuple[float, float, float, float]  # left, top, right, bottom of a digit, pixels

_DOT = 3  # times its width: from one dot of a dotted line to the next


def print_lines(
    shape: tuple[int, int],
    lines: Sequence[Sequence[Place]],
    height: float,
    how: Appearance,
    random: _Random,
) -> Coverage:
    """All that is printed.

    Args:
        shape: rows and columns of the sheet.
        lines: where the digits of each line stand.
        height: of a digit, pixels.
        how: the sheet looks.
        random: the source of chance.

    Returns:
        (rows, columns) float32 in [0, 1].
    """
    printed = np.zeros(shape, np.float32)
    width = max(1, round(height / 60))
    if how.ruled or how.squared or how.dotted:
        _rule(printed, height, width, how, random)
    for line in lines:
        room = random.uniform(0.1, 0.22) * height
        if how.boxes != "none":
            _box(printed, line, room, max(1, round(how.box_width * height)), how.boxes)
        if how.underlined:
            _underline(printed, line, room, max(2, round(how.box_width * height)))
    return printed


def _rule(printed: Coverage, height: float, width: int, how: Appearance, random: _Random) -> None:
    """Lines a digit's height or a good half of it apart."""
    close = how.squared or how.dotted
    spacing = height * (random.uniform(0.45, 0.7) if close else random.uniform(1.0, 1.4))
    if not how.dotted:
        for at in np.arange(random.uniform(0, spacing), printed.shape[0], spacing):
            printed[int(at) : int(at) + width] = 1
    if close:
        is_inked = np.ones(len(printed), bool)
        if how.dotted:
            is_inked = np.arange(len(printed)) % (_DOT * (width + 1)) <= width
        for at in np.arange(random.uniform(0, spacing), printed.shape[1], spacing):
            printed[is_inked, int(at) : int(at) + width + how.dotted] = 1


def _box(printed: Coverage, line: Sequence[Place], room: float, width: int, kind: str) -> None:
    """Boxes around digits: each its own, a row of adjoining ones, or one around all."""
    top = min(place[1] for place in line) - room
    bottom = max(place[3] for place in line) + room
    if kind == "separate":
        sides = [(place[0] - room / 2, place[2] + room / 2) for place in line]
    else:
        edges = [line[0][0] - room]
        if kind == "adjoining":
            edges += [(one[2] + following[0]) / 2 for one, following in pairwise(line)]
        edges.append(line[-1][2] + room)
        sides = list(pairwise(edges))
    for left, right in sides:
        corners = (round(left), round(top)), (round(right), round(bottom))
        cv2.rectangle(printed, *corners, 1.0, width)


def _underline(printed: Coverage, line: Sequence[Place], room: float, width: int) -> None:
    row = round(max(place[3] for place in line) + room)
    ends = (round(line[0][0] - room), row), (round(line[-1][2] + room), row)
    cv2.line(printed, *ends, 1.0, width)
