from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

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

        right = int((network(samples.inputs).argmax(axis=1) == samples.labels).sum())
        assert plain == Robustness("", "", right, len(samples))
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
        "", "shifted", "turned", "scaled", "thinned", "thickened", "noisy", "blurred",
    }  # fmt: skip
    assert set(of_drawings) == {"", "moved", "resized", "more points", "fewer points", "turned"}
    assert of_drawings["moved"].right == of_drawings[""].right


def test_of_a_large_set_an_even_choice_is_changed(run: Path, details: Mapping[str, Any]) -> None:
    network = CalibratedNetwork.load(run, details)
    blank = np.zeros((3 * SAMPLES, 28, 28, 1), np.float32)
    answer = int(network(blank[:1]).argmax())
    labels = np.full(len(blank), answer)
    labels[len(blank) // 2 :] = (answer + 1) % 10

    plain = measure_robustness(network, Samples("many", blank, labels, np.arange(len(blank))))[0]

    assert (plain.right, plain.total) == (SAMPLES // 2, SAMPLES)
