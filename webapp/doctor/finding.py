"""What the doctor found about one part, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["good", "warning", "bad"]
STATES: tuple[State, ...] = ("good", "warning", "bad")  # from best to worst


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        part: what it is about, as ``model`` or ``database``.
        state: ``bad`` where something does not work, ``warning`` where it soon may not.
        said: what was found.
        advice: what to do; empty where nothing is to be done.
    """

    part: str
    state: State
    said: str
    advice: str = ""
