"""Plot how a score is spread over what is wanted and what is not, and where the threshold lies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from trainer.report.language import gettext as _
from trainer.report.language import number
from trainer.report.plots.canvas import Theme, new_figure, style
from trainer.report.plots.ticks import NumberTicks

_BINS = 40  # from 0 to 1


def plot_scores(
    theme: Theme,
    parts: Sequence[tuple[str, NDArray[np.float64]]],
    threshold: float,
    what: str,
) -> Figure:
    """The share of each kind in 40 equally wide bins, on a scale of logarithms.

    Args:
        theme: the colours.
        parts: two of them: a name, and (n,) scores in [0, 1], at least one.
        threshold: 0-1, below which something is refused.
        what: the score is.
    """
    figure = new_figure(theme, 2.9)
    axes = figure.subplots()
    edges = np.linspace(0, 1, _BINS + 1)
    looks = ((theme.first, "-"), (theme.second, "--"))
    for (name, scores), (colour, line) in zip(parts, looks, strict=True):
        shares = np.histogram(scores, edges)[0] / len(scores)
        axes.stairs(shares, edges, color=colour, linestyle=line, linewidth=1.4, label=name)
    axes.axvline(threshold, color=theme.muted, linestyle=":", linewidth=1.4, label=_("threshold"))
    lowest = 0.3 / max(len(scores) for _, scores in parts)
    axes.set(yscale="log", ylim=(lowest, 1.2), xlim=(-0.01, 1.01), xlabel=what, ylabel=_("share"))
    axes.xaxis.set_major_formatter(NumberTicks())
    axes.minorticks_off()
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{number(100 * share, 'g')} %"))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False)
    style(axes, theme, grid="y")
    return figure
