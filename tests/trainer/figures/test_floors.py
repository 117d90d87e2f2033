"""The released run holds what the README says of it, with a margin, on the real data.

What the page states is measured on every sample; here on a part of them, so that it takes seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from recognizer.runs.loaded_run import LoadedRun, load_run
from recognizer.runs.pointer import read_current
from trainer.data.collection import Data
from trainer.evaluation.answers import CalibratedNetwork
from trainer.evaluation.measures import expected_calibration_error
from trainer.evaluation.not_digits import CLEAR, LOOK_ALIKES, MADE_UP
from trainer.evaluation.refusal import measure_refusal
from trainer.evaluation.robustness import Robustness, measure_robustness
from trainer.evaluation.samples import Samples, main_samples
from trainer.evaluation.stroke_changes import UNDONE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def released(released_models: Path) -> LoadedRun:
    return load_run(released_models, read_current(released_models))


@pytest.fixture(scope="module")
def samples(released: LoadedRun, real_collection: Data) -> dict[str, Samples]:
    return {one.key: one for one in main_samples(released.details, real_collection)}


def _robustness(
    released: LoadedRun, samples: Samples, most: int, *kinds: str
) -> dict[str, Robustness]:
    measured = measure_robustness(CalibratedNetwork(released), samples, most, frozenset(kinds))
    return {f"{one.change}: {one.strength}": one for one in measured}


def _below(floors: Mapping[str, float], measured: Mapping[str, Robustness]) -> dict[str, float]:
    """The changes that cost more accuracy than their floor allows, and how much they cost."""
    return {
        name: measured[name].gain for name, floor in floors.items() if measured[name].gain < floor
    }


@pytest.mark.parametrize(
    ("key", "accuracy", "error"),
    [("mnist_test", 0.995, 0.004), ("held_out_writers", 0.993, 0.006)],
)
def test_digits_are_read_and_confidence_means_what_it_says(
    released: LoadedRun, samples: dict[str, Samples], key: str, accuracy: float, error: float
) -> None:
    some = samples[key].take(key, np.arange(0, len(samples[key]), 2))
    answers = CalibratedNetwork(released).answer(some)

    assert answers.right.mean() >= accuracy
    assert expected_calibration_error(answers) <= error


def test_place_size_and_denser_sampling_cost_nothing(
    released: LoadedRun, samples: dict[str, Samples]
) -> None:
    measured = _robustness(released, samples["held_out_writers"], 400, *UNDONE)

    assert len(measured) == 12
    # Two of 400: a doubtful drawing that is filed twice.
    assert min(one.same / one.total for one in measured.values()) >= 0.995


def test_drawings_may_be_sampled_tilted_and_shaken(
    released: LoadedRun, samples: dict[str, Samples]
) -> None:
    measured = _robustness(
        released, samples["held_out_writers"], 300,
        "fewer points", "whole numbers", "turned", "shaken",
    )  # fmt: skip

    floors = {
        "fewer points: every 2nd": -0.01,
        "fewer points: every 4th": -0.02,
        "fewer points: every 8th": -0.15,
        "whole numbers: 20 units long": -0.015,
        "turned: +15°": -0.02,
        "turned: −25°": -0.04,
        "shaken: 2 % of the size": -0.015,
    }
    assert not _below(floors, measured)


def test_images_may_be_shifted_turned_and_sheared(
    released: LoadedRun, samples: dict[str, Samples]
) -> None:
    measured = _robustness(
        released, samples["mnist_test"], 300, "shifted", "turned", "sheared", "thickened"
    )

    floors = {
        "shifted: 2 px": -0.01,
        "turned: ±20°": -0.015,
        "sheared: ±30 %": -0.015,
        "thickened: 0.5 px a side": -0.01,
    }
    assert not _below(floors, measured)


def test_digits_are_told_from_what_is_none(released: LoadedRun, real_collection: Data) -> None:
    data = real_collection
    measured = measure_refusal(released, data.drawings[::8], data.outliers[::16])

    assert measured is not None
    kinds = {kind.kind: kind for kind in measured.kinds if kind.kind != LOOK_ALIKES}
    assert set(kinds) == {*CLEAR, *MADE_UP}
    assert min(kind.separation.area for kind in kinds.values()) >= 0.985
    assert max(kind.accepted / kind.total for kind in kinds.values()) <= 0.08
    assert np.mean(~measured.thresholds.accept(measured.digits)) <= 0.02
