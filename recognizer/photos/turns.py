"""Read a sheet that lies on its side or upside down, and whose file does not say so.

It is turned only where nothing speaks for the upright reading, and what is read then is in doubt:
a 6 is a 9 upside down, and a letter may be a digit on its side.  Where all ink is a digit on its
side that is likelier than the upright reading, as an 8 is that was read as 00, that one is doubted.
What is upside down cannot be told, for six digits are digits then.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recognizer.boxes import Boxes
from recognizer.geometry import Grey
from recognizer.photos.digits.grouping import AskPictures
from recognizer.photos.sheets import SheetReading, read_coarsely
from recognizer.strokes import Mode

_HOPELESS = 0.25  # worth of the worst upright digit, above which nothing is turned
_CONVINCING = 0.9  # worth of the worst digit of a turned sheet, from which it is believed
_MOST_DIGITS = 12  # that an upright reading has; of more, it is a texture
_LIKELIER = 2  # times less likely to be wrong: a digit on its side, that makes an upright doubtful


def read_turned(
    grey: Grey, upright: SheetReading, ask: AskPictures, mode: Mode
) -> SheetReading | None:
    """The reading of the sheet as it should lie, in doubt; None where it lies rightly.

    Args:
        grey: (height, width) uint8, 0 = black and 255 = white.
        upright: what was read on it as it is.
        ask: the network about pictures in MNIST's form; called at most once for each way to see a
            turn.
        mode: as for :func:`recognizer.photos.sheets.read_sheet`.

    Returns:
        boxes in pixels of the sheet as it lies, made as large as the reading's ``side``.
    """
    if upright.worth >= _HOPELESS or len(upright.found.inks) > _MOST_DIGITS:
        return None
    best, turned = upright, 0
    for quarters in (2, 1, 3):
        reading = read_coarsely(np.ascontiguousarray(np.rot90(grey, quarters)), ask, mode)
        if reading and reading.worth >= max(_CONVINCING, best.worth):
            best, turned = reading, quarters
    if not turned:
        return None
    found = best.found.doubted()
    size = np.array(grey.shape[::-1]) * best.side / max(grey.shape)
    left_out = found.left_out and _lay_back(found.left_out, turned, size)
    found = replace(found, boxes=_lay_back(found.boxes, turned, size), left_out=left_out)
    return replace(best, found=found)


def doubt_if_on_side(reading: SheetReading, ask: AskPictures) -> SheetReading:
    """The upright reading, in doubt where all of its ink is likelier one digit on its side.

    Of 31 real digits on their side that were surely read as something else it leaves one; of 526
    upright pictures it changes none.

    Args:
        reading: of a sheet as it lies.
        ask: the network about pictures in MNIST's form; called once.
    """
    on_side = ask([np.ascontiguousarray(np.rot90(reading.found.whole, turn)) for turn in (1, 3)])
    worths = on_side.confidences * on_side.digitness
    best = int(worths.argmax())
    likeliest, upright = int(on_side.digits[best]), reading.found.outputs.digits.tolist()
    # A line of digits made as small as one is a bar, as a 1 is.
    is_plausible = likeliest != 1 if len(upright) > 1 else [likeliest] != upright
    if not is_plausible or worths[best] < max(_CONVINCING, 1 - (1 - reading.worth) / _LIKELIER):
        return reading
    return replace(reading, found=reading.found.doubted())


def _lay_back(boxes: Boxes, quarters: int, size: NDArray[np.float64]) -> Boxes:
    """Boxes on a sheet that was turned anticlockwise, on the sheet before that, of this size."""
    low, high = boxes.low, boxes.high
    width, height = size
    if quarters == 2:
        return Boxes(size - high, size - low)
    if quarters == 1:
        return Boxes(
            np.stack([width - high[:, 1], low[:, 0]], axis=1),
            np.stack([width - low[:, 1], high[:, 0]], axis=1),
        )
    return Boxes(
        np.stack([low[:, 1], height - high[:, 0]], axis=1),
        np.stack([high[:, 1], height - low[:, 0]], axis=1),
    )
