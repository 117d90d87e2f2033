"""What decides which strokes make a digit is read from the run, and is right or refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recognizer.errors import RunError
from recognizer.numbers.weights import FEATURES
from recognizer.runs.loaded_run import load_run
from tests.run_details import GROUPING

MakeRun = Callable[..., Path]
TRAINED = {"writers": {"train": ["here/writer 1"], "validation": []}}


def _with(part: str, **change: Any) -> dict[str, Any]:
    return {**GROUPING, part: {**GROUPING[part], **change}}


def test_weights_are_read_in_the_order_of_the_features(
    models_folder: Path, make_run: MakeRun
) -> None:
    backwards = {part: dict(reversed(weights.items())) for part, weights in GROUPING.items()}
    make_run("first", grouping={**backwards, "fitted_to": {"numbers": 1}})

    weights = load_run(models_folder, "first").grouping

    assert weights is not None
    for part, features in FEATURES.items():
        expected = [GROUPING[part][feature] for feature in features]
        np.testing.assert_array_equal(getattr(weights, part), expected)


def test_a_run_that_was_not_trained_on_drawings_needs_none(
    models_folder: Path, make_run: MakeRun
) -> None:
    make_run("first", splits={"writers": {"train": [], "validation": []}})

    assert load_run(models_folder, "first").grouping is None


def test_a_run_that_was_trained_on_drawings_is_refused_without_them(
    models_folder: Path, make_run: MakeRun
) -> None:
    make_run("first", splits=TRAINED)

    with pytest.raises(RunError, match=r"no grouping weights; .* python -m trainer upgrade first$"):
        load_run(models_folder, "first")


@pytest.mark.parametrize(
    ("grouping", "message"),
    [
        ([], r"\[\] for grouping weights"),
        ("weights", "'weights' for grouping weights"),
        ({}, "None for grouping weights of links, not constant, distance"),
        ({**GROUPING, "numbers": None}, "None for grouping weights of numbers"),
        ({**GROUPING, "groups": [1, 2, 3, 4, 5]}, r"\[1, 2, 3, 4, 5\] for grouping weights of"),
        (_with("groups", luck=1.0), "'luck'.* for grouping weights of groups"),
        ({**GROUPING, "links": {"constant": 1.0}}, r"\['constant'\] for grouping weights of links"),
        (_with("links", sizes=float("nan")), "None for the grouping weight 'sizes' of links"),
        (_with("links", sizes=float("inf")), "None for the grouping weight 'sizes'"),
        (_with("links", sizes=10**400), "for the grouping weight 'sizes'"),
        (_with("links", sizes="1"), "'1' for the grouping weight 'sizes'"),
        (_with("links", sizes=True), "True for the grouping weight 'sizes'"),
        (_with("links", sizes=None), "None for the grouping weight 'sizes'"),
        (_with("links", sizes=[1.0]), r"\[1.0\] for the grouping weight 'sizes'"),
        (_with("links", sizes=-1001), "-1001 for the .*, not a number from -1000 to 1000"),
        (_with("groups", confidence=-0.1), "'confidence' of groups, not a number from 0 to 1000"),
        (_with("groups", digitness=-0.1), "'digitness' of groups, not a number from 0"),
        (_with("numbers", digitness=-0.1), "'digitness' of numbers, not a number from 0"),
        (_with("numbers", digits=-0.1), "'digits' of numbers, not a number from 0"),
        (_with("numbers", whole=-0.1), "'whole' of numbers, not a number from 0"),
        (_with("numbers", overlap=0.1), "'overlap' of numbers, not a number from -1000 to 0"),
        (_with("numbers", luck=1.0), "of numbers, .*python -m trainer upgrade first"),
        (_with("numbers", link=0.1), "'link' of numbers, not a number from -1000 to 0"),
    ],
)
def test_weights_that_are_not_what_they_must_be_are_refused(
    models_folder: Path, make_run: MakeRun, grouping: object, message: str
) -> None:
    make_run("first", grouping=grouping)

    with pytest.raises(RunError, match=f"^first: run.json has .*{message}"):
        load_run(models_folder, "first")


@pytest.mark.parametrize("splits", [None, [], {"writers": []}, {"writers": {"train": 0}}])
def test_splits_that_tell_nothing_ask_for_no_weights(
    models_folder: Path, make_run: MakeRun, splits: object
) -> None:
    make_run("first", splits=splits)

    assert load_run(models_folder, "first").grouping is None
