"""Plot a confusion matrix so that the few mistakes can be seen beside the many right answers."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from trainer.report.language import gettext as _
from trainer.report.plots.canvas import Theme, new_figure, style


def plot_confusion(theme: Theme, matrix: Sequence[Sequence[int]]) -> Figure:
    """Ten by ten cells with their counts; a mistake is the stronger coloured the more frequent.

    Args:
        theme: the colours.
        matrix: row is the label, column the answer.
    """
    figure = new_figure(theme, 4.7)
    axes = figure.subplots()
    most = max(
        count for label, row in enumerate(matrix) for answer, count in enumerate(row)
        if label != answer
    )  # fmt: skip
    for label, row in enumerate(matrix):
        for answer, count in enumerate(row):
            share = 0.22 if label == answer else 0.85 * (count / most) ** 0.5 if count else 0.0
            _cell(axes, theme, label, answer, count, share)
    axes.set(xlim=(-0.5, 9.5), ylim=(9.5, -0.5), aspect="equal")
    axes.set(xlabel=_("answer"), ylabel=_("label"))
    axes.set_xticks(range(10))
    axes.set_yticks(range(10))
    style(axes, theme)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure


def _cell(axes: Axes, theme: Theme, label: int, answer: int, count: int, strength: float) -> None:
    is_right = label == answer
    colour = theme.right if is_right else theme.wrong
    letters = theme.paper if strength > 0.6 else theme.text if count else theme.muted
    axes.add_patch(
        Rectangle(
            (answer - 0.5, label - 0.5), 1, 1,
            facecolor=to_rgba(colour, strength), edgecolor=theme.hairline, linewidth=0.6,
        )
    )  # fmt: skip
    axes.text(
        answer, label, str(count) if count else "·",
        ha="center", va="center", fontsize=7.5, fontweight="bold" if is_right else "normal",
        color=letters,
    )  # fmt: skip
