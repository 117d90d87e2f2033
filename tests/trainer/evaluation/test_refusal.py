from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recognizer.outputs import NetworkOutputs
from recognizer.runs.calibration import Thresholds
from recognizer.runs.loaded_run import LoadedRun, open_run
from trainer.data.collection import Data
from trainer.evaluation.refusal import (
    RefusalMeasurement,
    measure_refusal,
    refused_by_others,
    threshold_for,
    thresholds_of,
)


def _outputs(digitness: Any, confidences: Any) -> NetworkOutputs:
    sure = np.asarray(confidences, float)[:, np.newaxis]
    rest = np.repeat((1 - sure) / 9, 9, axis=1)
    return NetworkOutputs(np.concatenate([sure, rest], axis=1), np.asarray(digitness, float))


@pytest.fixture
def served(run: Path, details: Mapping[str, Any]) -> LoadedRun:
    return open_run(run, details)


@pytest.mark.parametrize("total", [1, 99, 100, 250, 1785])
def test_no_more_digits_are_refused_than_may_be(total: int) -> None:
    scores = np.random.default_rng(total).random(total)

    threshold = threshold_for(scores, 0.01)

    assert (scores < threshold).sum() == int(0.01 * total)


def test_digits_of_one_score_are_refused_together_or_not_at_all() -> None:
    scores = np.repeat([0.2, 0.9], [30, 970])

    assert (scores < threshold_for(scores, 0.01)).sum() == 0


def test_a_threshold_told_with_seven_digits_refuses_no_digit_it_was_made_from() -> None:
    scores = np.full(200, 1 - 1e-9)

    assert (scores < threshold_for(scores, 0.01)).sum() == 0


def test_both_error_rates_stand_beside_the_thresholds() -> None:
    digits = _outputs(np.arange(1, 201) / 200, np.linspace(0.4, 1, 200))
    others = {"letters": _outputs([0.001, 0.011, 0.5, 0.9], [0.5] * 4)}

    told = thresholds_of(digits, others)

    assert told["digitness"] == pytest.approx(0.015)  # two of two hundred lie below
    assert told["digits_refused"] == 0.01
    assert told["others_accepted"] == {"letters": 0.5}
    assert 0 < told["digits_unsure"] <= 0.01
    assert digits.confidences[2] < told["confidence"] < digits.confidences[5]


def test_an_answer_that_is_right_nine_times_in_ten_is_never_unsure() -> None:
    digits = _outputs(np.linspace(0.5, 1, 200), np.linspace(0.97, 1, 200))

    assert thresholds_of(digits, {})["confidence"] == 0.9


def test_a_digit_that_is_always_one_for_sure_has_a_higher_threshold() -> None:
    sure, others = np.full(100, 0.99), np.linspace(0.1, 1, 300)
    digits = _outputs(np.concatenate([others, sure]), np.full(400, 0.99))
    digits.probabilities[300:] = np.roll(digits.probabilities[300:], 6, axis=1)

    told = thresholds_of(digits, {"letters": _outputs([0.3], [0.99])})

    one_for_all = told["digitness"]
    assert one_for_all < told["by_digit"][6] < 0.99
    assert told["by_digit"][:6] + told["by_digit"][7:] == [one_for_all] * 9
    assert told["digits_refused"] <= 0.01


def test_no_digit_has_a_lower_threshold_than_all_however_high_that_is() -> None:
    scores = np.concatenate([np.linspace(0.9995, 1, 300), np.full(100, 0.99999)])
    digits = _outputs(scores, np.full(400, 0.99))
    digits.probabilities[300:] = np.roll(digits.probabilities[300:], 6, axis=1)

    told = thresholds_of(digits, {})

    assert min(told["by_digit"]) >= told["digitness"] > 0.9995


def test_a_writer_is_refused_by_what_others_wrote() -> None:
    # Ann's digits all look odd: a threshold of her own would refuse one in a hundred of them.
    scores = np.concatenate([np.linspace(0.1, 0.2, 200), np.linspace(0.8, 0.9, 200)])
    writers = ["Ann"] * 200 + ["Bob"] * 200

    refused = refused_by_others(scores, writers)

    assert refused[:200].all()
    assert not refused[200:].any()


def test_accepted_and_sure_are_counted_by_kind() -> None:
    measured = RefusalMeasurement(
        digits=_outputs([0.2, 0.8, 0.9, 0.95], [0.9, 0.5, 0.9, 0.9]),
        authors=["here/Ann"] * 4,
        others={"letters": _outputs([0.1, 0.5, 0.6, 0.7], [0.9, 0.9, 0.6, 0.9])},
        thresholds=Thresholds(digitness=(0.5,) * 10, confidence=0.7),
        is_stored=True,
    )

    (kind,) = measured.kinds

    assert (measured.digits_refused, measured.digits_unsure) == (1, 1)
    assert (kind.kind, kind.total, kind.accepted, kind.told) == ("letters", 4, 3, 2)
    assert kind.separation.area == pytest.approx(13 / 16)


def test_a_run_is_measured_at_its_own_thresholds(
    run: Path, details: Mapping[str, Any], data: Data
) -> None:
    stored = {"digitness": 0.25, "confidence": 0.5}
    refusing = open_run(run, {**details, "refusal": stored})

    measured = measure_refusal(refusing, data.drawings, [])

    assert measured is not None
    assert measured.is_stored
    assert measured.thresholds == Thresholds((0.25,) * 10, 0.5)
    assert len(measured.digits) == len(measured.authors) == 60


def test_a_run_without_thresholds_is_measured_at_those_it_would_get(
    served: LoadedRun, data: Data
) -> None:
    measured = measure_refusal(served, data.drawings, [])

    assert measured is not None
    assert not measured.is_stored
    told = thresholds_of(measured.digits, measured.others)
    assert measured.thresholds == Thresholds(tuple(told["by_digit"]), told["confidence"])


def test_pictures_are_asked_about_as_pictures(served: LoadedRun, data: Data) -> None:
    # This run has one network for both, and no thresholds: all is the same.
    drawings = measure_refusal(served, data.drawings, [])
    pictures = measure_refusal(served, data.drawings, [], as_pictures=True)

    assert drawings is not None
    assert pictures is not None
    np.testing.assert_allclose(pictures.digits.digitness, drawings.digits.digitness, atol=1e-6)


def test_where_no_digit_was_held_out_nothing_is_measured(served: LoadedRun) -> None:
    assert measure_refusal(served, [], []) is None
