"""Tell pieces of characters from whole ones: what a data set cut badly and labelled all the same.

UNIPEN's site ``ibm`` has single strokes of letters and symbols under the label of the whole, the
upright of a K or the S of a $.  Learned as "no digit", they teach a network to refuse a plain 1;
learned as the digit that a lone upright is labelled with, 4 or 0, they teach it to misread one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

_CUT_BADLY = "ibm"
# What nobody there writes in one stroke, or nearly nobody.
_SEVERAL_STROKES = frozenset('AEFHKQTXYijktfx$%#*+="!:;?')

_THICKEST = 0.12  # of a straight line, as a share of its length
_MOST_TILT = 50.0  # of an upright line, degrees


def is_upright_line(strokes: Sequence[Points]) -> bool:
    """Whether a drawing is one straight stroke that rather stands than lies: a plain 1.

    Args:
        strokes: arrays (n, 2), any unit.
    """
    inked = [stroke for stroke in strokes if len(stroke)]
    if len(inked) != 1 or len(inked[0]) < 2:
        return False
    centred = inked[0] - inked[0].mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=True)
    length, width = np.ptp(centred @ axes.T, axis=0)
    tilt = np.degrees(np.arctan2(abs(axes[0, 0]), abs(axes[0, 1])))
    return bool(length > 0 and width <= _THICKEST * length and tilt <= _MOST_TILT)


def is_fragment(character: str, strokes: Sequence[Points], source: str) -> bool:
    """Whether a drawing is only a piece of the character that it is labelled with.

    Args:
        character: the label.
        strokes: arrays (n, 2), any unit.
        source: the site that collected it.
    """
    if character != "1" and is_upright_line(strokes):
        return True
    is_alone = sum(len(stroke) > 0 for stroke in strokes) == 1
    return is_alone and source == _CUT_BADLY and character in _SEVERAL_STROKES
