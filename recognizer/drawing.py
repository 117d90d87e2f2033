"""What a drawing is once it has been read: strokes of finite numbers within the limits.

How its JSON is read is for :mod:`recognizer.strokes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Mode = Literal["auto", "digit", "number"]
Numbers = NDArray[np.float64]

MODES: tuple[str, ...] = get_args(Mode)


@dataclass(frozen=True, eq=False)
class Stroke:
    """One movement of the pen, from pen down to pen up.

    Attributes:
        points: (n, 2) float64, x and y in the drawing's own unit, y downwards.
        times: (n,) float64, milliseconds, or None when the caller sent none.
        pressures: (n,) float64 in [0, 1], or None when the caller sent none.
    """

    points: Numbers
    times: Numbers | None = None
    pressures: Numbers | None = None


@dataclass(frozen=True, eq=False)
class Drawing:
    """Strokes in the order they were drawn, and how to read and answer them.

    Attributes:
        strokes: the strokes.
        mode: what is looked for.
        images: whether the answer shall hold a picture of each digit.
    """

    strokes: tuple[Stroke, ...]
    mode: Mode = "auto"
    images: bool = True
