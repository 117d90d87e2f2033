"""Walk through a JPEG (ITU-T T.81) without decoding it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from recognizer.limits import MAX_PICTURE_PIXELS
from recognizer.photos.files.outline import Outline, check_pixels, damaged, too_much_work

SIGNATURE = b"\xff\xd8\xff"

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = (0xC2, 0xC6, 0xCA, 0xCE)
_DROPPED = {0xFE, *range(0xE1, 0xEE), 0xEF}  # comments and applications' data, but JFIF and Adobe
_END_OF_IMAGE = b"\xff\xd9"
_PADDING = 64  # bytes
_MOST_STRAY = 4096  # bytes between two segments, which decoders pass over as well
_EXIF = b"Exif\0\0"
_MOST_SEGMENTS = 3_000
_MOST_SCANS = 40  # a progressive picture has ten or so
_MOST_SCANNED_PIXELS = 16 * MAX_PICTURE_PIXELS  # of all passes together: each scan costs one
_COEFFICIENT_BYTES = 2
_REDUCED_PIXELS = 4 * 1680 * 1680  # that a picture has at most when it is decoded reduced

# Behind a scan's head stands the picture itself, where 0xFF is followed by 0 or a restart mark.
# Fill bytes before a mark are not part of the pattern: a search for a row of them takes the square
# of its length.
_NEXT_MARK = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_FILL = re.compile(rb"\xff*")


@dataclass
class _Walk:
    """What has been seen of a JPEG so far."""

    kept: list[bytes] = field(default_factory=lambda: [b"\xff\xd8"])
    exif: bytes = b""
    frame: bytes = b""
    is_progressive: bool = False
    scans: int = 0
    is_split: bool = False  # among scans, so that all coefficients must be kept until the last


def outline_jpeg(content: bytes) -> Outline:
    """See what a JPEG holds.

    Raises:
        PictureDamagedError: it is cut off or not a JPEG.
        PictureTooLargeError: it has so many parts or scans that decoding it takes too long.
    """
    walk, at = _Walk(), 2
    for _ in range(_MOST_SEGMENTS):
        mark, start = _read_mark(content, at)
        if mark == _END:
            walk.kept.append(_END_OF_IMAGE)
            return _outline(walk, lacks_end=False)
        at = _read_segment(content, mark, start, walk)
        if mark == _SCAN:
            following = _NEXT_MARK.search(content, at)
            if following is None:
                walk.kept += [content[at:].rstrip(b"\xff"), _END_OF_IMAGE]
                return _outline(walk, lacks_end=True)
            walk.kept.append(content[at : following.start()].rstrip(b"\xff"))
            at = following.start()
    raise too_much_work()


def pad_end(content: bytes) -> bytes:
    """A JPEG that goes on with bits that are 1, where a decoder takes them to be 0 at its end.

    If both show the same, nothing but the mark of its end was missing.
    """
    return content.removesuffix(_END_OF_IMAGE) + b"\xff\0" * _PADDING + _END_OF_IMAGE


def _read_mark(content: bytes, at: int) -> tuple[int, int]:
    """The mark that stands here or behind a few stray bytes, and where its segment starts."""
    at = content.find(b"\xff", at, at + _MOST_STRAY)
    if at < 0:
        raise damaged()
    at = _FILL.match(content, at).end()  # type: ignore[union-attr]
    if at >= len(content) or content[at] in (0, _START):
        raise damaged()
    return content[at], at + 1


def _read_segment(content: bytes, mark: int, start: int, walk: _Walk) -> int:
    """Take a segment in; returns where it ends."""
    if mark == 0x01 or 0xD0 <= mark <= 0xD7:  # these have no data
        return start
    length = int.from_bytes(content[start : start + 2], "big")
    end = start + length
    if length < 2 or end > len(content):
        raise damaged()
    data = content[start + 2 : end]
    if mark == 0xE1 and data.startswith(_EXIF) and not walk.exif:
        walk.exif = data[len(_EXIF) :]
    elif mark in _FRAMES:
        if walk.frame:
            raise damaged()
        walk.frame, walk.is_progressive = data, mark in _PROGRESSIVE
    elif mark == _SCAN:
        _count_scan(data, walk)
    if mark not in _DROPPED:
        walk.kept.append(b"\xff" + bytes([mark]) + content[start:end])
    return end


def _count_scan(data: bytes, walk: _Walk) -> None:
    walk.scans += 1
    if walk.scans > _MOST_SCANS:
        raise too_much_work()
    if len(data) < 1 or len(walk.frame) < 6:
        raise damaged()
    walk.is_split |= walk.is_progressive or data[0] < walk.frame[5]


def _outline(walk: _Walk, *, lacks_end: bool) -> Outline:
    frame = walk.frame
    if len(frame) < 6 or len(frame) < 6 + 3 * frame[5] or not walk.scans:
        raise damaged()
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    check_pixels(width, height)
    passes = 2 * walk.scans if lacks_end else walk.scans  # what lacks its end is decoded twice
    if passes * width * height > _MOST_SCANNED_PIXELS:
        raise too_much_work()
    pixel_bytes = 4 if frame[5] == 4 else 1  # colours that are not Cyan, Magenta… become greys
    memory = pixel_bytes * min(width * height, _REDUCED_PIXELS)
    if walk.is_split:
        memory += _coefficients(frame, width * height) * _COEFFICIENT_BYTES
    content = b"".join(walk.kept)
    return Outline("JPEG", width, height, memory, content, walk.exif, lacks_end=lacks_end)


def _coefficients(frame: bytes, pixels: int) -> int:
    """How many coefficients all components have together."""
    samplings = [frame[7 + 3 * component] for component in range(frame[5])]
    shares = [(sampling >> 4) * (sampling & 15) for sampling in samplings]
    if not shares or not all(shares):
        raise damaged()
    across, down = (max(s >> 4 for s in samplings), max(s & 15 for s in samplings))
    return pixels * sum(shares) // (across * down)
