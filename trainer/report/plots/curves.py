"""Plot how a training went: a value of every epoch, for training and held-out data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from trainer.report.language import gettext as _
from trainer.report.plots.canvas import Theme, new_figure, style
from trainer.report.plots.ticks import NumberTicks


def plot_curves(
    theme: Theme, epochs: Sequence[int], curves: Mapping[str, Sequence[float]], what: str
) -> Figure:
    """Lines over the epochs.

    Args:
        theme: the colours.
        epochs: (n,) from 1; one will do.
        curves: one or two by name, each (n,).
        what: the values are, with their unit.
    """
    figure = new_figure(theme, 2.9)
    axes = figure.subplots()
    looks = ((theme.first, "-", "o"), (theme.second, "--", "s"))
    for (name, values), (colour, line, marker) in zip(curves.items(), looks, strict=False):
        axes.plot(epochs, values, line, marker=marker, markersize=3, color=colour, label=name)
    axes.set_xlabel(_("epoch"))
    axes.set_ylabel(what)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(NumberTicks())
    if len(curves) > 1:
        axes.legend(loc="best")
    style(axes, theme, grid="y")
    return figure
