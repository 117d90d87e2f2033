"""What a picture's file says of itself, and the bounds that it has to keep before it is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from recognizer.errors import PictureDamagedError, PictureTooLargeError
from recognizer.limits import MAX_DECODING_BYTES, MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE

FIELD = "image"  # of the contract, which every error about a file names


@dataclass(frozen=True, eq=False)
class Outline:
    """A file that has been walked through, but not decoded.

    Attributes:
        format: its name in Pillow.
        width, height: pixels, as they are stored.
        memory: bytes that decoding takes, about.
        content: the file, less what no picture needs: profiles, texts, thumbnails.
        exif: the camera's notes, from ``II`` or ``MM`` on; empty where there are none.
        has_alpha: whether pixels may be transparent; only told of WebP.
        lacks_end: whether the mark at its end is missing, and maybe more; only told of JPEG.
    """

    format: str
    width: int
    height: int
    memory: int
    content: bytes
    exif: bytes = b""
    has_alpha: bool = False
    lacks_end: bool = False

    def check(self) -> Outline:
        """See that the file is within the bounds; returns the outline itself.

        Raises:
            PictureTooLargeError: it is not.
            PictureDamagedError: it has no pixels.
        """
        if self.width <= 0 or self.height <= 0:
            raise damaged()
        check_pixels(self.width, self.height)
        if self.memory > MAX_DECODING_BYTES:
            raise too_much_work()
        return self


def check_pixels(width: int, height: int) -> None:
    """See that a picture is not too large to be looked at any further.

    Raises:
        PictureTooLargeError: it is.
    """
    pixels = width * height
    if pixels > MAX_PICTURE_PIXELS:
        raise PictureTooLargeError(
            FIELD, "picture_too_many_pixels", limit=MAX_PICTURE_PIXELS, actual=pixels
        )
    if max(width, height) > MAX_PICTURE_SIDE:
        raise too_much_work()


def damaged() -> PictureDamagedError:
    """The error of a file that ends early, or says what cannot be."""
    return PictureDamagedError(FIELD, "picture_damaged")


def animated() -> PictureDamagedError:
    """The error of a file of several pictures: which of them was meant nobody can say."""
    return PictureDamagedError(FIELD, "picture_animated")


def too_much_work() -> PictureTooLargeError:
    """The error of a file that would take more of a decoder's time or memory than it is worth."""
    return PictureTooLargeError(FIELD, "picture_too_much_work")
