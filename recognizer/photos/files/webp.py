"""Walk through a WebP (Google, WebP container specification) without decoding it."""

from __future__ import annotations

from collections.abc import Iterator

from recognizer.photos.files.outline import Outline, animated, damaged, too_much_work

_MOST_CHUNKS = 1_000
_ANIMATION, _ALPHA = 0x02, 0x10  # flags of VP8X
_PIXEL_BYTES = 4  # OpenCV's picture and libwebp's own (measured)
_LOSSLESS_PIXEL_BYTES = 7  # libwebp unpacks all of it before it hands it out
_ALPHA_PIXEL_BYTES = 9


def is_webp(content: bytes) -> bool:
    """Whether the first bytes are a WebP's."""
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def outline_webp(content: bytes) -> Outline:
    """See what a WebP holds.

    Raises:
        PictureDamagedError: it is cut off, holds no picture, or is animated.
        PictureTooLargeError: it has absurdly many parts.
    """
    end = 8 + int.from_bytes(content[4:8], "little")
    if end > len(content):
        raise damaged()
    size, exif, has_alpha, is_lossless = (0, 0), b"", False, False
    for kind, data in _chunks(content, end):
        if kind == b"VP8X" and len(data) >= 10:
            if data[0] & _ANIMATION:
                raise animated()
            has_alpha |= bool(data[0] & _ALPHA)
            size = _bigger(size, (_number(data[4:7]) + 1, _number(data[7:10]) + 1))
        elif kind in (b"ANIM", b"ANMF"):
            raise animated()
        elif kind == b"VP8 " and data[3:6] == b"\x9d\x01\x2a":
            size = _bigger(size, (_number(data[6:8]) & 0x3FFF, _number(data[8:10]) & 0x3FFF))
        elif kind == b"VP8L" and len(data) >= 5 and data[0] == 0x2F:
            bits = _number(data[1:5])
            size = _bigger(size, ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
            has_alpha |= bool(bits >> 28 & 1)
            is_lossless = True
        elif kind == b"EXIF":
            exif = data.removeprefix(b"Exif\0\0")
    pixel_bytes = _LOSSLESS_PIXEL_BYTES if is_lossless else _PIXEL_BYTES
    pixel_bytes = _ALPHA_PIXEL_BYTES if has_alpha else pixel_bytes
    memory = size[0] * size[1] * pixel_bytes
    return Outline("WEBP", *size, memory, content[:end], exif, has_alpha)


def _chunks(content: bytes, end: int) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > end:
            return
        length = _number(content[at + 4 : at + 8])
        if at + 8 + length > end:
            raise damaged()
        yield content[at : at + 4], content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
    raise too_much_work()


def _bigger(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return max(one[0], other[0]), max(one[1], other[1])


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")
