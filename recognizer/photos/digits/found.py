"""The digits that were found on a picture, and what they say about each other.

A digit that is much smaller than the others and stands in none of their lines is none of them; one
that the network is not sure of is what those are that look like it, for one hand wrote them all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.boxes import Boxes
from recognizer.geometry import Ink
from recognizer.outputs import NetworkOutputs

_DOUBT = 0.7  # digitness at most, where something else speaks against it
_SMALL = 0.35  # share of the highest digit's height: both sides of what is no digit beside it
_BESIDE = 1.5  # times its height that a digit in line is away from it at most
_MOST_LEFT_OUT = 2  # more than these are a line of small digits
_SURE = 0.9  # of a digit: tells what others are
_ALIKE = 0.8  # correlation of two digits, blurred, from which they may be the same
_SHARPNESS = 20.0  # of the choice between those that look like it
_STILL_DOUBTED = 0.85  # probability at most of what others had to tell
_BLUR = 1.5  # pixels of the model input
_SLASH = 0.25  # how far its upper end is right of its lower one at least, as a share of its height
_MORE = 0.2  # how much farther right it is than the upper ends of the hand's other digits
_LINE = 0.04  # width of a straight line at most: its variance, as a share of that of its height


@dataclass(frozen=True, eq=False)
class Found:
    """Digits in reading order.

    Attributes:
        boxes: of them, in pixels of the ink.
        inks: (28, 28) uint8 of each, 0 = paper and 255 = ink.
        outputs: the network's; digitness is lowered where something is too low for a digit.
        whole: (28, 28) uint8 of all ink as one digit.
        left_out: boxes of ink that is read as no digit, as a minus; None where there is none.
    """

    boxes: Boxes
    inks: list[Ink]
    outputs: NetworkOutputs
    whole: Ink
    left_out: Boxes | None = None

    def doubted(self) -> Found:
        """The same digits, each no more than likely to be one."""
        doubtful = replace(self.outputs, digitness=np.minimum(self.outputs.digitness, _DOUBT))
        return replace(self, outputs=doubtful)

    def without_specks(self) -> Found:
        """Leave out what is small and in no line; doubt the others where it looked like a digit."""
        is_speck = _are_specks(self.boxes)
        if not 0 < is_speck.sum() <= _MOST_LEFT_OUT:
            return self
        worths = self.outputs.confidences * self.outputs.digitness
        places = np.flatnonzero(~is_speck).tolist()
        left = replace(
            self,
            boxes=self.boxes.take(places),
            inks=[self.inks[place] for place in places],
            outputs=self.outputs.take(places),
        )
        return left.doubted() if (worths[is_speck] >= 0.5).any() else left

    def with_slashes_doubted(self) -> Found:
        """Doubt each 1 that leans as a slash does, more than the others and any other 1."""
        ones = self.outputs.digits == 1
        if len(ones) < 2 or not ones.any():
            return self
        slants, widths = np.array([_measure_slant(ink) for ink in self.inks]).T
        digitness = self.outputs.digitness.copy()
        for place in np.flatnonzero(ones & (slants >= _SLASH) & (widths <= _LINE)):
            more = np.delete(slants[place] - slants, place)
            if np.median(more) >= _MORE and (more[np.delete(ones, place)] >= _MORE).all():
                digitness[place] = min(digitness[place], _DOUBT)
        return replace(self, outputs=replace(self.outputs, digitness=digitness))

    def told_by_others(self) -> Found:
        """Move the outputs for what is in doubt towards those for what looks like it."""
        outputs = self.outputs
        is_sure = outputs.confidences >= _SURE
        if is_sure.all() or not is_sure.any():
            return self
        looks = _looks(self.inks)
        probabilities = outputs.probabilities.copy()
        for place in np.flatnonzero(~is_sure):
            alike = looks[is_sure] @ looks[place]
            if alike.max() < _ALIKE:
                continue
            weights = np.exp(_SHARPNESS * (alike - alike.max()))
            told = weights @ outputs.probabilities[is_sure] / weights.sum()
            probabilities[place] = _bounded((probabilities[place] + told) / 2)
        return replace(self, outputs=replace(outputs, probabilities=probabilities))


def _are_specks(boxes: Boxes) -> NDArray[np.bool_]:
    extents = boxes.extents
    highest = extents[:, 1].max()
    is_small = extents.max(axis=1) < _SMALL * highest
    tall = ~is_small
    middle = (boxes.low[:, 1] + boxes.high[:, 1]) / 2
    is_level = (middle[:, None] > boxes.low[tall, 1]) & (middle[:, None] < boxes.high[tall, 1])
    apart = np.maximum(
        boxes.low[:, None, 0] - boxes.high[tall, 0], boxes.low[tall, 0] - boxes.high[:, None, 0]
    )
    is_in_line = (is_level & (apart < _BESIDE * highest)).any(axis=1)
    return np.asarray(is_small & ~is_in_line, np.bool_)


def _looks(inks: list[Ink]) -> NDArray[np.float64]:
    """(n, 784) float64: each ink, blurred, with a mean of 0 and a length of 1."""
    blurred = np.stack([cv2.GaussianBlur(ink.astype(np.float64), (0, 0), _BLUR) for ink in inks])
    flat = blurred.reshape(len(inks), -1)
    flat -= flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9))


def _measure_slant(ink: Ink) -> tuple[float, float]:
    """How far ink leans to the right, and how wide it is when it is set upright, by its moments."""
    moments = cv2.moments(ink)
    height = max(moments["mu02"], 1e-9)
    slant = moments["mu11"] / height
    return -slant, moments["mu20"] / height - slant**2


def _bounded(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep the likeliest digit in doubt: it was seen beside others, and not by itself."""
    likeliest = int(probabilities.argmax())
    excess = max(0.0, float(probabilities[likeliest]) - _STILL_DOUBTED)
    moved = probabilities + excess / (len(probabilities) - 1)
    moved[likeliest] = probabilities[likeliest] - excess
    return moved
