"""Delineations name components and points as the UNIPEN definition says."""

from __future__ import annotations

import pytest

from trainer.data.unipen.delineation import Piece, parse_delineation


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("4", [Piece(4)]),
        ("0-2", [Piece(0), Piece(1), Piece(2)]),
        ("0-1,4", [Piece(0), Piece(1), Piece(4)]),
        ("4:76-4:90", [Piece(4, 76, 90)]),
        ("117:101-118:5", [Piece(117, 101), Piece(118, 0, 5)]),
        ("24:0-26:1", [Piece(24), Piece(25), Piece(26, 0, 1)]),
        ("0-2:10", [Piece(0), Piece(1), Piece(2, 0, 10)]),
        ("2:10-", [Piece(2, 10)]),
        ("2:10", [Piece(2, 10, 10)]),
        ("0-2:10,3:5-, 6", [Piece(0), Piece(1), Piece(2, 0, 10), Piece(3, 5), Piece(6)]),
    ],
)
def test_components_and_points_are_named(text: str, pieces: list[Piece]) -> None:
    assert parse_delineation(text) == pieces


@pytest.mark.parametrize("text", ["", "?", "a", "1,,2", "3-1", "4:9-4:2", "-3", "1-2-3", "0-99999"])
def test_what_names_no_components_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"names no|runs backwards|more than"):
        parse_delineation(text)
