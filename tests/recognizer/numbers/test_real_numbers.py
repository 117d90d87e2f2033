"""Floors for what the released run reads, on digits by writers it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from recognizer.geometry import Points
from recognizer.numbers.reading import read_strokes
from recognizer.prediction import Prediction
from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import LoadedRun
from recognizer.runs.registry import Registry
from recognizer.strokes import Drawing, Mode, Stroke
from trainer.data.outliers import load_outliers
from trainer.data.stroke_files import LabelledDrawing, load_drawings
from trainer.evaluation.not_digits import Strokes, not_digits
from trainer.evaluation.samples import held_out_writers
from trainer.figures import numbers
from trainer.synthesis.numbers import Layout, write_numbers


@pytest.fixture(scope="module")
def run(released_registry: Registry) -> LoadedRun:
    return released_registry.current()


@pytest.fixture(scope="module")
def drawings(data_folder: Path) -> list[LabelledDrawing]:
    return load_drawings(data_folder)


@pytest.fixture(scope="module")
def held_out(run: LoadedRun, drawings: list[LabelledDrawing]) -> list[LabelledDrawing]:
    return held_out_writers(run.details, drawings)


@pytest.fixture(scope="module")
def others(
    run: LoadedRun, drawings: list[LabelledDrawing], data_folder: Path
) -> dict[str, list[Strokes]]:
    return not_digits(run.details, drawings, load_outliers(data_folder))


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
    written = write_numbers(held_out, layout, 40, 11)

    right = [
        read_strokes(number.strokes, run.ask_drawings, "auto", run.grouping).text == number.text
        for number in written
    ]

    assert sum(right) / len(right) >= floor


@pytest.mark.parametrize("gap", [(0.1, 0.4), (0.0, 0.1)])
@pytest.mark.parametrize("mode", ["auto", "number"])
def test_digits_that_stand_apart_are_not_refused_as_one(
    run: LoadedRun, held_out: list[LabelledDrawing], mode: Mode, gap: tuple[float, float]
) -> None:
    written = write_numbers(held_out, Layout(gap=gap), 50, 12)

    verdicts = [_recognize(run, number.strokes, mode).verdict for number in written]

    assert verdicts.count("not_a_digit") <= (1 if mode == "auto" else 0)


@pytest.mark.parametrize(("kind", "most"), [("capital", 0.02), ("small letter", 0.03)])
def test_letters_are_taken_neither_for_a_digit_nor_for_a_number(
    run: LoadedRun, others: dict[str, list[Strokes]], kind: str, most: float
) -> None:
    verdicts = [
        _recognize(run, strokes, "auto").verdict for strokes in others[f"clear {kind}s"][::2]
    ]

    answered = verdicts.count("digit") + verdicts.count("number")
    assert answered / len(verdicts) <= most


def test_a_sign_between_digits_is_no_sure_one(
    run: LoadedRun, held_out: list[LabelledDrawing], data_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    most = {"slash": 0.02, "quotation mark": 0.02, "comma": 0.15, "bracket": 0.45}
    monkeypatch.setattr(numbers, "SIGNS", {sign: numbers.SIGNS[sign] for sign in most})

    measured = numbers.measure_signs(run, held_out, data_folder, 60)

    shares = {one.row: one.value for one in measured}
    assert len(shares) == len(most)
    for sign, share in most.items():
        assert shares[f"a {sign} between two digits"] <= share, sign


def test_numbers_of_ones_are_read_and_are_sure(
    run: LoadedRun, held_out: list[LabelledDrawing]
) -> None:
    ones = write_numbers([one for one in held_out if one.label == 1], Layout(), 50, 7)

    answers = [_recognize(run, number.strokes, "auto") for number in ones]

    right = [
        answer.verdict == "number" and answer.text == number.text
        for answer, number in zip(answers, ones, strict=True)
    ]
    assert sum(right) >= 45


def test_auto_takes_no_single_digit_apart(run: LoadedRun, held_out: list[LabelledDrawing]) -> None:
    several = [one for one in held_out if len(one.strokes) > 1][::6]

    whole = [
        len(read_strokes(one.strokes, run.ask_drawings, "auto", run.grouping).groups) == 1
        for one in several
    ]

    assert len(several) > 50
    assert sum(whole) / len(whole) >= 0.99


def _recognize(run: LoadedRun, strokes: Sequence[Points], mode: Mode) -> Prediction:
    drawing = Drawing(tuple(Stroke(points) for points in strokes), mode, images=False)
    return Recognizer(run).recognize(drawing)
