from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from recognizer.outputs import NetworkOutputs
from recognizer.runs.calibration import Thresholds
from recognizer.runs.folder import verify
from trainer.data.collection import Data
from trainer.data.outliers import Outlier
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.refusal import RefusalMeasurement
from trainer.report.page import Report, render_page
from trainer.report.pictures.refusal import refusal_pictures
from trainer.report.plots.canvas import DARK, LIGHT, as_png
from trainer.report.plots.scores import plot_scores
from trainer.report.writing import make_report

CROSS = (np.array([[0.0, 0.0], [9.0, 9.0]]), np.array([[9.0, 0.0], [0.0, 9.0]]))

pytestmark = pytest.mark.usefixtures("quick_pictures")


@pytest.fixture(scope="module")
def refusing(run: Path, data: Data, measurements: Sequence[Measurement]) -> Report:
    """A report with letters to measure refusal with, 3 of them by a held-out writer."""
    letters = [Outlier("X", "capital", "here", "writer 0", CROSS) for _ in range(3)]
    return make_report(
        run, verify(run), dataclasses.replace(data, outliers=letters), measurements[:1]
    )


def test_the_report_tells_both_errors_at_the_thresholds(refusing: Report) -> None:
    page = render_page(refusing)

    drawings = refusing.refusal["drawings"]
    letters = drawings.kinds[0]
    assert '<h2 id="refusal">' in page
    assert "thresholds that would be chosen" in page
    assert f"digitness {min(drawings.thresholds.digitness):.4f}" in page
    assert f'<th scope="row">clear capitals</th><td>{100 * letters.accepted / 3:.2f} %</td>' in page
    assert [kind.total for kind in drawings.kinds] == [3, 500, 500, 500, 500]


def test_digits_and_what_is_none_are_shown_beside_each_other(refusing: Report) -> None:
    names = [picture.name for picture in refusing.refused]

    assert names == ["digitness-drawings", "digitness-pictures"]
    assert refusing.pictures[-2:] == list(refusing.refused)
    assert "of 60 digits" in refusing.refused[0].alternative
    assert "of 2,003 others are refused" in refusing.refused[0].alternative


def test_what_is_refused_by_a_digits_own_threshold_is_counted() -> None:
    both = NetworkOutputs(np.eye(10)[[6, 1]], np.array([0.7, 0.7]))
    thresholds = Thresholds((0.5,) * 6 + (0.9,) + (0.5,) * 3)

    (picture,) = refusal_pictures(
        {"drawings": RefusalMeasurement(both, ["a/b"] * 2, {"scribbles": both}, thresholds, True)}
    )

    assert "50.00 % of 2 digits and 50.00 % of 2 others are refused" in picture.alternative


def test_without_letters_a_report_says_nothing_about_refusal(report: Report) -> None:
    assert not report.refusal
    assert "What is not a digit" not in render_page(report)


def test_the_plot_shows_both_kinds_and_the_threshold() -> None:
    parts = [("digits", np.array([0.9, 0.95, 1.0])), ("no digits", np.array([0.0, 0.1]))]

    (axes,) = plot_scores(LIGHT, parts, 0.5, "digitness").axes

    _, labels = axes.get_legend_handles_labels()
    assert sorted(labels) == ["digits", "no digits", "threshold"]
    assert axes.get_lines()[0].get_xdata()[0] == 0.5
    assert as_png(plot_scores(LIGHT, parts, 0.5, "digitness")) != as_png(
        plot_scores(DARK, parts, 0.5, "digitness")
    )
