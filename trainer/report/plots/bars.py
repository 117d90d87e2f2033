"""Plot counts as stacked bars, each part with a colour and a hatching of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from trainer.report.language import gettext as _
from trainer.report.plots.canvas import Theme, new_figure, style
from trainer.report.plots.ticks import count_ticks


def plot_classes(theme: Theme, parts: Mapping[str, Sequence[int]], what: str) -> Figure:
    """Ten columns, one a digit.

    Args:
        theme: the colours.
        parts: up to three by name, from the bottom; ten counts each.
        what: is counted.
    """
    figure = new_figure(theme, 2.9)
    axes = figure.subplots()
    below = np.zeros(10)
    for (name, counts), look in zip(parts.items(), _looks(theme), strict=False):
        axes.bar(range(10), counts, 0.75, bottom=below, label=name, edgecolor=theme.paper, **look)
        below += counts
    axes.set_xticks(range(10))
    axes.set(xlabel=_("digit"), ylabel=what, ylim=(0, below.max() * 1.28 or 1))
    axes.yaxis.set_major_formatter(count_ticks())
    axes.legend(loc="upper left", ncols=len(parts))
    style(axes, theme, grid="y")
    return figure


def plot_sources(
    theme: Theme, names: Sequence[str], parts: Mapping[str, Sequence[int]], what: str
) -> Figure:
    """A row for each data set.

    Args:
        theme: the colours.
        names: of the data sets, from the top.
        parts: up to three by name, from the left; a count for each data set.
        what: is counted.
    """
    figure = new_figure(theme, 1.1 + 0.3 * len(names))
    axes = figure.subplots()
    before = np.zeros(len(names))
    for (name, counts), look in zip(parts.items(), _looks(theme), strict=False):
        axes.barh(names, counts, 0.7, left=before, label=name, edgecolor=theme.paper, **look)
        before += counts
    axes.invert_yaxis()
    axes.set_xlabel(what)
    axes.xaxis.set_major_formatter(count_ticks())
    axes.legend(loc="lower right")
    style(axes, theme, grid="x")
    return figure


def _looks(theme: Theme) -> tuple[dict[str, Any], ...]:
    return (
        {"color": theme.first},
        {"color": theme.second, "hatch": "///"},
        {"color": theme.muted, "hatch": "..."},
    )
