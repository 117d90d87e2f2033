"""How well pictures are read: MNIST sent as files, and real digits on generated paper.

MNIST's test images and scikit-learn's 8x8 digits are sent as PNG files, dark on light and light on
dark, and compared with what the network answers to the same images directly.  Sheets are composed
of MNIST's test images (enlarged), and of drawings by held-out writers drawn with a pen; what each
kind looks like stands in :mod:`trainer.synthesis.appearances`.  "Right" means that
all digits of a sheet were read, in order, in mode ``auto``; "counted" that as many were found as
there are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.photos.reading import PictureReading, read_picture
from recognizer.runs.loaded_run import LoadedRun
from recognizer.strokes import Mode
from trainer.data.collection import load_data
from trainer.evaluation.samples import held_out_writers
from trainer.figures.figure import Figure, median, paired_difference, share
from trainer.synthesis.appearances import KINDS, Appearance
from trainer.synthesis.digit_inks import (
    DigitInk,
    penned_digits,
    scanned_digits,
    small_digit_images,
)
from trainer.synthesis.papers import make_sheets
from trainer.synthesis.picture_files import write_picture

Greys = NDArray[np.uint8]

SHEETS = 100  # of each kind, and of each sort of digits
SEED = 20261121
_POLARITIES: dict[str, Callable[[Greys], Greys]] = {
    "light on dark": lambda inks: inks,
    "dark on light": lambda inks: np.asarray(255 - inks, np.uint8),
}
_MNIST_LOSS = "MNIST as files, less than the network by itself"
HEADLINES = (
    ("light on dark", "MNIST as files"),
    ("photo", "MNIST digits, right"),
    ("photo", "held-out writers, right"),
)


def measure(run: LoadedRun, data_folder: Path) -> list[Figure]:
    """Every kind of picture.

    Raises:
        DataError: a data set is missing or damaged.
    """
    data = load_data(data_folder)
    small, labels = small_digit_images()
    drawings = held_out_writers(run.details, data.drawings)
    sorts = {"MNIST digits": scanned_digits(data.mnist.test)}
    if drawings:
        sorts["held-out writers"] = penned_digits(drawings)
    return [
        *measure_mnist(run, data.mnist.test.ink, data.mnist.test.labels),
        *measure_small(run, small, labels),
        *(
            figure
            for kind, how in KINDS.items()
            for sort, digits in sorts.items()
            for figure in measure_kind(run, digits, kind, how, sort)
        ),
        *_phone_photos(run, sorts["MNIST digits"]),
    ]


def measure_mnist(run: LoadedRun, inks: Greys, labels: NDArray[np.int64]) -> Iterator[Figure]:
    """MNIST's images as PNG files, and how much is lost on the way to the network.

    Args:
        run: to ask.
        inks: (n, 28, 28) uint8, 0 = paper and 255 = ink.
        labels: (n,) int64.
    """
    directly = run.ask_pictures(list(inks)).digits == labels
    for polarity, turn in _POLARITIES.items():
        sent = _are_right(run, turn(inks), labels, "auto")
        yield share("MNIST as files", int(sent.sum()), len(sent), polarity)
        yield paired_difference(_MNIST_LOSS, directly, sent, polarity)


def measure_small(run: LoadedRun, inks: Greys, labels: NDArray[np.int64]) -> Iterator[Figure]:
    """Digits of 8x8 pixels, and the same enlarged.

    Args:
        run: to ask.
        inks: (n, 8, 8) uint8, 0 = paper and 255 = ink.
        labels: (n,) int64.
    """
    for polarity, turn in _POLARITIES.items():
        sent = _are_right(run, turn(inks), labels, "auto")
        yield share("scikit-learn's 8x8 digits", int(sent.sum()), len(sent), polarity)
        enlarged = np.stack(
            [cv2.resize(ink, (160, 160), interpolation=cv2.INTER_CUBIC) for ink in turn(inks[::4])]
        )
        seen = _are_right(run, np.asarray(enlarged, np.uint8), labels[::4], "digit")
        yield share("the same, enlarged to 160x160", int(seen.sum()), len(seen), polarity)


def measure_kind(
    run: LoadedRun,
    digits: Sequence[DigitInk],
    kind: str,
    how: Appearance,
    sort: str,
    count: int = SHEETS,
) -> Iterator[Figure]:
    """Sheets of one kind.

    Args:
        run: to ask.
        digits: to choose from.
        kind: its name.
        how: what the sheets look like.
        sort: what the digits are called.
        count: of sheets.
    """
    right = counted = 0
    for sheet in make_sheets(digits, how, count, SEED):
        text = read_text(run, write_picture(sheet.picture, how.form))
        right += text == sheet.text
        counted += len(text) == len(sheet.text)
    yield share(f"{sort}, right", right, count, kind)
    yield share(f"{sort}, counted", counted, count, kind)


def read_text(run: LoadedRun, content: bytes, mode: Mode = "auto") -> str:
    """The digits of a picture in reading order."""
    return "".join(map(str, _read(run, content, mode).outputs.digits))


def _read(run: LoadedRun, content: bytes, mode: Mode) -> PictureReading:
    return read_picture(content, run.ask_pictures, mode)


def _are_right(
    run: LoadedRun, pictures: Greys, labels: NDArray[np.int64], mode: Mode
) -> NDArray[np.bool_]:
    texts = [read_text(run, _png(picture), mode) for picture in pictures]
    return np.array([text == str(label) for text, label in zip(texts, labels, strict=True)])


def _png(picture: Greys) -> bytes:
    return bytes(cv2.imencode(".png", picture)[1].tobytes())


def _phone_photos(run: LoadedRun, digits: Sequence[DigitInk]) -> Iterator[Figure]:
    """A sheet enlarged to what a phone takes, 12 megapixels."""
    times = []
    for sheet in make_sheets(digits, KINDS["photo"], 9, SEED):
        large = cv2.resize(sheet.picture, (4000, 3000), interpolation=cv2.INTER_CUBIC)
        content = write_picture(np.asarray(large, np.uint8), "JPEG")
        start = time.perf_counter()
        _read(run, content, "auto")
        times.append(1000 * (time.perf_counter() - start))
    yield median("a JPEG of 12 megapixels, read", times, "ms")
