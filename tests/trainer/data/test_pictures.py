"""A picture of a digit becomes the same ink, whatever it was made with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from recognizer.geometry import Ink, draw, place_ink
from tests.trainer.conftest import HANDWRITTEN
from trainer.data.mnist import load_mnist
from trainer.data.pictures import read_picture
from trainer.errors import DataError

FOUR = draw([np.array(stroke, float) for stroke in HANDWRITTEN[4]])


def drawing(ink: Ink = FOUR, side: int = 280, margin: int = 60) -> Ink:
    """Large smooth ink on clean paper, off the centre: 0 = paper and 255 = ink."""
    large = cv2.resize(ink, (side, side), interpolation=cv2.INTER_CUBIC)
    return np.pad(np.where(large > 127, np.uint8(255), np.uint8(0)), ((margin, 0), (0, 3 * margin)))


def expected() -> Ink:
    return place_ink(drawing())


def difference(ink: Ink, other: Ink) -> float:
    """How much ink lies elsewhere, as a share of all, when rounding may move it by a pixel."""
    moved = (np.roll(other.astype(int), move, axis=(0, 1)) for move in np.ndindex(3, 3))
    shifted = (np.roll(ink.astype(int), (1, 1), axis=(0, 1)) - one for one in moved)
    return min(float(np.abs(one).sum()) for one in shifted) / float(ink.astype(int).sum())


Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def as_picture(picture: Image.Image, name: str = "four.png", **options: object) -> Path:
        path = tmp_path / name
        picture.save(path, **options)
        return path

    return as_picture


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.bmp", "a.gif", "a.tiff"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("paper", ["white", "black"])
def test_format_colour_and_paper_do_not_change_the_ink(
    save: Save, name: str, mode: str, paper: str
) -> None:
    ink = drawing()
    picture = Image.fromarray(255 - ink if paper == "white" else ink).convert(mode)

    assert difference(expected(), read_picture(save(picture, name))) < 0.2


def test_ink_of_any_colour_on_paper_of_any_brightness_is_ink(save: Save) -> None:
    ink = drawing()[..., np.newaxis] / 255
    photo = (1 - ink) * np.array([190, 185, 170]) + ink * np.array([40, 50, 120])
    noisy = photo + np.random.default_rng(2).normal(0, 4, photo.shape)

    read = read_picture(save(Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)), "a.jpg"))

    assert difference(expected(), read) < 0.25


@pytest.mark.parametrize("grey", [0, 255])
def test_paper_may_be_transparent(save: Save, grey: int) -> None:
    ink = drawing()
    layers = np.dstack([np.full((*ink.shape, 3), grey, np.uint8), ink])

    assert difference(expected(), read_picture(save(Image.fromarray(layers, "RGBA")))) < 0.2


def test_sixteen_bits_a_pixel_are_read(save: Save) -> None:
    deep = Image.fromarray(60_000 - drawing().astype(np.uint16) * 150)

    assert difference(expected(), read_picture(save(deep))) < 0.2


def test_a_photo_is_turned_as_its_camera_says(save: Save) -> None:
    turned = Image.fromarray(255 - drawing()).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # shown turned by 90 degrees clockwise

    assert difference(expected(), read_picture(save(turned, "a.jpg", exif=exif))) < 0.2


@pytest.mark.parametrize("paper", ["white", "black"])
def test_a_picture_in_the_form_of_mnist_stays_as_it_is(
    save: Save, data_folder: Path, paper: str
) -> None:
    for ink in load_mnist(data_folder).test.ink[:10]:
        path = save(Image.fromarray(255 - ink if paper == "white" else ink))

        np.testing.assert_array_equal(read_picture(path), ink)


def test_the_real_mnist_stays_as_it_is(save: Save, real_data: Path) -> None:
    for ink in load_mnist(real_data).test.ink[::200]:
        np.testing.assert_array_equal(read_picture(save(Image.fromarray(ink))), ink)


def test_28_by_28_pixels_in_another_form_are_centred(save: Save) -> None:
    shifted = np.roll(FOUR, (-3, 2), axis=(0, 1))

    assert difference(FOUR, read_picture(save(Image.fromarray(shifted)))) == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no picture", "cannot be read as a picture"),
        (b"", "cannot be read as a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read as a picture"),
        (b"x" * (11 << 20), "more than 10 MiB"),
    ],
)
def test_what_is_no_picture_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "four.png"
    path.write_bytes(content)

    with pytest.raises(DataError, match=rf"four\.png .*{message}"):
        read_picture(path)


def test_a_cut_off_picture_is_named(save: Save) -> None:
    path = save(Image.fromarray(255 - drawing()))
    path.write_bytes(path.read_bytes()[:400])

    with pytest.raises(DataError, match=r"four\.png cannot be read as a picture"):
        read_picture(path)


@pytest.mark.parametrize("side", [8_000, 9_500, 14_000])  # Pillow warns of the second
def test_a_picture_of_far_too_many_pixels_is_not_unpacked(save: Save, side: int) -> None:
    with pytest.raises(DataError, match="more than 40 megapixels"):
        read_picture(save(Image.new("1", (side, side))))


@pytest.mark.parametrize("brightness", [0, 128, 255])
def test_an_empty_sheet_is_named(save: Save, brightness: int) -> None:
    noise = np.random.default_rng(1).integers(-5, 6, (90, 60)) + brightness
    sheet = Image.fromarray(np.clip(noise, 0, 255).astype(np.uint8))

    with pytest.raises(DataError, match=r"four\.png shows nothing"):
        read_picture(save(sheet))


def test_odd_metadata_is_no_hindrance(save: Save) -> None:
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", "drawn at school")

    assert read_picture(save(Image.fromarray(drawing()), pnginfo=about)).any()
