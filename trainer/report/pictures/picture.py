"""A picture of a report before it is drawn: its name, how to read it, and how to draw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure

from trainer.report.plots.canvas import DARK, LIGHT, Theme, as_png


@dataclass(frozen=True, eq=False)
class Picture:
    """A plot that can be drawn in any theme.

    Attributes:
        name: of its file, without the ending.
        title, caption: a heading, and a sentence on how to read it.
        alternative: what it shows, in words, for those who do not see it.
        draw: the figure in a theme.
    """

    name: str
    title: str
    caption: str
    alternative: str
    draw: Callable[[Theme], Figure]

    @cached_property
    def light_png(self) -> bytes:
        """A PNG file's content, for light pages and paper."""
        return as_png(self.draw(LIGHT))

    @cached_property
    def dark_png(self) -> bytes:
        """The same for dark pages."""
        return as_png(self.draw(DARK))
