"""Fit what reads numbers to the served run: ``python -m benchmarks.grouping_weights``.

Prints the weights of :mod:`recognizer.numbers.links` and :mod:`recognizer.numbers.scores` as they
are to stand there; new ones are wanted whenever another network is released.  They are fitted to
digits, letters and numbers by writers that the run was trained on; what they give on others is
measured by ``python -m benchmarks.figures numbers``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from benchmarks.figures.surroundings import models_folder
from recognizer.numbers.candidates import Group, Links, propose
from recognizer.numbers.links import WEIGHTS as LINK_WEIGHTS
from recognizer.numbers.links import Boxes, describe_links
from recognizer.numbers.partition import best_partition
from recognizer.numbers.scores import (
    GROUP_WEIGHTS,
    NUMBER_WEIGHTS,
    describe_groups,
    describe_number,
)
from recognizer.opinions import Opinions
from recognizer.runs.loaded_run import LoadedRun, load_run
from recognizer.runs.pointer import read_current
from trainer.data.location import data_folder
from trainer.data.outliers import load_outliers, split_outliers
from trainer.data.splits import main_split
from trainer.data.stroke_files import load_drawings
from trainer.evaluation.compositions.numbers import Layout, Points, write_numbers
from trainer.evaluation.samples import held_out_writers

# Layouts, and how many numbers of each.
MIXTURE = (
    (Layout(), 500),
    (Layout(gap=(-0.2, 0.1)), 500),
    (Layout(size=0.3, slope=15), 250),
    (Layout(lines=2, digits=(4, 8)), 200),
    (Layout(crosses_last=True, gap=(0.0, 0.4)), 250),
)
SINGLES = 1_200  # digits of two strokes or more
OTHERS = 1_000  # letters and symbols of two strokes or more
_MOST_STROKES = 16
_MOST_DIVISIONS = 2_000
_RIDGE = 1e-3

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Example:
    """Strokes, and how they are truly divided; not at all, where they are no digit."""

    strokes: Sequence[Points]
    groups: tuple[Group, ...]


@dataclass(frozen=True, eq=False)
class Described:
    """An example with its candidates, all its strokes together being the last of them."""

    truth: tuple[Group, ...]
    links: Links
    groups: list[Group]
    opinions: Opinions
    features: Numbers


def main() -> None:
    """Fit and print."""
    models = models_folder()
    run = load_run(models, read_current(models))
    digits, numbers, others = _collect(run, data_folder())
    link_weights = fit_links(numbers)
    _print("links.WEIGHTS", LINK_WEIGHTS, link_weights)
    described = [_describe(example, link_weights, run) for example in [*digits, *numbers]]
    group_weights = fit_groups(described)
    _print("scores.GROUP_WEIGHTS", GROUP_WEIGHTS, group_weights)
    described += [_describe(example, link_weights, run) for example in others]
    _print("scores.NUMBER_WEIGHTS", NUMBER_WEIGHTS, fit_number(described, group_weights))


def _print(name: str, names: Mapping[str, float], weights: Numbers) -> None:
    print(name)
    for key, weight in zip(names, weights, strict=True):
        print(f'    "{key}": {weight:.2f},')


def _collect(run: LoadedRun, folder: Path) -> tuple[list[Example], list[Example], list[Example]]:
    """Digits, numbers, and what is neither, by writers that neither split holds out."""
    drawings = load_drawings(folder)
    split = main_split(drawings)
    held_out = {(one.source, one.writer) for one in held_out_writers(run.details, drawings)}
    train = [one for one in split.train if (one.source, one.writer) not in held_out]
    letters = [one.strokes for one in split_outliers(load_outliers(folder), split)[0]]
    random = np.random.default_rng(1)
    numbers = [
        Example(number.strokes, number.groups)
        for seed, (layout, count) in enumerate(MIXTURE)
        for number in write_numbers(train, layout, count, seed)
        if len(number.strokes) <= _MOST_STROKES
    ]
    digits = [one.strokes for one in train]
    return (
        _of_several_strokes(digits, SINGLES, random, is_digit=True),
        numbers,
        _of_several_strokes(letters, OTHERS, random, is_digit=False),
    )


def _of_several_strokes(
    drawings: Sequence[Sequence[Points]], count: int, random: np.random.Generator, *, is_digit: bool
) -> list[Example]:
    inked = [[stroke for stroke in strokes if len(stroke)] for strokes in drawings]
    several = [strokes for strokes in inked if 1 < len(strokes) <= _MOST_STROKES]
    chosen = [several[place] for place in random.permutation(len(several))[:count]]
    return [
        Example(strokes, (tuple(range(len(strokes))),) if is_digit else ()) for strokes in chosen
    ]


def fit_links(examples: Sequence[Example]) -> Numbers:
    """Which two strokes are of one digit, by logistic regression: a weight for each feature."""
    features, same = [], []
    for example in examples:
        owner = np.empty(len(example.strokes), np.int64)
        for place, group in enumerate(example.groups):
            owner[list(group)] = place
        first, second = np.tril_indices(len(owner), -1)
        features.append(describe_links(_scaled(example.strokes))[first, second])
        same.append(owner[first] == owner[second])
    return _regress(np.concatenate(features), np.concatenate(same))


def fit_groups(examples: Sequence[Described]) -> Numbers:
    """Which division is the true one, by a conditional random field, all of them counted up."""
    differences = [found for found in map(_rivals, examples) if found is not None]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total = _RIDGE * len(differences) * float(weights @ weights) / 2
        gradient = _RIDGE * len(differences) * weights
        for rivals in differences:
            powers = rivals @ weights
            highest = powers.max()
            shares = np.exp(powers - highest)
            total += float(highest + np.log(shares.sum()))
            gradient = gradient + shares / shares.sum() @ rivals
        return total, gradient

    start = np.zeros(len(GROUP_WEIGHTS) + 1)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x[:-1])


def _rivals(example: Described) -> Numbers | None:
    """Features of every division less those of the true one; a last one tells a single digit."""
    places = {group: place for place, group in enumerate(example.groups)}
    if not all(group in places for group in example.truth):
        return None
    true = sorted(places[group] for group in example.truth)
    divisions = _divisions(example.groups)
    if true not in divisions:
        divisions.append(true)
    rows = np.array(
        [[*example.features[division].sum(axis=0), len(division) == 1] for division in divisions]
    )
    less_true: Numbers = rows - rows[divisions.index(true)]
    return less_true


def _divisions(groups: Sequence[Group]) -> list[list[int]]:
    """Every way to divide the strokes among the groups, up to a bound, places ascending."""
    everything = frozenset(groups[-1])
    found: list[list[int]] = []
    waiting: list[tuple[frozenset[int], list[int]]] = [(everything, [])]
    while waiting and len(found) < _MOST_DIVISIONS:
        free, chosen = waiting.pop()
        if not free:
            found.append(sorted(chosen))
            continue
        first = min(free)
        waiting += [
            (free - set(group), [*chosen, place])
            for place, group in enumerate(groups)
            if first in group and free.issuperset(group)
        ]
    return found


def fit_number(examples: Sequence[Described], group_weights: Numbers) -> Numbers:
    """Whether it is a number at all, by logistic regression."""
    features, is_number = [], []
    for example in examples:
        scores = example.features @ group_weights
        best = best_partition(example.groups[:-1], scores[:-1].tolist(), len(example.links))
        divided = [example.groups[place] for place in best]
        difference = float(scores[best].sum() - scores[-1])
        opinions = example.opinions.take(best)
        features.append(describe_number(divided, example.links, opinions, difference))
        is_number.append(len(example.truth) > 1)
    return _regress(np.array(features), np.array(is_number))


def _describe(example: Example, link_weights: Numbers, run: LoadedRun) -> Described:
    strokes = _scaled(example.strokes)
    links = describe_links(strokes) @ link_weights
    together = tuple(range(len(strokes)))
    groups = [*(group for group in propose(links) if group != together), together]
    _, opinions = run.ask_drawings([[strokes[stroke] for stroke in group] for group in groups])
    features = describe_groups(groups, links, Boxes.around(strokes), opinions)
    return Described(example.groups, links, groups, opinions, features)


def _scaled(strokes: Sequence[Points]) -> list[Points]:
    extent = np.ptp(np.concatenate(strokes), axis=0).max()
    return [stroke / (extent or 1.0) for stroke in strokes]


def _regress(features: Numbers, labels: NDArray[np.bool_]) -> Numbers:
    model = LogisticRegression(C=100, max_iter=5_000, fit_intercept=False)
    weights: Numbers = model.fit(features, labels).coef_[0]
    return weights


if __name__ == "__main__":
    main()
