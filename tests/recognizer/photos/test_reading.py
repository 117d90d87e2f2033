"""Pictures are read: MNIST's as it is, digits in order, in pixels of the upright picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from recognizer.geometry import Ink
from recognizer.outputs import NetworkOutputs
from recognizer.photos.reading import PictureReading, read_picture
from recognizer.photos.sheets import read_sheet
from recognizer.runs.loaded_run import LoadedRun
from recognizer.strokes import Mode
from tests.recognizer.photos.pictures import encode, with_exif_orientation

Mnist = tuple[NDArray[np.uint8], NDArray[np.int64]]
Read = Callable[..., PictureReading]


@pytest.fixture
def read(run: LoadedRun) -> Read:
    def read_with_run(picture: Ink | bytes, mode: Mode = "auto") -> PictureReading:
        content = picture if isinstance(picture, bytes) else encode(picture, compress_level=1)
        return read_picture(content, run.ask_pictures, mode)

    return read_with_run


def _text(reading: PictureReading) -> str:
    return "".join(map(str, reading.outputs.digits))


def _sheet(mnist: Mnist, lines: list[str], side: int = 84, step: int = 100) -> Ink:
    """Lines of MNIST's first images of each digit, black on white."""
    inks, labels = mnist
    width = max(map(len, lines)) * step + 160
    sheet = np.zeros((len(lines) * 150 + 120, width), np.uint8)
    for row, line in enumerate(lines):
        for column, digit in enumerate(line):
            ink = inks[np.flatnonzero(labels == int(digit))[3]]
            large = cv2.resize(ink, (side, side), interpolation=cv2.INTER_CUBIC)
            top, left = 80 + row * 150, 80 + column * step
            sheet[top : top + side, left : left + side] = large
    return np.asarray(255 - sheet, np.uint8)


@pytest.mark.parametrize("inverted", [False, True])
def test_mnist_as_files_is_seen_as_it_is(mnist: Mnist, read: Read, inverted: bool) -> None:
    for ink in mnist[0][::50]:
        reading = read(255 - ink if inverted else ink)

        assert len(reading.inks) == 1
        assert np.array_equal(reading.inks[0], ink)


@pytest.mark.parametrize("mode", ["auto", "number"])
def test_lines_are_read_from_the_top_and_from_the_left(
    mnist: Mnist, read: Read, mode: Mode
) -> None:
    reading = read(_sheet(mnist, ["1027", "3689"]), mode)

    assert _text(reading) == "10273689"


def test_the_order_holds_on_a_sheet_that_slopes(mnist: Mnist, read: Read) -> None:
    sheet = _sheet(mnist, ["102738", "368902"])
    matrix = np.array([[1, 0, 0], [0.2, 1, 0]], float)
    size = (sheet.shape[1], sheet.shape[0] + 160)
    sloping = cv2.warpAffine(sheet, matrix, size, borderValue=255)

    assert _text(read(np.asarray(sloping, np.uint8))) == "102738368902"


def test_one_digit_is_read_whole_where_one_is_asked_for(mnist: Mnist, read: Read) -> None:
    reading = read(_sheet(mnist, ["17"]), "digit")

    assert len(reading.inks) == 1


def test_boxes_are_in_pixels_of_the_upright_picture(mnist: Mnist, read: Read) -> None:
    sheet = _sheet(mnist, ["0"])
    large = np.asarray(cv2.resize(sheet, None, fx=9, fy=9), np.uint8)
    stored = Image.fromarray(large).transpose(Image.Transpose.ROTATE_90)

    small, turned = (read(sheet), read(with_exif_orientation(np.asarray(stored), 6)))

    assert (turned.width, turned.height) == (large.shape[1], large.shape[0])
    (box,), (nine_times,) = small.boxes, turned.boxes
    assert 80 <= box.x < box.x + box.width <= 164
    for name in ("x", "y", "width", "height"):
        assert abs(getattr(nine_times, name) - 9 * getattr(box, name)) < 25


def test_small_pictures_have_their_boxes_too(mnist: Mnist, read: Read) -> None:
    ink = mnist[0][0]

    (box,) = read(ink).boxes

    assert (box.x, box.y, box.width, box.height) == cv2.boundingRect(ink)


@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (600, 800), (1, 2000), (2000, 1)])
def test_a_blank_picture_holds_nothing(read: Read, shape: tuple[int, int]) -> None:
    reading = read(np.full(shape, 240, np.uint8))

    assert (len(reading.boxes), len(reading.inks), len(reading.outputs)) == (0, 0, 0)
    assert (reading.height, reading.width) == shape


@pytest.mark.parametrize("height", [60, 80, 90, 100, 110])
@pytest.mark.parametrize("is_upright", [True, False])
def test_a_strip_of_paper_on_a_dark_table_is_read(
    read: Read, height: int, is_upright: bool
) -> None:
    table = np.full((200, 2000), 40, np.uint8)
    top = 100 - height // 2
    table[top : top + height, 250:1750] = 230

    reading = read(np.ascontiguousarray(table.T) if is_upright else table)

    assert len(reading.inks) < 3


@pytest.mark.parametrize("deviation", [0, 3, 20])
def test_a_texture_is_bounded_work(read: Read, deviation: float) -> None:
    random = np.random.default_rng(2)
    light = random.normal(0, 1, (1100, 1500)).astype(np.float32)
    if deviation:
        light = np.asarray(cv2.GaussianBlur(light, (0, 0), deviation))
    texture = np.clip(128 + 60 * light / light.std(), 0, 255).astype(np.uint8)

    assert len(read(texture).inks) < 150


def test_no_way_to_see_a_sheet_is_asked_about_twice(mnist: Mnist) -> None:
    sheet = _sheet(mnist, ["27"])
    sheet[:, 180:] = np.roll(sheet[:, 180:], -98, axis=0)  # the edge cuts the 7
    asked = []

    def ask(inks: Sequence[Ink]) -> NetworkOutputs:  # so sure of nothing that all ways are tried
        asked.append(b"".join(ink.tobytes() for ink in inks))
        return NetworkOutputs(np.full((len(inks), 10), 0.1), np.full(len(inks), 0.5))

    read_sheet(sheet, ask, "auto")

    assert len(asked) > 1
    assert len(asked) == len(set(asked))


def test_a_minus_beside_what_is_dust_without_it_is_read(read: Read) -> None:
    sheet = np.full((420, 420), 255, np.uint8)
    for left in (30, 130, 230, 330):
        sheet[40:80, left : left + 40] = 0
    sheet[56:64, 72:128] = 0
    sheet[74:410, 15] = 0

    assert 0 < len(read(sheet).inks) < 6


def test_the_network_is_asked_once_and_about_all_ink_on_its_side(
    mnist: Mnist, run: LoadedRun
) -> None:
    asked = []

    def ask(inks):  # type: ignore[no-untyped-def]
        asked.append(len(inks))
        return run.ask_pictures(inks)

    read_picture(encode(_sheet(mnist, ["1027", "3689"])), ask, "auto")

    assert (len(asked), asked[-1]) == (2, 2)
