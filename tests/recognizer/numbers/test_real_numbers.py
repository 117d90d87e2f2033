"""Floors for what the released run reads, on digits by writers it was not trained on."""

from __future__ import annotations

from pathlib import Path

import pytest

from recognizer.numbers.reading import Reading, read_strokes
from recognizer.runs.loaded_run import LoadedRun
from recognizer.runs.registry import Registry
from trainer.data.stroke_files import LabelledDrawing, load_drawings
from trainer.evaluation.samples import held_out_writers
from trainer.synthesis.numbers import Layout, write_numbers


@pytest.fixture(scope="module")
def run(released_registry: Registry) -> LoadedRun:
    return released_registry.current()


@pytest.fixture(scope="module")
def held_out(run: LoadedRun, data_folder: Path) -> list[LabelledDrawing]:
    return held_out_writers(run.details, load_drawings(data_folder))


def text(reading: Reading) -> str:
    return "".join(map(str, reading.opinions.digits))


# The docs hold the figures of far more numbers; the floors leave room for chance.
@pytest.mark.parametrize(
    ("layout", "floor"),
    [
        (Layout(), 0.9),
        (Layout(slope=15), 0.88),
        (Layout(lines=2, digits=(4, 6)), 0.8),
        (Layout(crosses_last=True), 0.8),
    ],
)
def test_numbers_of_one_writer_are_read(
    run: LoadedRun, held_out: list[LabelledDrawing], layout: Layout, floor: float
) -> None:
    numbers = write_numbers(held_out, layout, 60, 11)

    right = [
        text(read_strokes(number.strokes, run.ask_drawings, "auto", run.grouping)) == number.text
        for number in numbers
    ]

    assert sum(right) / len(right) >= floor


def test_auto_takes_no_single_digit_apart(run: LoadedRun, held_out: list[LabelledDrawing]) -> None:
    several = [one for one in held_out if len(one.strokes) > 1][::3]

    whole = [
        len(read_strokes(one.strokes, run.ask_drawings, "auto", run.grouping).groups) == 1
        for one in several
    ]

    assert len(several) > 100
    assert sum(whole) / len(whole) >= 0.99
