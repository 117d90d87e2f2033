from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trainer.data.collection import Data
from trainer.evaluation.answers import CalibratedNetwork
from trainer.evaluation.robustness import SAMPLES, Robustness, measure_robustness
from trainer.evaluation.samples import Samples, main_samples


def test_the_first_line_is_of_the_samples_as_they_are(
    run: Path, details: Mapping[str, Any], data: Data
) -> None:
    network = CalibratedNetwork.load(run, details)
    images, drawings = main_samples(details, data)

    for samples in (images, drawings):
        plain, *changed = measure_robustness(network, samples)

        right = int((network(samples).argmax(axis=1) == samples.labels).sum())
        total = len(samples)
        assert plain == Robustness("", "", right, total, same=total, lost=0, won=0)
        assert {change.total for change in changed} == {len(samples)}
        assert min(change.accuracy for change in changed) < plain.accuracy


def test_images_are_changed_as_images_and_drawings_as_strokes(
    run: Path, details: Mapping[str, Any], data: Data
) -> None:
    network = CalibratedNetwork.load(run, details)
    images, drawings = main_samples(details, data)

    of_images = {change.change for change in measure_robustness(network, images)}
    of_drawings = {change.change: change for change in measure_robustness(network, drawings)}

    assert of_images == {
        "", "shifted", "turned", "sheared", "scaled", "thinned", "thickened", "noisy", "blurred",
        "faded",
    }  # fmt: skip
    assert set(of_drawings) == {
        "", "moved", "resized", "more points", "fewer points", "whole numbers", "turned", "shaken",
        "in another order", "drawn as a picture",
    }  # fmt: skip
    assert of_drawings["moved"].right == of_drawings[""].right


def test_a_change_is_compared_with_the_same_samples_as_they_are(
    run: Path, details: Mapping[str, Any], data: Data
) -> None:
    network = CalibratedNetwork.load(run, details)
    _, drawings = main_samples(details, data)

    plain, *turned = measure_robustness(network, drawings, kinds=frozenset({"turned"}))

    assert {change.change for change in turned} == {"turned"}
    for change in turned:
        assert change.right == plain.right + change.won - change.lost
        assert change.total - change.same >= change.won + change.lost
        assert change.gain == pytest.approx(change.accuracy - plain.accuracy)
        assert change.gain_interval[0] <= change.gain <= change.gain_interval[1]
    assert min(change.same for change in turned) < len(drawings)


def test_a_drawing_is_drawn_as_a_picture_by_pens_of_many_widths(
    run: Path, details: Mapping[str, Any], data: Data
) -> None:
    network = CalibratedNetwork.load(run, details)
    _, drawings = main_samples(details, data)

    plain, *pens = measure_robustness(network, drawings, kinds=frozenset({"drawn as a picture"}))

    same = {change.strength: change.same for change in pens}
    assert same["2.4 px wide"] == plain.total  # this run has one network for both
    assert min(same.values()) < plain.total


def test_of_a_large_set_an_even_choice_is_changed(run: Path, details: Mapping[str, Any]) -> None:
    network = CalibratedNetwork.load(run, details)
    blank = np.zeros((3 * SAMPLES, 28, 28, 1), np.float32)
    answer = int(network(_named(blank[:1], np.zeros(1, np.int64))).argmax())
    labels = np.full(len(blank), answer)
    labels[len(blank) // 2 :] = (answer + 1) % 10

    plain = measure_robustness(network, _named(blank, labels), kinds=frozenset())[0]

    assert (plain.right, plain.total) == (SAMPLES // 2, SAMPLES)


def _named(inputs: np.ndarray, labels: np.ndarray) -> Samples:
    return Samples("many", inputs, labels, np.arange(len(labels)))
