"""Make greys of any kind of pixels, reduced band by band so that little memory is taken at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from recognizer.geometry import Grey

_Band = tuple[Grey, Grey | None]  # greys, and opacities where not everything is opaque

_BAND_PIXELS = 500_000
_MOSTLY_OPAQUE = 0.6  # share of the picture: the paper is there, then, and only corners are not


def grey_by_bands(picture: Image.Image, size: tuple[int, int], factor: int) -> Grey:
    """The greys of a decoded picture.

    Args:
        picture: in any mode.
        size: width and height that its file has; the picture may be decoded reduced.
        factor: how many of the file's pixels become one, along a side.

    Returns:
        (height / factor, width / factor) uint8, rounded up.
    """
    width, height = size
    if picture.height < height:
        return _resize(np.asarray(picture.convert("L")), -(-width // factor), -(-height // factor))
    if picture.format == "BMP" and picture.mode == "RGBA" and not picture.getchannel("A").getbbox():
        picture = picture.convert("RGB")  # what is said of opacity is unused, as viewers take it
    bands = (
        _shades(picture.crop((0, top, width, bottom))) for top, bottom in _bands(*size, factor)
    )
    return _put_together(bands, factor)


def grey_of(pixels: NDArray[np.uint8], factor: int) -> Grey:
    """The greys of what OpenCV decoded.

    Args:
        pixels: (height, width), or (height, width, 3 or 4) blue, green, red and opacity.
        factor: how many pixels a side become one grey.
    """
    height, width = pixels.shape[:2]
    bands = (_bgra_shades(pixels[top:bottom]) for top, bottom in _bands(width, height, factor))
    return _put_together(bands, factor)


def _bands(width: int, height: int, factor: int) -> Iterator[tuple[int, int]]:
    """First and last rows of bands that can be reduced by themselves."""
    rows = max(1, _BAND_PIXELS // width // factor) * factor
    return ((top, min(top + rows, height)) for top in range(0, height, rows))


def _shades(band: Image.Image) -> _Band:
    if band.mode.startswith("I"):  # 16 bits a pixel
        return np.clip(np.asarray(band).astype(np.int64) >> 8, 0, 255).astype(np.uint8), None
    if not band.has_transparency_data:
        return np.asarray(band.convert("L")), None
    layers = np.asarray(band.convert("RGBA").convert("LA"))
    return layers[..., 0], layers[..., 1]


def _bgra_shades(band: NDArray[np.uint8]) -> _Band:
    if band.ndim == 2:
        return band, None
    grey = np.asarray(cv2.cvtColor(band[..., :3], cv2.COLOR_BGR2GRAY), np.uint8)
    return grey, band[..., 3] if band.shape[2] == 4 else None


def _put_together(bands: Iterable[_Band], factor: int) -> Grey:
    """The greys of all bands, reduced, on paper where they are transparent."""
    greys, opacities = [], []
    for grey, alpha in bands:
        width, height = (-(-side // factor) for side in grey.shape[::-1])
        if alpha is not None:
            # Greys count as far as they are seen: an invisible pixel has any colour.
            grey = np.rint(grey * (alpha / np.float32(255))).astype(np.uint8)
            opacities.append(_resize(alpha, width, height))
        greys.append(_resize(grey, width, height))
    if not opacities:
        return np.concatenate(greys)
    return _on_paper(np.concatenate(greys), np.concatenate(opacities))


def _resize(shades: Grey, width: int, height: int) -> Grey:
    if shades.shape == (height, width):
        return shades
    return np.asarray(cv2.resize(shades, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _on_paper(shades: Grey, opacity: Grey) -> Grey:
    """Put what is transparent on a paper that its ink can be seen on.

    Args:
        shades: greys, times their opacity.
        opacity: (height, width) uint8, 255 = opaque.
    """
    share = float(opacity.mean()) / 255
    paper = 255.0
    if 0 < share < 1:
        is_opaque = opacity > 252
        mean = float(shades.mean()) / share
        paper = 0.0 if mean > 127 else 255.0
        if share >= _MOSTLY_OPAQUE and is_opaque.any():
            paper = float(np.median(shades[is_opaque]))
    on_paper: NDArray[np.float32] = (255 - opacity) * np.float32(paper / 255)
    on_paper += shades  # in place: the decoded picture still fills the memory
    np.rint(on_paper, out=on_paper)
    return on_paper.clip(0, 255, out=on_paper).astype(np.uint8)
