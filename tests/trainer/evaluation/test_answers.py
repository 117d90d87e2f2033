from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recognizer.calibration import calibrate
from recognizer.engine import Engine
from recognizer.runs.folder import verify
from recognizer.runs.pointer import read_current
from trainer.data.collection import Data
from trainer.data.model_inputs import images_as_inputs
from trainer.evaluation.answers import answer_samples


def test_images_and_held_out_writers_are_asked(
    run: Path, details: Mapping[str, Any], data: Data
) -> None:
    answers = answer_samples(run, details, data)

    assert {key: len(each.labels) for key, each in answers.items()} == {
        "mnist_test": 100, "held_out_writers": 60,
    }  # fmt: skip
    assert answers["mnist_test"].right.sum() == 90


def test_answers_are_calibrated_as_they_are_served(
    run: Path, details: Mapping[str, Any], data: Data
) -> None:
    inputs, _ = images_as_inputs(data.mnist.test)

    answers = answer_samples(run, details, data)["mnist_test"]

    served = calibrate(Engine(run / "model.onnx").probabilities(inputs), 0.8)
    np.testing.assert_allclose(answers.probabilities, served, atol=1e-6)
    assert answers.probabilities.dtype == np.float32
    np.testing.assert_array_equal(answers.digits, served.argmax(axis=1))


def test_without_drawings_images_are_asked_alone(
    run: Path, details: Mapping[str, Any], data: Data
) -> None:
    images_only = dataclasses.replace(data, drawings=[])

    assert list(answer_samples(run, details, images_only)) == ["mnist_test"]
    assert list(answer_samples(run, {**details, "splits": {}}, data)) == ["mnist_test"]


def test_the_released_run_answers_as_its_figures_say(
    released_models: Path, real_collection: Data
) -> None:
    folder, data = released_models / read_current(released_models), real_collection
    details = verify(folder)
    if any(
        data.origins.get(name, {}).get("sha256") != origin["sha256"]
        for name, origin in details["datasets"].items()
    ):
        pytest.skip("NET_DATA_DIR holds other data than the released run was made from")

    answers = answer_samples(folder, details, data)

    stored = details["metrics"]
    assert answers["mnist_test"].right.sum() == stored["mnist_test"]["right"]
    # A run made before twins were left out counted them too, and read some of them wrong.
    held_out = answers["held_out_writers"]
    left_out = stored["held_out_writers"]["total"] - len(held_out.labels)
    assert 0 <= stored["held_out_writers"]["right"] - held_out.right.sum() <= left_out
