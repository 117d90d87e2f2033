"""What a worker replies besides results; here, because a main module's classes do not travel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ready:
    """The worker has loaded the run; or has not, and this is why."""

    error: str | None = None


@dataclass(frozen=True)
class Failed:
    """Some item could not be answered through a mistake of ours, and what Python says of it."""

    error: str
