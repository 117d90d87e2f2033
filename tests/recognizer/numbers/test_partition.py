"""Strokes are divided among groups so that the scores add up to the most."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from recognizer.numbers.partition import best_partition

Group = tuple[int, ...]


@pytest.mark.parametrize("seed", range(30))
def test_no_other_division_scores_more(seed: int) -> None:
    random = np.random.default_rng(seed)
    number = int(random.integers(1, 8))
    pairs = [pair for size in (2, 3) for pair in combinations(range(number), size)]
    groups: list[Group] = [(stroke,) for stroke in range(number)]
    groups += [pair for pair in pairs if random.random() < 0.4]
    scores = random.normal(0, 1, len(groups)).tolist()

    chosen = best_partition(groups, scores, number)

    strokes = [stroke for place in chosen for stroke in groups[place]]
    assert sorted(strokes) == list(range(number))
    assert sum(scores[place] for place in chosen) == pytest.approx(
        _most(groups, scores, frozenset(range(number)))
    )


def test_many_strokes_that_are_linked_with_all_others_come_to_an_end() -> None:
    groups: list[Group] = [(stroke,) for stroke in range(256)]
    groups += [(stroke, other) for stroke in range(256) for other in range(stroke + 1, 256, 40)]

    chosen = best_partition(groups, [len(group) * 1.0 for group in groups], 256)

    assert sorted(stroke for place in chosen for stroke in groups[place]) == list(range(256))


def _most(groups: list[Group], scores: list[float], free: frozenset[int]) -> float:
    if not free:
        return 0.0
    first = min(free)
    return max(
        score + _most(groups, scores, free - set(group))
        for group, score in zip(groups, scores, strict=True)
        if first in group and free.issuperset(group)
    )
