"""Writers who share a drawing, point for point, are one person."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.data.collection import Data
from trainer.data.people import authors, people
from trainer.data.splits import split_by_person
from trainer.data.stroke_files import LabelledDrawing


def drawing(source: str, writer: str, seed: int, points: int = 12) -> LabelledDrawing:
    strokes = (np.random.default_rng(seed).normal(size=(points, 2)),)
    return LabelledDrawing(seed % 10, source, writer, strokes)


def test_hands_are_joined_over_several_names() -> None:
    drawings = [drawing("s", "b", 1), drawing("s", "c", 1), drawing("s", "c", 2),
                drawing("s", "a", 2), drawing("s", "d", 3)]  # fmt: skip

    found = people(drawings)

    assert {writer: person for (_, writer), person in found.items()} == {
        "a": "s/a", "b": "s/a", "c": "s/a", "d": "s/d",
    }  # fmt: skip


def test_a_drawing_by_somebody_of_two_names_is_by_one_person() -> None:
    drawings = [drawing("s", "b", 1), drawing("s", "c", 1), drawing("s", "b", 2)]

    assert authors(drawings) == ["s/b"] * 3


def test_a_drawing_at_two_sites_joins_nobody() -> None:
    assert len(set(people([drawing("s", "a", 1), drawing("t", "a", 1)]).values())) == 2


def test_a_dot_joins_nobody() -> None:
    dots = [drawing("s", "a", 1, points=1), drawing("s", "b", 1, points=1)]

    assert len(set(people(dots).values())) == 2


def test_a_hand_stands_on_one_side_only() -> None:
    twins = [drawing("s", writer, n) for n, writer in enumerate("abcdef")]
    twins += [drawing("s", f"{writer}2", n) for n, writer in enumerate("abcdef")]

    for seed in range(5):
        split = split_by_person(twins, 0.3, seed)

        sides = [{row.writer[0] for row in side} for side in (split.train, split.validation)]
        assert not sides[0] & sides[1]
        assert len(split.validation) == 4


def test_no_real_drawing_is_held_out_and_trained_on(real_collection: Data) -> None:
    drawings = real_collection.drawings

    split = split_by_person(drawings, 0.1, seed=1)

    def long(rows: list[LabelledDrawing]) -> set[bytes]:
        return {s.tobytes() for row in rows for s in row.strokes if len(np.unique(s, axis=0)) > 9}

    assert split.validation
    assert not long(split.validation) & long(split.train)


@pytest.mark.parametrize("seed", range(3))
def test_without_shared_drawings_hands_are_writers(seed: int) -> None:
    drawings = [drawing("s", f"writer {n % 9}", n) for n in range(40)]

    assert split_by_person(drawings, 0.3, seed).as_json()["validation"]
    assert len(set(people(drawings).values())) == 9
