"""A figure: one measured number, how far it may be from the true one, and from how many samples.

How figures are written for people is for :mod:`trainer.figures.wording`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation.intervals import paired_interval, quantile_interval, wilson_interval

SHARE = "share"  # 0-1, written in percent
POINTS = "points"  # a difference of shares, -1 to 1, written in percentage points


@dataclass(frozen=True)
class Figure:
    """One number.

    Attributes:
        name: what was measured, as ``accuracy``.
        value: the number, in ``unit``.
        low, high: its 95 % interval; both are the value where it is counted and not estimated.
        total: samples it comes from.
        unit: :data:`SHARE`, :data:`POINTS`, ``ms``, ``times``, or what is counted; empty for a
            number without one.
        row: what it is a figure of, where figures of one name stand in a table, as
            ``turned: 10°``; empty for a figure by itself.
    """

    name: str
    value: float
    low: float
    high: float
    total: int
    unit: str
    row: str = ""


def share(name: str, successes: int, total: int, row: str = "") -> Figure:
    """A share of samples, 0-1, with Wilson's 95 % interval; ``total`` is at least 1.

    Args:
        name: of the figure.
        successes: from 0 to ``total``.
        total: samples, at least 1.
        row: as :attr:`Figure.row`.
    """
    low, high = wilson_interval(successes, total)
    return Figure(name, successes / total, low, high, total, SHARE, row)


def paired_difference(
    name: str, before: NDArray[np.bool_], after: NDArray[np.bool_], row: str = ""
) -> Figure:
    """How much a share grew, in :data:`POINTS`, between two measurements of the same samples.

    Args:
        name: of the figure.
        before: (n,) bool, whether each sample counted in the first; n is at least 1.
        after: (n,) bool, whether it counted in the second.
        row: as :attr:`Figure.row`.
    """
    lost, won = int((before & ~after).sum()), int((after & ~before).sum())
    low, high = paired_interval(won, lost, len(before))
    return Figure(name, (won - lost) / len(before), low, high, len(before), POINTS, row)


def median(name: str, values: Sequence[float], unit: str, row: str = "") -> Figure:
    """The median of measurements with a 95 % interval that takes no shape for granted.

    Args:
        name: of the figure.
        values: at least one, of any distribution.
        unit: of the values.
        row: as :attr:`Figure.row`.
    """
    low, high = quantile_interval(values, 0.5)
    return Figure(name, float(np.median(values)), low, high, len(values), unit, row)


def count(name: str, value: int, unit: str) -> Figure:
    """Something that was counted, so without an interval."""
    return Figure(name, value, value, value, 1, unit)
