"""A piece of a character is told from a whole one."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.data.collection import Data
from trainer.data.fragments import is_fragment, is_upright_line

EMPTY = np.empty((0, 2))
UPRIGHT = np.array([[0.0, 0], [1, 50], [0, 100]])
LYING = UPRIGHT[:, ::-1]
HOOK = np.array([[0.0, 0], [0, 100], [40, 80]])


@pytest.mark.parametrize(
    ("strokes", "expected"),
    [
        ([UPRIGHT], True),
        ([UPRIGHT * 1e-6 + 3], True),
        ([UPRIGHT @ [[1, 0], [0.7, 1]]], True),
        ([EMPTY, UPRIGHT], True),
        ([LYING], False),
        ([HOOK], False),
        ([UPRIGHT, UPRIGHT + 30], False),
        ([UPRIGHT[:1]], False),
        ([np.zeros((4, 2))], False),
        ([], False),
    ],
)
def test_an_upright_line_is_one_straight_stroke(strokes: list[np.ndarray], expected: bool) -> None:
    assert is_upright_line(strokes) is expected


@pytest.mark.parametrize(
    ("character", "source", "strokes", "expected"),
    [
        ("1", "ibm", [UPRIGHT], False),
        ("4", "ibm", [UPRIGHT], True),
        ("4", "syn", [UPRIGHT], True),
        ("L", "syn", [UPRIGHT], True),
        ("L", "ibm", [HOOK], False),
        ("K", "ibm", [HOOK], True),
        ("K", "kai", [HOOK], False),
        ("K", "ibm", [UPRIGHT, HOOK], False),
        ("-", "ibm", [LYING], False),
        ("m", "ibm", [HOOK], False),
    ],
)
def test_a_piece_is_told_by_its_label(
    character: str, source: str, strokes: list[np.ndarray], expected: bool
) -> None:
    assert is_fragment(character, strokes, source) is expected


def test_few_of_the_real_letters_are_pieces_and_most_of_these_are_of_one_site(
    real_collection: Data,
) -> None:
    pieces = [
        one
        for one in real_collection.outliers
        if is_fragment(one.character, one.strokes, one.source)
    ]

    assert 500 < len(pieces) < 2_500
    assert sum(one.source == "ibm" for one in pieces) > 0.5 * len(pieces)
