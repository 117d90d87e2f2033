"""Walk through a PNG (W3C, Portable Network Graphics, third edition) without decoding it.

Pillow 13 alone took 8 s to read 8x8 pixels behind 800,000 empty chunks (9.6 MB), unpacked 54 kB of
texts for 0.3 s, refused a picture for its large colour profile, and took one without its end.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from recognizer.photos.files.outline import Outline, animated, damaged, too_much_work

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_MOST_CHUNKS = 20_000  # of 10 MiB, where encoders write 1,300 at most
_GREY, _PALETTE = 0, 3
# In Pillow's memory and beside it, by colour type; opacity is a second layer.
_PIXEL_BYTES = {_GREY: 2, 2: 4, _PALETTE: 1, 4: 4.5, 6: 4.5}

_Chunk = tuple[bytes, memoryview, memoryview]  # type, data, and all of it as it stands in the file


def outline_png(content: bytes) -> Outline:
    """See what a PNG holds.

    Raises:
        PictureDamagedError: it is cut off, a checksum is wrong, or it is animated.
        PictureTooLargeError: it has absurdly many parts.
    """
    kept: list[bytes | memoryview] = [SIGNATURE]
    exif = header = b""
    for kind, data, whole in _chunks(content):
        if (kind == b"IHDR") == bool(
            header
        ):  # it is the first chunk, and Pillow reads the last one
            raise damaged()
        if kind == b"IHDR":
            header = bytes(data)
        elif kind == b"eXIf":
            exif = bytes(data)
        elif kind == b"acTL" and bytes(data[:4]) != b"\0\0\0\1":
            raise animated()
        if kind in _NEEDED:
            kept.append(whole)
    if len(header) != 13:
        raise damaged()
    width, height, depth, colour = struct.unpack(">IIBB", header[:10])
    pixel_bytes = _PIXEL_BYTES.get(colour)
    if pixel_bytes is None:
        raise damaged()
    if colour == _GREY and depth <= 8:
        pixel_bytes = 1
    memory = round(width * height * pixel_bytes)
    return Outline("PNG", width, height, memory, b"".join(kept), exif)


def _chunks(content: bytes) -> Iterator[_Chunk]:
    """The chunks up to IEND, each with the right checksum."""
    at = len(SIGNATURE)
    view = memoryview(content)  # slices of it copy nothing
    for _ in range(_MOST_CHUNKS):
        if at + 12 > len(content):
            raise damaged()
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            raise damaged()
        checksum = int.from_bytes(content[end - 4 : end], "big")
        if zlib.crc32(view[at + 4 : end - 4]) != checksum:
            raise damaged()
        yield kind, view[at + 8 : end - 4], view[at:end]
        if kind == b"IEND":
            return
        at = end
    raise too_much_work()
