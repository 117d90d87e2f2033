"""Read the ink of one digit back from the small picture that an answer showed of it."""

from __future__ import annotations

from base64 import b64decode

from recognizer.geometry import IMAGE_SIZE, Ink
from recognizer.photos.files.decoding import decode
from recognizer.photos.files.outline import damaged

MAX_ADDRESS = 8_192  # characters; a picture of 28x28 greys has a tenth of them
_BEGINNING = "data:image/png;base64,"


def read_ink(address: str) -> Ink:
    """Read ink from a ``data:`` address, as :func:`recognizer.picture.to_data_uri` writes it.

    Returns:
        (28, 28) uint8, 0 = paper and 255 = ink; nothing else that the file holds.

    Raises:
        PictureError: it is no such address, no picture of 28x28 pixels, or holds no ink.
    """
    picture = decode(picture_in(address))
    if (picture.width, picture.height) != (IMAGE_SIZE, IMAGE_SIZE) or not picture.grey.any():
        raise damaged()
    return picture.grey


def picture_in(address: str) -> bytes:
    """The file in such an address.

    Raises:
        PictureError: it is no such address.
    """
    if len(address) > MAX_ADDRESS or not address.startswith(_BEGINNING):
        raise damaged()
    try:
        return b64decode(address.removeprefix(_BEGINNING), validate=True)
    except ValueError as error:
        raise damaged() from error
