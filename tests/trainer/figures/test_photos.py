"""Pictures of every kind are read about as well as the docs say, on the released run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recognizer.runs.loaded_run import LoadedRun, load_run
from recognizer.runs.pointer import read_current
from trainer.data.location import data_folder
from trainer.data.mnist import Images, load_mnist
from trainer.figures.figure import Figure
from trainer.figures.photos import measure_kind, measure_mnist, measure_small
from trainer.synthesis.appearances import KINDS
from trainer.synthesis.digit_inks import scanned_digits, small_digit_images

SHEETS = 2  # of each kind


@pytest.fixture(scope="module")
def run(released_models: Path) -> LoadedRun:
    return load_run(released_models, read_current(released_models))


@pytest.fixture(scope="module")
def images() -> Images:
    folder = data_folder()
    if not (folder / "mnist.npz").is_file():
        pytest.skip("needs the real data sets: name their folder in NET_DATA_DIR")
    return load_mnist(folder).test


@pytest.fixture(scope="module")
def sheets(run: LoadedRun, images: Images) -> dict[str, list[Figure]]:
    """How many sheets of each kind were right, and on how many the digits were counted right."""
    digits = scanned_digits(images)
    return {
        kind: list(measure_kind(run, digits, kind, how, "MNIST digits", SHEETS))
        for kind, how in KINDS.items()
    }


def _by_name(figures: list[Figure]) -> dict[str, float]:
    return {f"{figure.name}, {figure.row}": figure.value for figure in figures}


def test_mnist_loses_less_than_two_tenths_of_a_point_as_files(
    run: LoadedRun, images: Images
) -> None:
    figures = list(measure_mnist(run, images.ink[:300], images.labels[:300]))

    losses = [figure.value for figure in figures if "less than" in figure.name]
    assert len(losses) == 2
    assert np.abs(losses).max() < 0.002


def test_digits_of_eight_by_eight_pixels_are_read(run: LoadedRun) -> None:
    inks, labels = small_digit_images()

    values = _by_name(list(measure_small(run, inks[::12], labels[::12])))

    assert len(values) == 4
    assert min(values.values()) > 0.88, values


def test_sheets_of_every_kind_are_read(sheets: dict[str, list[Figure]]) -> None:
    too_low = {
        kind: [figure.value for figure in figures]
        for kind, figures in sheets.items()
        if min(figure.value for figure in figures) < 0.5
    }

    assert set(sheets) == set(KINDS)
    assert not too_low
    assert {figure.total for figures in sheets.values() for figure in figures} == {SHEETS}


@pytest.mark.parametrize(("place", "floor"), [(0, 0.94), (1, 0.96)], ids=["right", "counted"])
def test_sheets_are_read_all_together(
    sheets: dict[str, list[Figure]], place: int, floor: float
) -> None:
    """A few sheets of each kind say little by themselves."""
    assert np.mean([figures[place].value for figures in sheets.values()]) >= floor
