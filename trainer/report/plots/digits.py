"""Plot samples in a grid, each with its answer and its label, right or wrong told three ways.

Green and red alone would say nothing to one man in twelve, so a right answer also
has a tick and a plain frame, a wrong one a cross and a dashed frame.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from trainer.evaluation.measurement import Measurement
from trainer.report.language import gettext as _
from trainer.report.plots.canvas import WIDTH, Theme

COLUMNS = 5
_SIDE = 0.84  # of a picture; a column is 1 wide
_ROW = 1.36  # height of a row, with the words above and below the picture


def plot_digits(theme: Theme, measurement: Measurement, places: Sequence[int]) -> Figure:
    """The samples at ``places``, five a row, dark ink on white paper."""
    rows = max(1, -(-len(places) // COLUMNS))
    figure = Figure(figsize=(WIDTH, WIDTH / COLUMNS * _ROW * rows), facecolor=theme.paper)
    # One pair of axes for all: one for each picture takes four times as long.
    axes = figure.add_axes((0, 0, 1, 1))
    for cell, place in enumerate(places):
        row, column = divmod(cell, COLUMNS)
        _show(axes, theme, measurement, place, (column + 0.5, (row + 0.5) * _ROW))
    axes.set(xlim=(0, COLUMNS), ylim=(rows * _ROW, 0))
    axes.set_axis_off()
    return figure


def _show(
    axes: Axes, theme: Theme, measurement: Measurement, place: int, middle: tuple[float, float]
) -> None:
    answers = measurement.answers
    is_right = bool(answers.right[place])
    colour = theme.right if is_right else theme.wrong
    x, y = middle
    left, right, top, bottom = (x - _SIDE / 2, x + _SIDE / 2, y - _SIDE / 2, y + _SIDE / 2)
    axes.imshow(
        measurement.samples.inputs[place, ..., 0], cmap="gray_r", vmin=0, vmax=1,
        extent=(left, right, bottom, top), aspect="auto",
    )  # fmt: skip
    axes.add_patch(
        Rectangle(
            (left, top), _SIDE, _SIDE, fill=False, edgecolor=colour, linewidth=2,
            linestyle="-" if is_right else (0, (1.5, 1.5)),
        )
    )  # fmt: skip
    said = f"{'✓' if is_right else '✗'} {answers.digits[place]}"
    axes.text(
        x, top - 0.05, f"{said} ({_percent(float(answers.confidences[place]))})",
        color=colour, fontsize=9, fontweight="bold", ha="center", va="bottom",
    )  # fmt: skip
    axes.text(
        x, bottom + 0.05, _("is %(label)s", label=answers.labels[place]),
        color=theme.text, fontsize=9, ha="center", va="top",
    )  # fmt: skip


def _percent(share: float) -> str:
    """Never "100 %" for what is not certain."""
    return ">99 %" if share > 0.995 else f"{share:.0%}".replace("%", " %")
