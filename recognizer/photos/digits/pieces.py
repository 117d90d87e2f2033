"""Take ink apart into pieces that are a digit, or a part of one, but never more than one."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.boxes import Boxes
from recognizer.geometry import Ink, Points
from recognizer.photos.digits.cuts import Seam, find_seams

MOST_PIECES = 60  # the largest; a picture with more is a texture, or a page of text
_SPECK = 0.12  # share of the largest piece's longer side: what is smaller is dust
_SMALLEST = 0.012  # share of the picture's longer side: what is smaller is dust, too
_SPECK_WIDTHS = 0.8  # widths of the pen: what covers less than a square of this side is dust, too
_CUT_HEIGHT = 0.5  # share of the highest piece's: lower ones, as a 5's flag, are not two digits

Labels = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Pieces:
    """Ink, taken apart.

    Attributes:
        ink: (height, width) uint8, 0 = paper and 255 = ink.
        labels: (height, width) int32: to which piece each pixel belongs, from 1; 0 is paper.
        boxes: of the pieces, in pixels.
        outlines: of each piece places on its outline, (n, 2) x and y in pixels.
        seams: between pieces that hang together, by their places: the seam that parts them.
    """

    ink: Ink
    labels: Labels
    boxes: Boxes
    outlines: list[Points]
    seams: dict[tuple[int, int], Seam]

    def __len__(self) -> int:
        return len(self.outlines)


def take_apart(ink: Ink) -> Pieces:
    """Find what hangs together, leave out dust, and cut where digits may touch.

    Args:
        ink: (height, width) uint8, 0 = paper and 255 = ink.
    """
    _, found, rows, _ = cv2.connectedComponentsWithStats(
        (ink > 0).astype(np.uint8), None, connectivity=8
    )
    stats = np.asarray(rows, np.int32)
    components = _large(np.asarray(found, np.int32), stats)
    highest = int(stats[components, cv2.CC_STAT_HEIGHT].max(initial=0))
    labels = np.zeros(ink.shape, np.int32)
    corners: list[list[int]] = []
    outlines: list[Points] = []
    seams: dict[tuple[int, int], Seam] = {}
    for component in components:
        left, top, width, height, _ = stats[component].tolist()
        window = (slice(top, top + height), slice(left, left + width))
        mask = (np.asarray(found)[window] == component).astype(np.uint8)
        may_be_cut = height >= _CUT_HEIGHT * highest and len(outlines) < MOST_PIECES
        cut = find_seams(mask) if may_be_cut else []
        first = len(outlines)
        for place, part in enumerate(_cut(mask, cut)):
            if not part.any():
                continue
            if len(outlines) > first:
                seams[len(outlines) - 1, len(outlines)] = cut[place - 1]
            labels[window][part > 0] = len(outlines) + 1
            x, y, w, h = cv2.boundingRect(part)
            corners.append([left + x, top + y, left + x + w, top + y + h])
            outlines.append(_outline(part) + np.array([left, top]))
    low, high = np.hsplit(np.array(corners, float).reshape(-1, 4), 2)
    return Pieces(ink, labels, Boxes(low, high), outlines, seams)


def _large(labels: Labels, stats: NDArray[np.int32]) -> list[int]:
    """The components that are no dust, the largest first, and not too many of them."""
    if len(stats) < 2:
        return []
    sizes = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    areas = stats[:, cv2.CC_STAT_AREA].astype(float)
    order = 1 + np.argsort(-areas[1:], kind="stable")
    largest = int(sizes[order[:5]].max())
    smallest = max(_SPECK * largest, _SMALLEST * max(labels.shape))
    pen = measure_pen((labels == order[0]).astype(np.uint8))
    kept = [
        int(component)
        for component in order[: 10 * MOST_PIECES]
        if sizes[component] >= smallest and areas[component] >= (_SPECK_WIDTHS * pen) ** 2
    ]
    return kept[:MOST_PIECES]


def measure_pen(mask: NDArray[np.uint8]) -> float:
    """The width of the pen that drew some ink, in pixels, 1 at least.

    The mean distance of a bar's pixels to its edge is a quarter of the bar's width and 0.5.

    Args:
        mask: (height, width) uint8, 0 = paper and 1 = ink; some ink.
    """
    distance = np.asarray(cv2.distanceTransform(mask, cv2.DIST_L2, 3))
    return max(1.0, 4 * float(distance[mask > 0].mean()) - 2)


def _cut(mask: NDArray[np.uint8], seams: list[Seam]) -> list[NDArray[np.uint8]]:
    """The parts of a component from left to right."""
    if not seams:
        return [mask]
    columns = np.arange(mask.shape[1])
    passed = np.sum([columns > seam.columns[:, None] for seam in seams], axis=0)
    return [mask * (passed == part).astype(np.uint8) for part in range(len(seams) + 1)]


def _outline(mask: NDArray[np.uint8]) -> Points:
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    return np.concatenate([contour[:, 0] for contour in contours]).astype(float)
