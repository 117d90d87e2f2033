from __future__ import annotations

from pathlib import Path

import pytest

from recognizer.runs.loaded_run import LoadedRun
from trainer.evaluation import not_digits
from trainer.figures.figure import Figure
from trainer.figures.readme import headlines
from trainer.figures.sections import SECTIONS, load_section


@pytest.fixture(autouse=True)
def _few_that_are_no_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of those that are made up."""
    monkeypatch.setattr(not_digits, "_NUMBER", 50)


def _measure(name: str, run: LoadedRun, data: Path) -> dict[tuple[str, str], Figure]:
    figures = load_section(name).measure(run, data)
    assert len(list(headlines(load_section(name), figures))) >= 1
    return {(figure.row, figure.name): figure for figure in figures}


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_says_what_it_measures(name: str) -> None:
    section = load_section(name)

    assert section.title == name.capitalize()
    assert len(section.text) > 100
    assert ":mod:" not in section.text
    assert "``" not in section.text


def test_accuracy_is_told_of_every_set(run: LoadedRun, figures_data: Path) -> None:
    figures = _measure("accuracy", run, figures_data)

    assert figures["", "MNIST test images"].value == 0.9  # the run never answers 8
    assert figures["", "drawings by held-out writers"].total == 60
    assert figures["", "drawings by held-out writers: here"].total == 30
    assert figures["", "drawings from held-out sites: here"].value <= 0.9  # nor that one 3


def test_every_change_has_an_accuracy_a_difference_and_the_same_answers(
    run: LoadedRun, figures_data: Path
) -> None:
    figures = _measure("robustness", run, figures_data)

    drawings = "drawings by held-out writers · "
    plain = figures[drawings + "unchanged", "accuracy"]
    moved = drawings + "moved: far to the upper left"
    assert figures[moved, "same answer"].value == 1.0
    assert figures[moved, "difference"].value == 0.0
    worst = figures[drawings + "fewer points: every 8th", "accuracy"]
    difference = figures[drawings + "fewer points: every 8th", "difference"]
    assert difference.value == pytest.approx(worst.value - plain.value)
    assert ("MNIST test images · noisy: 20 %", "difference") in figures


def test_both_errors_of_refusing_are_told_by_kind(run: LoadedRun, figures_data: Path) -> None:
    figures = _measure("refusal", run, figures_data)

    assert figures["", "real digits refused"].value <= 0.01
    assert 0 <= figures["", "MNIST test images refused"].value <= 1
    for title in ("drawings", "the same as pictures"):
        area = figures[f"{title} · clear letters and symbols", "AUROC, digitness"]
        assert area.total == 36
        assert area.low <= area.value <= area.high
        assert figures[f"{title} · look-alikes", "accepted"].total == 36
        assert figures[f"{title} · crossed-out digits", "accepted"].total == 50
    assert figures["as served · real digits", "answered"].total == 60


def test_calibration_is_measured_with_a_temperature_of_strangers_too(
    run: LoadedRun, figures_data: Path
) -> None:
    figures = _measure("calibration", run, figures_data)

    name = "expected calibration error: drawings by held-out writers"
    own, strangers = figures["", name], figures["", f"{name}, temperature from other writers"]
    assert own.low <= own.high
    assert own.value != strangers.value
    bins = [one for (row, name), one in figures.items() if row and name == "right"]
    assert sum(one.total for one in bins) == 100 + 60


def test_the_whole_costs_more_than_its_parts(run: LoadedRun, figures_data: Path) -> None:
    figures = _measure("cost", run, figures_data)

    assert figures["", "parameters"].value == 7850
    whole = figures["whole recognition", "a drawing"]
    assert 0 < whole.low <= whole.value <= whole.high
    assert figures["drawing the ink", "a drawing"].unit == "ms"
    assert figures["drawing the ink", "beside the whole"].unit == "times"
