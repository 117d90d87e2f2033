"""How the numbers beside an axis are written: with the separators of the report's language."""

from __future__ import annotations

from typing import Any

from matplotlib.ticker import FuncFormatter, PercentFormatter, ScalarFormatter

from trainer.report.language import number, with_separators


class NumberTicks(ScalarFormatter):
    """Numbers, with as many decimals as tell them apart."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """The number at a tick."""
        return with_separators(super().__call__(x, pos))


class PercentTicks(PercentFormatter):
    """Shares as percent, with as many decimals as tell them apart."""

    def __call__(self, x: Any, pos: int | None = None) -> str:
        """The share at a tick."""
        return with_separators(super().__call__(x, pos))


def count_ticks() -> FuncFormatter:
    """Whole numbers, in groups of three digits."""
    return FuncFormatter(lambda count, _: number(count, ",.0f"))
