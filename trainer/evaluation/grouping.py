"""Fit the weights that decide which strokes make a digit to a run's networks.

What they give on other drawings than those they are fitted to
(:mod:`trainer.evaluation.grouping_examples`) is measured by ``python -m trainer figures --only
numbers``, and asked at the gates (:mod:`trainer.release.numbers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from recognizer.boxes import Boxes
from recognizer.numbers.candidates import Group, Links, propose
from recognizer.numbers.links import describe_links
from recognizer.numbers.partition import best_partition
from recognizer.numbers.scores import describe_groups, describe_number
from recognizer.numbers.weights import FEATURES, GROUP_FEATURES, Part, bounds
from recognizer.outputs import NetworkOutputs
from recognizer.runs.loaded_run import LoadedRun
from trainer.data.collection import Data
from trainer.evaluation.grouping_examples import Example, collect_examples
from trainer.synthesis.numbers import Points

_MOST_DIVISIONS = 2_000
_RIDGE = 1e-3  # of the weights' squares, for groups
_REGRESSION_RIDGE = 1e-2  # the same, for links and numbers
_DECIMALS = 4  # of the weights that are stored

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Described:
    """An example with its candidates, all its strokes together being the last of them."""

    truth: tuple[Group, ...]
    links: Links
    boxes: Boxes
    groups: list[Group]
    outputs: NetworkOutputs
    features: Numbers


def fit_grouping(run: LoadedRun, data: Data) -> dict[str, Any] | None:
    """Fit what run.json holds as ``grouping``; the same run and data give the same weights.

    Args:
        run: whose networks are asked; its ``splits`` say which writers were held out, whose
            drawings are left out here.
        data: the data sets it was made from; without drawings of two writers there is nothing
            to fit.

    Returns:
        The weights by part and feature, and ``fitted_to``: how many examples of each kind. None
        where nothing can be fitted.
    """
    digits, numbers, others = collect_examples(run, data)
    if not digits or not numbers:
        return None
    links = _rounded(fit_links(numbers))
    described = [_describe(example, links, run) for example in [*digits, *numbers]]
    groups = _rounded(fit_groups(described))
    described += [_describe(example, links, run) for example in others]
    return {
        "links": _named("links", links),
        "groups": _named("groups", groups),
        "numbers": _named("numbers", _rounded(fit_number(described, groups))),
        "fitted_to": {"digits": len(digits), "numbers": len(numbers), "others": len(others)},
    }


def _rounded(weights: Numbers) -> Numbers:
    return np.round(weights, _DECIMALS) + 0.0  # and no -0.0


def _named(part: Part, weights: Numbers) -> dict[str, float]:
    return dict(zip(FEATURES[part], weights.tolist(), strict=True))


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
    return _regress(np.concatenate(features), np.concatenate(same), "links")


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

    start = np.zeros(len(GROUP_FEATURES) + 1)
    limits = [*bounds("groups"), (None, None)]
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits)
    return np.asarray(fitted.x[:-1])


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
        outputs, whole = example.outputs.take(best), float(example.outputs.digitness[-1])
        features.append(describe_number(divided, example.links, example.boxes, outputs, whole))
        is_number.append(len(example.truth) > 1)
    return _regress(np.array(features), np.array(is_number), "numbers")


def _describe(example: Example, link_weights: Numbers, run: LoadedRun) -> Described:
    strokes = _scaled(example.strokes)
    links = describe_links(strokes) @ link_weights
    together = tuple(range(len(strokes)))
    groups = [*(group for group in propose(links) if group != together), together]
    _, outputs = run.ask_drawings([[strokes[stroke] for stroke in group] for group in groups])
    boxes = Boxes.around(strokes)
    features = describe_groups(groups, links, boxes, outputs)
    return Described(example.groups, links, boxes, groups, outputs, features)


def _scaled(strokes: Sequence[Points]) -> list[Points]:
    extent = np.ptp(np.concatenate(strokes), axis=0).max()
    return [stroke / (extent or 1.0) for stroke in strokes]


def _regress(features: Numbers, labels: NDArray[np.bool_], part: Part) -> Numbers:
    """Logistic regression within the part's bounds; the constant is one of the features."""
    signs = np.where(labels, 1.0, -1.0)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        margins = signs * (features @ weights)
        total = np.logaddexp(0, -margins).sum() + _REGRESSION_RIDGE * float(weights @ weights) / 2
        gradient = -(signs * expit(-margins)) @ features + _REGRESSION_RIDGE * weights
        return float(total), gradient

    start = np.zeros(features.shape[1])
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds(part))
    return np.asarray(fitted.x)
