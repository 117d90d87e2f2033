"""What was found about one part, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["good", "warning", "bad"]
STATES: tuple[State, ...] = ("good", "warning", "bad")  # from best to worst


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: what it is about, as ``model`` or ``database``.
        state: ``bad`` where something does not work, ``warning`` where it soon may not.
        sentence: what was found; says nothing of where things lie, unless only the doctor tells it.
        remedy: what to do; empty where nothing is to be done.
        detail: where, and what exactly: for whoever keeps the server.
    """

    name: str
    state: State
    sentence: str
    remedy: str = ""
    detail: str = ""

    @property
    def whole(self) -> str:
        """The sentence with its detail."""
        return f"{self.sentence} ({self.detail})" if self.detail else self.sentence
