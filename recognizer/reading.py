"""What was read in a drawing or a picture: a record for each digit, and the ink that is none.

How it is found is for :mod:`recognizer.numbers` and :mod:`recognizer.photos`, what it is called for
:mod:`recognizer.verdicts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import Ink
from recognizer.prediction import Box, LeftOut


@dataclass(frozen=True, eq=False)
class ReadDigit:
    """One digit as it was read.

    Attributes:
        strokes: indices of the drawing's strokes that make it, ascending; none in a picture.
        box: where it lies, in the drawing's own unit or in picture pixels, y downwards.
        ink: (28, 28) uint8, 0 = paper and 255 = ink: what the network saw.
        probabilities: (10,) float64 in [0, 1] of sum 1, calibrated: of the digits 0 to 9.
        digitness: 0 to 1, the network's score for its being one whole digit; lowered where it is
            too low for a digit beside the others.
        may_be_sign: whether it looks as much like a sign beside the others, as a slash does like
            a 1.
    """

    strokes: tuple[int, ...]
    box: Box
    ink: Ink
    probabilities: NDArray[np.float64] = field(repr=False)
    digitness: float
    may_be_sign: bool = False

    @cached_property
    def digit(self) -> int:
        """The likeliest digit, 0 to 9."""
        return int(self.probabilities.argmax())

    @cached_property
    def confidence(self) -> float:
        """The likeliest digit's probability, 0 to 1."""
        return float(self.probabilities[self.digit])


@dataclass(frozen=True, eq=False)
class Reading:
    """All that was read.

    Attributes:
        digits: in reading order; none where there is no ink.
        left_out: ink between or beside the digits that is read as none: signs.
        can_refuse: whether the network is one that tells digits from what is none.
        is_doubtful: whether these may be no digits beside each other but something else, as the
            strokes of a letter.
    """

    digits: tuple[ReadDigit, ...]
    left_out: tuple[LeftOut, ...] = ()
    can_refuse: bool = True
    is_doubtful: bool = False

    @property
    def text(self) -> str:
        """The likeliest digits in reading order."""
        return "".join(str(one.digit) for one in self.digits)

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The indices of the strokes of each digit."""
        return tuple(one.strokes for one in self.digits)
