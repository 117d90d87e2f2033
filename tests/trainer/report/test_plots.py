from __future__ import annotations

import dataclasses
import io
from collections.abc import Sequence

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PIL import Image

from trainer.evaluation import measures
from trainer.evaluation.measurement import Measurement
from trainer.report.plots.canvas import DARK, LIGHT, Theme, as_png
from trainer.report.plots.confusion import plot_confusion
from trainer.report.plots.curves import plot_curves
from trainer.report.plots.digits import plot_digits
from trainer.report.plots.reliability import plot_reliability
from trainer.report.plots.spread import Line, plot_spread


def _texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""

    def luminance(colour: str) -> float:
        shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
            for share in shares
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_letters_and_marks_can_be_told_from_the_paper(theme: Theme) -> None:
    for colour in (theme.text, theme.muted, theme.right, theme.wrong):
        assert _contrast(colour, theme.paper) >= 4.5
    for colour in (theme.first, theme.second):
        assert _contrast(colour, theme.paper) >= 2


def test_right_and_wrong_differ_in_sign_frame_and_colour(
    measurements: Sequence[Measurement],
) -> None:
    drawn = measurements[0]
    wrong_answers = dataclasses.replace(
        drawn.answers, labels=(drawn.answers.digits + (drawn.samples.rows == 0)) % 10
    )
    asked = dataclasses.replace(drawn, answers=wrong_answers)

    (axes,) = plot_digits(LIGHT, asked, [0, 1]).axes

    titles, labels = _texts(axes.figure)[::2], _texts(axes.figure)[1::2]
    assert titles[0].startswith(f"✗ {asked.answers.digits[0]} (")
    assert titles[1].startswith(f"✓ {asked.answers.digits[1]} (")
    assert labels == [f"is {label}" for label in asked.answers.labels[:2]]
    wrong, right = axes.patches
    assert right.get_linestyle() == "-"
    assert wrong.get_linestyle() != "-"
    assert to_hex(wrong.get_edgecolor()) == LIGHT.wrong
    assert to_hex(right.get_edgecolor()) == LIGHT.right


def test_nothing_is_told_to_be_certain(measurements: Sequence[Measurement]) -> None:
    texts = _texts(plot_digits(LIGHT, measurements[0], range(15)))

    assert len(texts) == 30
    assert not [text for text in texts if "100" in text]


def test_digits_stand_in_rows_of_five(measurements: Sequence[Measurement]) -> None:
    (axes,) = plot_digits(LIGHT, measurements[0], range(15)).axes

    corners = [frame.get_xy() for frame in axes.patches]
    assert len({x for x, _ in corners}) == 5
    assert len({y for _, y in corners}) == 3


def test_the_confusion_plot_holds_every_count(measurements: Sequence[Measurement]) -> None:
    matrix = measures.confusion_matrix(measurements[0].answers)

    texts = _texts(plot_confusion(LIGHT, matrix))

    assert texts == [str(count) if count else "·" for row in matrix for count in row]


def test_a_matrix_without_mistakes_can_be_plotted() -> None:
    perfect = [[7 if label == answer else 0 for answer in range(10)] for label in range(10)]

    assert _texts(plot_confusion(DARK, perfect)).count("7") == 10


def test_one_epoch_is_enough_for_curves() -> None:
    figure = plot_curves(LIGHT, [1], {"training": [0.5], "held out": [0.4]}, "loss")

    low, high = figure.axes[0].get_xlim()
    assert low < 1 < high
    assert len(figure.axes[0].get_lines()) == 2
    as_png(figure)


def test_empty_bins_are_not_plotted_as_wrong(measurements: Sequence[Measurement]) -> None:
    bins = measures.reliability(measurements[0].answers)

    upper = plot_reliability(LIGHT, bins).axes[0]

    (points,) = [line for line in upper.get_lines() if line.get_marker() == "o"]
    assert len(points.get_xdata()) == sum(group.count > 0 for group in bins)


def test_a_name_that_looks_like_a_formula_is_written_as_it_is() -> None:
    lines = [Line("mine/$\\frac{$ (3)", 0.9, (0.8, 0.95))]

    figure = plot_spread(LIGHT, lines, 0.99, "unchanged")

    assert as_png(figure)
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()] == [lines[0].name]


def test_the_same_numbers_give_the_same_file() -> None:
    lines = [Line("turned", 0.9, (0.8, 0.95))]

    first, second = (as_png(plot_spread(LIGHT, lines, 0.99, "unchanged")) for _ in range(2))

    assert first == second
    assert first != as_png(plot_spread(DARK, lines, 0.99, "unchanged"))
    picture = Image.open(io.BytesIO(first))
    assert picture.width == 960
    assert not picture.info.get("Software")
