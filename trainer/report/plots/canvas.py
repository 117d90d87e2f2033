"""What all plots share: a light and a dark theme, an empty figure, and the way to a PNG."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

WIDTH = 4.8  # inches; narrow, so that the letters can be read on a phone
_DOTS_PER_INCH = 200
_FONT_SIZE = 9.0  # points


@dataclass(frozen=True)
class Theme:
    """The colours of a plot, as CSS writes them.

    Attributes:
        name: ``light`` or ``dark``.
        paper, text, muted, hairline: background, letters, lesser letters, lines behind.
        first, second: of two series, the main one first.
        right, wrong: of answers.
    """

    name: str
    paper: str
    text: str
    muted: str
    hairline: str
    first: str
    second: str
    right: str
    wrong: str


LIGHT = Theme(
    "light", "#fffefb", "#1f1b2d", "#5d586b", "#e4dfd3", "#0072b2", "#e69f00", "#00805d", "#c62f1b"
)
DARK = Theme(
    "dark", "#1d1b25", "#efecf6", "#aca6bb", "#322f3d", "#56b4e9", "#e69f00", "#2cc79b", "#ff7059"
)


def new_figure(theme: Theme, height: float) -> Figure:
    """An empty figure, as wide as all; the height is in inches."""
    return Figure(figsize=(WIDTH, height), facecolor=theme.paper, layout="constrained")


def style(axes: Axes, theme: Theme, *, grid: str = "") -> None:
    """Give axes the theme's colours.

    Args:
        axes: with its labels already set.
        theme: the colours.
        grid: the axis that gets lines across, ``x``, ``y`` or ``both``; none without it.
    """
    axes.set_facecolor(theme.paper)
    axes.tick_params(colors=theme.muted, labelsize=_FONT_SIZE, length=0)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set(color=theme.text, fontsize=_FONT_SIZE)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(theme.muted)
    if grid:
        axes.grid(True, axis=grid, color=theme.hairline, linewidth=0.8)  # type: ignore[arg-type]
        axes.set_axisbelow(True)
    if legend := axes.get_legend():
        legend.get_frame().set(facecolor=theme.paper, edgecolor=theme.hairline)
        for text in legend.get_texts():
            text.set(color=theme.text, fontsize=_FONT_SIZE)


def as_png(figure: Figure) -> bytes:
    """The figure as a PNG file's content, the same for the same figure.

    It has 256 colours at most: a third of the size, and no difference that an eye can see.
    """
    canvas, content = FigureCanvasAgg(figure), io.BytesIO()
    figure.set_dpi(_DOTS_PER_INCH)
    # savefig would draw twice, and write a PNG only to have it read again.
    canvas.draw()  # type: ignore[no-untyped-call]
    drawn = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    picture = Image.fromarray(drawn).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(content, format="PNG", optimize=True)
    return content.getvalue()
