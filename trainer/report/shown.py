"""Which samples are shown: a fair choice of all of them, and of each kind of mistake."""

from __future__ import annotations

import numpy as np

from trainer.evaluation.answers import Answers

_SEED = 3


def fair_choice(answers: Answers, number: int) -> list[int]:
    """Places drawn at random, but the same for every run of these samples: nobody picked them."""
    order = np.random.default_rng(_SEED).permutation(len(answers.labels))
    places: list[int] = order[:number].tolist()
    return places


def cell_samples(answers: Answers, number: int) -> dict[tuple[int, int], list[int]]:
    """For each pair of label and answer that occurs, the surest answers of it.

    Args:
        answers: of a set.
        number: how many of each pair, at most.
    """
    order = np.argsort(-answers.confidences, kind="stable")
    cells: dict[tuple[int, int], list[int]] = {}
    for place in order.tolist():
        pair = (int(answers.labels[place]), int(answers.digits[place]))
        chosen = cells.setdefault(pair, [])
        if len(chosen) < number:
            chosen.append(place)
    return dict(sorted(cells.items()))
