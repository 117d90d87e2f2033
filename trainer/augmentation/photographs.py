"""Change pictures of ink as lenses, lamps, pens and copies do: blur, noise, thickness, contrast."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.uint8]

_DISC = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))


def photograph(ink: Ink, share: float, random: np.random.Generator) -> Ink:
    """A copy in which a share of the pictures is changed, each in one or two ways.

    Args:
        ink: (n, 28, 28) uint8, 0 = paper and 255 = ink.
        share: of the pictures to change, 0-1.
        random: the source of chance; the same state gives the same copies.

    Returns:
        (n, 28, 28) uint8.
    """
    changed: Ink = ink.copy()
    for row in np.flatnonzero(random.random(len(ink)) < share):
        ways = random.choice(len(_WAYS), 1 if random.random() < 0.7 else 2, replace=False)
        for way in ways:
            changed[row] = _WAYS[way](changed[row], random)
    return changed


def _blur(ink: Ink, random: np.random.Generator) -> Ink:
    blurred: Ink = cv2.GaussianBlur(ink, (0, 0), random.uniform(0.4, 1.3))  # type: ignore[assignment]
    # The ink that place_ink gives is as strong as it can be, however blurred.
    return cv2.convertScaleAbs(blurred, alpha=255 / max(int(blurred.max()), 1))  # type: ignore[return-value]


def _noise(ink: Ink, random: np.random.Generator) -> Ink:
    noisy = ink + random.normal(0, random.uniform(5, 50), ink.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def _thicken(ink: Ink, random: np.random.Generator) -> Ink:
    return _mix(ink, cv2.dilate(ink, _DISC), random)  # type: ignore[arg-type]


def _thin(ink: Ink, random: np.random.Generator) -> Ink:
    thinner = _mix(ink, cv2.erode(ink, _DISC), random)  # type: ignore[arg-type]
    # A thin pen's digit must not be gone.
    return thinner if int(thinner.max()) > 128 else ink


def _contrast(ink: Ink, random: np.random.Generator) -> Ink:
    strength, power = random.uniform(0.5, 1.0), float(np.exp(random.normal(0, 0.4)))
    return np.rint(255 * strength * (ink / 255.0) ** power).astype(np.uint8)


def _mix(ink: Ink, other: Ink, random: np.random.Generator) -> Ink:
    share = random.uniform(0.2, 0.9)
    return cv2.addWeighted(ink, 1 - share, other, share, 0)  # type: ignore[return-value]


_WAYS = (_blur, _noise, _thicken, _thin, _contrast)
