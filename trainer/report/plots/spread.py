"""Plot accuracies one below the other, each with its interval: of changes, or of writers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from trainer.report.language import gettext as _
from trainer.report.plots.canvas import Theme, new_figure, style
from trainer.report.plots.ticks import PercentTicks


@dataclass(frozen=True)
class Line:
    """An accuracy with its 95 % interval (0-1) and what it is of."""

    name: str
    accuracy: float
    interval: tuple[float, float]


def plot_spread(theme: Theme, lines: Sequence[Line], reference: float, meaning: str) -> Figure:
    """A point and its interval for each line.

    Args:
        theme: the colours.
        lines: at least one, from the top.
        reference: the accuracy to compare with, 0-1.
        meaning: of the reference.
    """
    figure = new_figure(theme, 0.9 + 0.2 * len(lines))
    axes = figure.subplots()
    axes.axvline(reference, color=theme.muted, linestyle="--", linewidth=1, label=meaning)
    for place, line in enumerate(lines):
        low, high = line.interval
        axes.plot([low, high], [place, place], color=theme.first, linewidth=1.2, alpha=0.6)
        axes.plot([line.accuracy], [place], "o", color=theme.first, markersize=4)
    lowest = min(min(line.interval[0] for line in lines), reference)
    axes.set(xlim=(max(0.0, lowest - 0.02), 1.005), ylim=(len(lines) - 0.4, -0.6))
    names = [line.name for line in lines]
    axes.set_yticks(range(len(lines)), names, parse_math=False)  # a writer may be called $x$
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(PercentTicks(1.0, symbol=" %"))
    axes.set_xlabel(_("accuracy"))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), frameon=False)
    style(axes, theme, grid="x")
    return figure
