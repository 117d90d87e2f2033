from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.trainer.small_runs import fitted_weights, network, write_run
from trainer.data.collection import Data
from trainer.evaluation.comparison import (
    ComparedRun,
    PairedTest,
    ask_runs,
    compare_with_first,
)
from trainer.runs.details import differing


@pytest.fixture(scope="module")
def weights(data_folder: Path) -> NDArray[np.float32]:
    return fitted_weights(data_folder)


@pytest.fixture
def good(tmp_path: Path, weights: NDArray[np.float32]) -> Path:
    return write_run(tmp_path, "good", network(weights))


@pytest.fixture
def forgetful(tmp_path: Path, weights: NDArray[np.float32]) -> Path:
    """Never says 3 or 4: right on a fifth less."""
    settings = {"epochs": 2, "units": 9}
    return write_run(tmp_path, "forgetful", network(weights, forgets=[3, 4]), settings=settings)


def test_a_run_that_is_worse_is_called_worse_and_the_other_better(
    good: Path, forgetful: Path, data: Data
) -> None:
    runs = ask_runs([good, forgetful], data)

    forward, backward = compare_with_first(runs), compare_with_first(runs[::-1])

    assert [test.key for test in forward] == ["mnist_test", "held_out_writers"]
    assert [test.samples for test in forward] == [100, 60]
    assert all(test.verdict.startswith("worse than good (p < 0.001)") for test in forward[:1])
    assert backward[0].verdict == "better than forgetful (p < 0.001)"
    assert backward[0].only_second == forward[0].only_first >= 15


def test_a_run_is_not_better_than_its_double(
    tmp_path: Path, good: Path, weights: NDArray[np.float32], data: Data
) -> None:
    double = write_run(tmp_path, "double", network(weights))

    (first, *_) = compare_with_first(ask_runs([good, double], data))

    assert first.verdict == "no difference can be shown (p = 1)"


def test_looking_at_more_runs_asks_for_more_evidence(
    tmp_path: Path, good: Path, forgetful: Path, weights: NDArray[np.float32], data: Data
) -> None:
    double = write_run(tmp_path, "double", network(weights))

    alone = compare_with_first(ask_runs([good, forgetful], data))
    among = compare_with_first(ask_runs([good, forgetful, double], data))

    assert alone[0].p_adjusted == alone[0].p
    assert among[0].p_adjusted == pytest.approx(2 * alone[0].p)


def test_only_drawings_that_both_held_out_are_compared_each_with_itself(
    tmp_path: Path, weights: NDArray[np.float32], data: Data
) -> None:
    random = np.random.default_rng(1)
    mixed = [data.drawings[row] for row in random.permutation(len(data.drawings))]
    first = write_run(tmp_path, "first", network(weights, forgets=[3]))
    overlapping = write_run(
        tmp_path, "overlapping", network(weights, forgets=[3]),
        splits={"writers": {"validation": ["there/writer 1", "there/writer 2"]}},
    )  # fmt: skip
    apart = write_run(
        tmp_path, "apart", network(weights),
        splits={"writers": {"validation": ["here/writer 2"]}},
    )  # fmt: skip

    runs = ask_runs([first, overlapping, apart], dataclasses.replace(data, drawings=mixed))
    tests = compare_with_first(runs)

    (drawings,) = [test for test in tests if test.key == "held_out_writers"]
    assert (drawings.second, drawings.samples) == ("overlapping", 30)
    assert (drawings.only_first, drawings.only_second) == (0, 0)


def test_settings_that_are_the_same_are_not_listed(good: Path, forgetful: Path, data: Data) -> None:
    runs = ask_runs([good, forgetful], data)

    assert differing([run.facts for run in runs]) == {"epochs": [1, 2], "units": [None, 9]}
    assert differing([runs[0].facts] * 2) == {}


def test_a_verdict_needs_more_than_a_tendency() -> None:
    tendency = PairedTest("mnist_test", "a", "b", 100, 2, 8, p=0.109, p_adjusted=0.109)

    assert not tendency.is_shown
    assert tendency.verdict == "no difference can be shown (p = 0.11)"


def test_a_run_is_asked_what_it_never_saw(good: Path, data: Data) -> None:
    (run,) = ask_runs([good], data)

    assert isinstance(run, ComparedRun)
    assert run.name == "good"
    assert set(run.measurements) == {"mnist_test", "held_out_writers"}
