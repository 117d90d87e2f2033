"""Leave out what lies around the sheet of paper: a dark table, a desk, the picture's frame."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import Grey

_COARSE_SIDE = 200  # pixels: longest side of the picture that the sheet is looked for on
_LEAST_SIDE = 20  # pixels of this picture's shorter side; of a narrower one all is paper
_LEAST_SHEET = 0.2  # share of the picture's area
_LEAST_FILL = 0.85  # share of the sheet's outline that is light, and of a rectangle that it fills
_MOST_BORDER = 0.35  # share of the picture's border that the sheet covers; more is a shadow's edge
_LEAST_STEP = 30  # of 255, between the table and the sheet
_SHARP = 3  # pixels of the coarse picture, within which the step is made
_LEAST_SHARP = 0.7  # share of the sheet's edge that is such a step; a lamp's light ends softly
_INSET = 0.02  # share of the longer side that is left out along the sheet's edge


def find_sheet(grey: Grey) -> NDArray[np.bool_] | None:
    """Where the sheet is, if the picture shows something darker all around it.

    Args:
        grey: (height, width) uint8.

    Returns:
        (height, width) bool, or None where the whole picture is paper.
    """
    factor = min(1.0, _COARSE_SIDE / max(grey.shape))
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    coarse = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    if min(coarse.shape) < _LEAST_SIDE:
        return None
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9))
    coarse = np.asarray(cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, window), np.uint8)
    level, light = cv2.threshold(coarse, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if not _is_step(coarse, level):
        return None
    sheet = _largest(np.asarray(light, np.uint8))
    if sheet is None or not _is_sharp(coarse, sheet):
        return None
    margin = max(1, round(_INSET * max(sheet.shape)))
    inset = cv2.getStructuringElement(cv2.MORPH_RECT, (2 * margin + 1, 2 * margin + 1))
    inner = cv2.erode(sheet, inset, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    if not inner.any():  # a strip, which is narrower than what is left out along its edges
        inner = sheet
    return np.asarray(cv2.resize(inner, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)) > 0


def _is_step(coarse: Grey, level: float) -> bool:
    above, below = coarse[coarse > level], coarse[coarse <= level]
    if not above.size or not below.size:
        return False
    return float(np.median(above)) - float(np.median(below)) >= _LEAST_STEP


def _largest(light: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The hull of the largest light area, if it looks like a sheet within a darker picture."""
    contours, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    sheet = np.zeros_like(light)
    cv2.fillConvexPoly(sheet, hull, 255)
    area = int((sheet > 0).sum())
    if area < _LEAST_SHEET * light.size or float((light[sheet > 0] > 0).mean()) < _LEAST_FILL:
        return None
    _, (width, height), _ = cv2.minAreaRect(hull)
    if area < _LEAST_FILL * width * height:
        return None
    border = np.concatenate([sheet[0], sheet[-1], sheet[:, 0], sheet[:, -1]])
    return sheet if float((border > 0).mean()) <= _MOST_BORDER else None


def _is_sharp(coarse: Grey, sheet: NDArray[np.uint8]) -> bool:
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (2 * _SHARP + 1, 2 * _SHARP + 1))
    edge = np.asarray(cv2.morphologyEx(sheet, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))) > 0
    step = np.asarray(cv2.morphologyEx(coarse, cv2.MORPH_GRADIENT, window))
    return float((step[edge] >= _LEAST_STEP).mean()) >= _LEAST_SHARP
