"""The confusion matrix as a table, a cell of which leads to its samples."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.runs.details import SetFigures

LEVELS = 5  # colours of a mistake, besides none


@dataclass(frozen=True)
class Cell:
    """Samples of one label with one answer.

    Attributes:
        label, answer: digits.
        count: samples.
        level: how strong its colour is, 0 (none) to LEVELS, by the logarithm of the count.
        is_right: whether label and answer are the same.
    """

    label: int
    answer: int
    count: int
    level: int
    is_right: bool


def confusion_cells(measured: SetFigures) -> list[list[Cell]]:
    """Rows (labels) of cells (answers); none where the run has no matrix."""
    matrix = measured.confusion_matrix
    if not matrix:
        return []
    most = max(_mistakes(matrix), default=0)
    return [
        [
            Cell(label, answer, int(count), _level(count, most), label == answer)
            for answer, count in enumerate(row)
        ]
        for label, row in enumerate(matrix)
    ]


def _mistakes(matrix: Sequence[Sequence[float]]) -> list[float]:
    return [
        count
        for label, row in enumerate(matrix)
        for answer, count in enumerate(row)
        if label != answer
    ]


def _level(count: float, most: float) -> int:
    if count <= 0 or most <= 0:
        return 0
    share = math.log1p(min(count, most)) / math.log1p(most)
    return max(1, round(LEVELS * share))
