from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trainer.data.collection import Data
from trainer.data.mnist import Images
from trainer.evaluation.figures import evaluate, evaluate_own
from trainer.evaluation.measurement import Measurement


@pytest.fixture(scope="module")
def measurements(run: Path, data: Data) -> dict[str, Measurement]:
    details = json.loads((run / "run.json").read_text())
    return {one.key: one for one in evaluate(run, details, data)}


def test_every_set_is_measured_the_main_ones_first(measurements: dict[str, Measurement]) -> None:
    assert list(measurements) == [
        "mnist_test", "held_out_writers", "held_out_writers/here", "held_out_writers/there",
        "held_out_sites", "held_out_sites/here",
    ]  # fmt: skip
    assert [one.total for one in measurements.values()] == [100, 60, 30, 30, 90, 90]


def test_the_parts_add_up_to_the_whole(measurements: dict[str, Measurement]) -> None:
    parts = [measurements[f"held_out_writers/{site}"] for site in ("here", "there")]

    assert sum(part.right for part in parts) == measurements["held_out_writers"].right


def test_a_site_is_read_by_the_network_that_never_saw_it(
    measurements: dict[str, Measurement],
) -> None:
    # That network never answers 3: 9 of the 90 drawings must be wrong.
    site = measurements["held_out_sites/here"]

    assert not site.answers.right[site.answers.labels == 3].any()
    assert site.right == measurements["held_out_sites"].right <= 81


def test_main_sets_are_told_in_detail_and_parts_in_short(
    measurements: dict[str, Measurement],
) -> None:
    told = {key: one.as_json() for key, one in measurements.items()}

    short = {
        "accuracy", "interval", "right", "total", "loss", "top_2_accuracy",
        "expected_calibration_error",
    }  # fmt: skip
    long = short | {
        "confusion_matrix", "per_class", "reliability", "robustness", "hardest",
        "confidently_wrong",
    }  # fmt: skip
    assert set(told["held_out_writers/here"]) == set(told["held_out_sites"]) == short
    assert set(told["mnist_test"]) == long
    assert set(told["held_out_writers"]) == long | {"writers"}
    assert json.loads(json.dumps(told)) == told


def test_the_figures_agree_with_each_other(measurements: dict[str, Measurement]) -> None:
    told = measurements["held_out_writers"].as_json()

    assert np.trace(told["confusion_matrix"]) == told["right"]
    assert np.sum(told["confusion_matrix"]) == told["total"]
    assert sum(group["count"] for group in told["reliability"]) == told["total"]
    assert sum(writer["right"] for writer in told["writers"]["worst"]) == told["right"]
    assert told["interval"][0] <= told["accuracy"] <= told["interval"][1]
    assert told["accuracy"] <= told["top_2_accuracy"]
    assert len(told["confidently_wrong"]) == min(10, told["total"] - told["right"])


def test_without_drawings_images_are_measured_alone(
    run: Path, details: Mapping[str, Any], data: Data
) -> None:
    measured = evaluate(run, details, dataclasses.replace(data, drawings=[]))

    assert [one.key for one in measured] == ["mnist_test"]


def test_the_same_run_gives_the_same_figures(
    run: Path, details: Mapping[str, Any], data: Data, measurements: dict[str, Measurement]
) -> None:
    again = {one.key: one.as_json() for one in evaluate(run, details, data)}

    assert again == {key: one.as_json() for key, one in measurements.items()}


def test_own_data_is_measured_in_detail(run: Path, details: Mapping[str, Any], data: Data) -> None:
    none = Images(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int64))

    both = evaluate_own(run, details, data.mnist.test[:5], data.drawings[:3])
    drawings_only = evaluate_own(run, details, none, data.drawings[:1])

    assert [(one.key, one.total) for one in both] == [("own_images", 5), ("own_drawings", 3)]
    assert [one.key for one in drawings_only] == ["own_drawings"]
    assert all(one.robustness for one in (*both, *drawings_only))
