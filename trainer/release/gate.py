"""A gate: one question that a run is asked before it is served, with the figure that answers it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Unit = Literal["probability", "share", "p", "ms", "parameters", "bytes"]


@dataclass(frozen=True)
class Gate:
    """A question and its answer.

    Attributes:
        name: as ``mnist_floor``.
        figure: what was measured, in ``unit``; None where it could not be.
        limit: what the figure is held against; None where there is nothing to hold it against.
        passed: whether the run may be served as far as this question goes.
        sentence: the answer in words.
        unit: of figure and limit.
    """

    name: str
    figure: float | None
    limit: float | None
    passed: bool
    sentence: str
    unit: Unit

    def as_json(self) -> dict[str, Any]:
        """As the history of activations and ``--json`` hold it."""
        return asdict(self)


def in_words(value: float | None, unit: Unit) -> str:
    """A figure or a limit as people read it; empty where there is none."""
    if value is None:
        return ""
    texts = {
        "probability": f"{value:.1e}",
        "share": f"{value:.2%}",
        "p": "p < 0.001" if value < 0.001 else f"p = {value:.3g}",
        "ms": f"{value:.2f} ms",
        "parameters": f"{value:,.0f}",
        "bytes": f"{value:,.0f} B",
    }
    return texts[unit]


def not_measurable(name: str, unit: Unit, limit: float | None, why: str) -> Gate:
    """A gate that could not be asked, which is no pass."""
    return Gate(name, None, limit, False, f"not measurable: {why}", unit)
