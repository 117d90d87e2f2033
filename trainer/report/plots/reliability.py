"""Plot whether confidence means what it says: the reliability diagram, with the counts below.

Niculescu-Mizil, Caruana: Predicting good probabilities with supervised learning, 2005.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from trainer.evaluation.intervals import wilson_interval
from trainer.evaluation.measures import Bin
from trainer.report.language import gettext as _
from trainer.report.plots.canvas import Theme, new_figure, style
from trainer.report.plots.ticks import NumberTicks, count_ticks


def plot_reliability(theme: Theme, bins: Sequence[Bin]) -> Figure:
    """Accuracy against confidence for each bin, and how many answers each holds."""
    figure = new_figure(theme, 4.4)
    upper, lower = figure.subplots(2, sharex=True, height_ratios=(3, 1))
    filled = [group for group in bins if group.count]
    upper.plot([0, 1], [0, 1], "--", color=theme.muted, linewidth=1, label=_("as sure as right"))
    upper.plot(
        [group.confidence for group in filled], [group.accuracy for group in filled],
        "o", color=theme.first, markersize=5, label=_("answers, 95 %% interval"),
    )  # fmt: skip
    for group in filled:
        interval = wilson_interval(round(group.accuracy * group.count), group.count)
        upper.plot([group.confidence] * 2, interval, color=theme.first, linewidth=1.2, alpha=0.6)
    upper.set(xlim=(0, 1.02), ylim=(0, 1.04), ylabel=_("share that is right"))
    upper.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)
    lower.bar(
        [(group.low + group.high) / 2 for group in bins], [group.count for group in bins],
        width=0.85 / len(bins), color=theme.first,
    )  # fmt: skip
    lower.set(yscale="symlog", ylim=(0, None), xlabel=_("confidence"), ylabel=_("answers"))
    upper.yaxis.set_major_formatter(NumberTicks())
    lower.xaxis.set_major_formatter(NumberTicks())  # of both, which share it
    lower.minorticks_off()
    lower.yaxis.set_major_formatter(count_ticks())
    style(upper, theme, grid="both")
    style(lower, theme, grid="y")
    return figure
