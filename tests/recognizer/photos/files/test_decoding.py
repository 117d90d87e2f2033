"""Files of every kind of pixel become the same greys, upright."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from PIL import Image

from recognizer.photos.files.decoding import MOST_SIDE, decode
from tests.recognizer.photos.pictures import (
    FORMATS,
    encode,
    paper_with_seven,
    png_chunk,
    with_exif_orientation,
    with_png_chunks,
)

SEVEN = paper_with_seven()


def _difference(content: bytes) -> float:
    """Mean difference from the 7, of 255."""
    grey = decode(content).grey.astype(float)
    assert grey.shape == SEVEN.shape
    return float(np.abs(grey - SEVEN).mean())


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_read(form: str) -> None:
    assert _difference(encode(SEVEN, form)) < 2


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    image = Image.fromarray(SEVEN)
    if mode == "I;16":
        image = Image.fromarray(SEVEN.astype(np.uint16) * 257)
    content = encode(image if mode == "I;16" else image.convert(mode))

    assert _difference(content) < 3


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_is_read(mode: str, options: dict[str, bool]) -> None:
    content = encode(Image.fromarray(SEVEN).convert(mode), "JPEG", quality=95, **options)

    assert _difference(content) < 3


@pytest.mark.parametrize("lossless", [True, False])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_every_kind_of_webp_is_read(mode: str, lossless: bool) -> None:
    content = encode(Image.fromarray(SEVEN).convert(mode), "WEBP", lossless=lossless, quality=95)

    assert _difference(content) < 3


@pytest.mark.parametrize("mode", ["1", "P", "RGB"])
def test_every_kind_of_bmp_is_read(mode: str) -> None:
    assert _difference(encode(Image.fromarray(SEVEN).convert(mode), "BMP")) < 3


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (255, 0)])
def test_ink_without_its_paper_is_put_on_paper_that_it_can_be_seen_on(
    form: str, ink: int, paper: int
) -> None:
    image = Image.new("LA", (400, 300), (ink, 0))
    image.putalpha(Image.fromarray(255 - SEVEN))

    grey = decode(encode(image.convert("RGBA"), form, lossless=True)).grey

    assert grey[150, 300] == paper
    assert abs(int(grey[80, 100]) - ink) < 5


def test_transparent_colours_of_a_palette_are_put_on_paper() -> None:
    image = Image.fromarray(np.where(SEVEN > 127, 0, 1).astype(np.uint8)).convert("P")
    image.putpalette([0, 0, 0, 10, 10, 10] + [0] * 762)

    grey = decode(encode(image, "PNG", transparency=0)).grey

    assert grey[150, 300] == 255
    assert grey[80, 100] < 20


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_may_be_held_in_any_way(orientation: int) -> None:
    upright = Image.fromarray(SEVEN)
    stored = {
        1: upright,
        2: upright.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: upright.transpose(Image.Transpose.ROTATE_180),
        4: upright.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: upright.transpose(Image.Transpose.TRANSPOSE),
        6: upright.transpose(Image.Transpose.ROTATE_90),
        7: upright.transpose(Image.Transpose.TRANSVERSE),
        8: upright.transpose(Image.Transpose.ROTATE_270),
    }[orientation]

    content = with_exif_orientation(np.asarray(stored), orientation)

    assert _difference(content) < 3
    assert (decode(content).width, decode(content).height) == (400, 300)


def test_the_orientation_is_read_from_png_and_webp_too() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    turned = Image.fromarray(SEVEN[::-1, ::-1])

    assert _difference(encode(turned, "PNG", exif=exif)) == 0
    assert _difference(encode(turned.convert("RGB"), "WEBP", lossless=True, exif=exif)) < 2


@pytest.mark.parametrize(
    "exif", [b"", b"II*\0", b"MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff"]
)
def test_broken_notes_of_a_camera_do_not_matter(exif: bytes) -> None:
    content = with_png_chunks(encode(SEVEN), png_chunk(b"eXIf", exif))

    assert _difference(content) == 0


@pytest.mark.parametrize("form", FORMATS)
def test_large_pictures_are_reduced_and_their_size_is_kept(form: str) -> None:
    large = np.full((2000, 3301), 255, np.uint8)
    large[500:700, 600:700] = 0

    picture = decode(encode(large, form))

    assert (picture.width, picture.height) == (3301, 2000)
    assert max(picture.grey.shape) <= MOST_SIDE
    assert picture.grey[int(600 / picture.factor), int(650 / picture.factor)] < 10
    assert picture.grey[int(600 / picture.factor), int(800 / picture.factor)] > 245


def test_a_profile_or_text_does_not_matter() -> None:
    text = png_chunk(b"tEXt", b"Comment\0hello")

    assert _difference(with_png_chunks(encode(SEVEN), text)) == 0


@pytest.mark.parametrize("missing", [1, 2])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_without_its_end_mark_is_read(missing: int, progressive: bool) -> None:
    content = encode(SEVEN, "JPEG", quality=95, progressive=progressive)

    assert _difference(content[:-missing]) < 3


@pytest.mark.parametrize("stray", [b"\0", b"\r\n" * 40])
def test_stray_bytes_between_the_parts_of_a_jpeg_are_passed_over(stray: bytes) -> None:
    content = encode(SEVEN, "JPEG", quality=95)
    tables = content.index(b"\xff\xdb")

    assert _difference(content[:tables] + stray + content[tables:]) < 3


def test_a_bmp_that_leaves_its_opacity_empty_is_opaque() -> None:
    layers = np.dstack([SEVEN, SEVEN, SEVEN, np.zeros_like(SEVEN)])[::-1]
    masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    head = struct.pack("<IiiHHIIiiII", 108, 400, 300, 1, 32, 3, layers.size, 0, 0, 0, 0)
    body = head + masks + bytes(108 - len(head) - len(masks)) + layers.tobytes()
    content = b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, 14 + 108) + body

    assert Image.open(io.BytesIO(content)).mode == "RGBA"
    assert _difference(content) == 0
