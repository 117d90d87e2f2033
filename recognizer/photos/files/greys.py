"""Make greys of any kind of pixels, reduced band by band so that little memory is taken at once."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]
_Shades = NDArray[np.float32]  # (height, width) in [0, 255]

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
    width, height = (-(-side // factor) for side in size)
    if picture.height < size[1]:
        return _resize(np.asarray(picture.convert("L")), width, height).astype(np.uint8)
    rows = max(1, _BAND_PIXELS // size[0] // factor) * factor
    layers = []
    for top in range(0, size[1], rows):
        band = picture.crop((0, top, size[0], min(top + rows, size[1])))
        layers.append(_reduce(*_shades(band), width, -(-band.height // factor)))
    return _on_paper(*(np.concatenate(parts) for parts in zip(*layers, strict=True)))


def grey_of(pixels: NDArray[np.uint8], factor: int) -> Grey:
    """The greys of what OpenCV decoded.

    Args:
        pixels: (height, width), or (height, width, 3 or 4) blue, green, red and opacity.
        factor: as above.
    """
    height, width = (-(-side // factor) for side in pixels.shape[:2])
    if pixels.ndim == 2:
        return _resize(pixels, width, height).astype(np.uint8)
    rows = max(1, _BAND_PIXELS // pixels.shape[1] // factor) * factor
    layers = []
    for top in range(0, len(pixels), rows):
        band = pixels[top : top + rows]
        grey = np.asarray(cv2.cvtColor(band[..., :3], cv2.COLOR_BGR2GRAY), np.uint8)
        alpha = band[..., 3] if pixels.shape[2] == 4 else None
        layers.append(_reduce(grey, alpha, width, -(-len(band) // factor)))
    return _on_paper(*(np.concatenate(parts) for parts in zip(*layers, strict=True)))


def _shades(band: Image.Image) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    """Greys, and opacities where not everything is opaque, 0-255."""
    if band.mode.startswith("I"):  # 16 bits a pixel
        return np.clip(np.asarray(band).astype(np.int64) >> 8, 0, 255).astype(np.uint8), None
    if not band.has_transparency_data:
        return np.asarray(band.convert("L")), None
    layers = np.asarray(band.convert("RGBA").convert("LA"))
    return layers[..., 0], layers[..., 1]


def _reduce(
    grey: NDArray[np.uint8], alpha: NDArray[np.uint8] | None, width: int, height: int
) -> tuple[_Shades, _Shades]:
    """Greys times opacities, and opacities in [0, 1]."""
    if alpha is None:
        return _resize(grey, width, height), np.ones((height, width), np.float32)
    opacity = alpha.astype(np.float32) / 255
    return _resize(grey * opacity, width, height), _resize(opacity, width, height)


def _resize(shades: NDArray[Any], width: int, height: int) -> _Shades:
    if shades.shape == (height, width):
        return shades.astype(np.float32)
    return cv2.resize(shades, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32)


def _on_paper(shades: _Shades, opacity: _Shades) -> Grey:
    """Put what is transparent on a paper that its ink can be seen on."""
    share = float(opacity.mean())
    paper = 255.0
    if 0 < share < 1:
        mean = float(shades.sum() / opacity.sum())
        if share >= _MOSTLY_OPAQUE:
            paper = float(np.median(shades[opacity > 0.99])) if (opacity > 0.99).any() else mean
        else:
            paper = 0.0 if mean > 127 else 255.0
    grey: Grey = np.rint(shades + paper * (1 - opacity)).clip(0, 255).astype(np.uint8)
    return grey
