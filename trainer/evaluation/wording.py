"""How figures are written for people."""

from __future__ import annotations

from trainer.evaluation.robustness import Robustness


def percent(share: float) -> str:
    """A share, 0-1, as "99.56 %"."""
    return f"{100 * share:.2f} %"


def percent_interval(interval: tuple[float, float]) -> str:
    """Bounds, 0-1, as "99.41 - 99.67 %"."""
    return f"{100 * interval[0]:.2f} - {100 * interval[1]:.2f} %"


def change_name(change: Robustness) -> str:
    """What was done to the samples, as "turned: ±10°"."""
    return f"{change.change}: {change.strength}" if change.change else "unchanged"
