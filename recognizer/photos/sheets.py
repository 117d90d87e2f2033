"""Read a sheet of paper: the size at which its ink is looked for does not depend on the file's.

Everything is looked at about 420 pixels large, where a photo of any resolution and focus looks the
same, and at twice that where the digits are small or doubtful.  Of several ways to take what is
seen, the one that the network explains best is the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from recognizer.geometry import Grey, Ink
from recognizer.numbers.signs import find_dashes
from recognizer.photos.digits.found import Found
from recognizer.photos.digits.grouping import AskPictures, find_digits
from recognizer.photos.digits.pieces import take_apart
from recognizer.photos.ink.finding import find_ink
from recognizer.photos.ink.frames import remove_frames
from recognizer.photos.ink.margins import leave_out_margins
from recognizer.photos.ink.underlines import remove_underlines
from recognizer.strokes import Mode

SIDE = 420  # pixels: longest side of the picture that is looked at first
_FINER = 1.3  # times more pixels a side that a picture must have to be worth a finer look
_SMALL_DIGITS = 30  # pixels: height below which a finer look shows more
_ENOUGH = 0.9  # worth of the worst digit (:class:`SheetReading`): nothing else is tried then
_HOPELESS, _MANY = 0.05, 20  # worth less, of more pieces: a texture, however it is seen
_OF_SMALL = 0.5  # what a reading of small digits counts for, beside one where they are seen better


@dataclass(frozen=True, eq=False)
class SheetReading:
    """What was read, and how it was seen.

    Attributes:
        found: the digits; boxes in pixels of the picture that was looked at.
        side: longest side of that picture, pixels.
        worth: how well the network explains the worst digit, 0-1.
    """

    found: Found
    side: int
    worth: float

    @property
    def is_small(self) -> bool:
        """Whether the digits are so small that a finer look would show more."""
        return float(np.median(self.found.boxes.extents[:, 1])) < _SMALL_DIGITS

    @property
    def is_enough(self) -> bool:
        """Whether there is no reason to look again."""
        return self.worth >= _ENOUGH and not self.is_small


def read_sheet(grey: Grey, ask: AskPictures, mode: Mode) -> SheetReading | None:
    """Read the digits on a sheet; None where there is no ink.

    Args:
        grey: (height, width) uint8, 0 = black and 255 = white; either polarity.
        ask: the network about pictures in MNIST's form; called once for each way to see it.
        mode: as for :func:`recognizer.photos.digits.grouping.find_digits`.
    """
    coarse = _read_at(grey, SIDE, ask, mode)
    if (coarse and coarse.is_enough) or max(grey.shape) < _FINER * SIDE:
        return coarse
    return choose(coarse, _read_at(grey, min(2 * SIDE, max(grey.shape)), ask, mode))


def read_coarsely(grey: Grey, ask: AskPictures, mode: Mode) -> SheetReading | None:
    """Read the digits on a sheet at the first size; arguments as for :func:`read_sheet`."""
    return _read_at(grey, SIDE, ask, mode)


def read_finest(grey: Grey, ask: AskPictures, mode: Mode) -> SheetReading | None:
    """Read the digits on a sheet at the size that it has; arguments as for :func:`read_sheet`."""
    return _read_at(grey, max(grey.shape), ask, mode)


def choose(coarse: SheetReading | None, finer: SheetReading | None) -> SheetReading | None:
    """The better one; small digits are believed where they are seen better."""
    if coarse is None or finer is None:
        return coarse or finer
    least = coarse.worth * (_OF_SMALL if coarse.is_small else 1)
    return finer if finer.worth > least else coarse


def _read_at(grey: Grey, side: int, ask: AskPictures, mode: Mode) -> SheetReading | None:
    """The best reading of a picture made as large as ``side``."""
    best: SheetReading | None = None
    for ink, is_doubtful in _ways_to_see(find_ink(_resize(grey, side / max(grey.shape)))):
        pieces = take_apart(ink)
        if not len(pieces):
            continue
        dashes = find_dashes(pieces.boxes) if mode != "digit" else []
        if dashes:
            is_dash = np.isin(pieces.labels, np.array(dashes) + 1)
            dashed, pieces = pieces, take_apart(np.where(is_dash, 0, ink).astype(np.uint8))
            if not len(pieces):  # beside what else there is now, the rest is as small as dust
                dashes, pieces = [], dashed
        found = find_digits(pieces, ask, mode)
        if dashes:
            found = replace(found, left_out=dashed.boxes.take(dashes))
        worth = float((found.outputs.confidences * found.outputs.digitness).min())
        if best is None or worth > best.worth:
            best = SheetReading(found.doubted() if is_doubtful else found, side, worth)
        if worth >= _ENOUGH or (worth < _HOPELESS and len(pieces) > _MANY):
            break
    return best


def _ways_to_see(ink: Ink) -> Iterator[tuple[Ink, bool]]:
    """The likeliest first, each once, and whether another one may be as right."""
    margins = leave_out_margins(ink)
    inner = None
    if margins.is_cut:
        inner, _ = remove_underlines(remove_frames(margins.inner))
        yield inner, True
    free, touched = remove_underlines(remove_frames(margins.free))
    yield free, margins.is_cut or touched
    if ink is not free and ink is not inner:
        yield ink, True


def _resize(grey: Grey, factor: float) -> Grey:
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    kernel = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, size, interpolation=kernel), np.uint8)
