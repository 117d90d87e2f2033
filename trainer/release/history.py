"""The history of what was served: ``models/activations.jsonl``, one JSON object a line.

Lines are only ever added.  The way back is read from them as a browser reads its
history: going back does not count as having been somewhere new.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import msgspec

HISTORY_FILE = "activations.jsonl"
ACTIVATE, ROLLBACK = "activate", "rollback"


@dataclass(frozen=True)
class Activation:
    """One change of the served run.

    Attributes:
        action: ``activate`` or ``rollback``.
        run: that is served since.
        before: the run that was served until then; None if there was none.
        gates: the answers to the gates, as :class:`trainer.release.gate.Gate` gives them; none
            for a rollback.
        reason: why the gates were overridden, or why somebody went back.
        by: who, as ``user@host``.
        at: when, UTC.
    """

    action: str
    run: str
    before: str | None
    gates: list[dict[str, Any]] = field(default_factory=list)
    reason: str | None = None
    by: str = field(default_factory=lambda: local_user())
    at: str = field(default_factory=lambda: _now())

    @property
    def is_forced(self) -> bool:
        """Whether a gate was not passed, and overridden."""
        return any(not gate.get("passed") for gate in self.gates)

    def as_json(self) -> dict[str, Any]:
        """As a line of the history holds it."""
        return asdict(self)


def append_activation(models: Path, activation: Activation) -> None:
    """Add a line; it is on the disk when this returns.

    Raises:
        OSError: the history cannot be written.
    """
    line = json.dumps(activation.as_json(), ensure_ascii=False).encode() + b"\n"
    with (models / HISTORY_FILE).open("a+b") as file:
        if file.tell() and not _ends_a_line(file.fileno(), file.tell()):
            line = b"\n" + line  # a crash tore the last line; it must not take this one with it
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def read_history(models: Path) -> list[Activation]:
    """Every activation, the oldest first; lines that are not one are passed over.

    Raises:
        OSError: the history is there and cannot be read.
    """
    try:
        text = (models / HISTORY_FILE).read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return []
    lines = text.split("\n")  # splitlines() would also split within a reason
    return [activation for line in lines if (activation := _parse(line)) is not None]


def runs_before(history: Sequence[Activation], current: str | None) -> list[str]:
    """The way back: which runs were served before the current one, the nearest first.

    A rollback undoes the activations that it went back over, so a second one goes on from
    there, and not to where the first one came from.
    """
    path: list[str] = []
    for activation in history:
        if activation.before and activation.before not in path[-1:]:
            path.append(activation.before)  # somebody changed `current` without the history
        if activation.action == ROLLBACK and activation.run in path:
            while path[-1] != activation.run:
                path.pop()
        else:
            path.append(activation.run)
    if path and path[-1] == current:
        path.pop()
    return [name for name in reversed(path) if name != current]


def local_user() -> str:
    """Who runs this process: ``user@host``."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's user without a name
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"


def _parse(line: str) -> Activation | None:
    try:
        values = json.loads(line)
        known = {field.name: values[field.name] for field in fields(Activation)}
        return msgspec.convert(known, Activation)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _ends_a_line(descriptor: int, size: int) -> bool:
    return os.pread(descriptor, 1, size - 1) == b"\n"


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
