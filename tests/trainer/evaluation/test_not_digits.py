from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from recognizer.geometry import draw
from trainer.data.collection import Data
from trainer.data.outliers import Outlier
from trainer.evaluation.not_digits import MADE_UP, not_digits

CROSS = (np.array([[0.0, 0.0], [9.0, 9.0]]), np.array([[9.0, 0.0], [0.0, 9.0]]))


@pytest.fixture
def outliers() -> list[Outlier]:
    """Each of four characters once by a trained writer, and twice by a held-out one."""
    return [
        Outlier(character, kind, "here", writer, CROSS)
        for writer in ("writer 0", "writer 0", "writer 1")
        for character, kind in (
            ("X", "capital"), ("x", "small letter"), ("*", "symbol"), ("O", "capital"),
        )
    ]  # fmt: skip


def test_letters_and_symbols_are_of_writers_that_were_held_out(
    details: Mapping[str, Any], data: Data, outliers: list[Outlier]
) -> None:
    kinds = not_digits(details, data.drawings, outliers)

    letters = {kind: len(drawings) for kind, drawings in kinds.items() if kind not in MADE_UP}
    assert letters == {
        "clear capitals": 2, "clear small letters": 2, "clear symbols": 2, "look-alikes": 2,
    }  # fmt: skip


def test_what_is_made_up_is_the_same_for_every_run_and_can_be_drawn(
    details: Mapping[str, Any], data: Data
) -> None:
    kinds = not_digits(details, data.drawings, [])
    again = not_digits(details, data.drawings, [])

    assert tuple(kinds) == MADE_UP
    for kind, drawings in kinds.items():
        assert len(drawings) == 500
        assert draw(drawings[3]).any()
        for stroke, same in zip(drawings[7], again[kind][7], strict=True):
            np.testing.assert_array_equal(stroke, same)
    assert {len(mark) for mark in kinds["dots and ticks"]} == {1}


def test_without_digits_there_is_nothing_to_cross_out(
    details: Mapping[str, Any], outliers: list[Outlier]
) -> None:
    assert set(not_digits(details, [], outliers)) >= {"scribbles", "dots and ticks"}
    assert "crossed-out digits" not in not_digits(details, [], outliers)
