"""All runs of the models folder in a line each, read again only where something changed.

A folder of hundreds of runs is listed for every visit of the page; of a run that is at its end
only the time of its run.json is looked at.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from recognizer.errors import RunError, reason_of
from trainer.release.history import read_history
from trainer.runs.listing import BROKEN, RunLine, current_name, describe_run
from trainer.runs.state import KILLED

STATUSES = ("queued", "running", "finished", "stopped", "failed", BROKEN)

_Signature = tuple[int, ...]


@dataclass(frozen=True)
class RunRow:
    """A run in the table.

    Attributes:
        line: what the trainer tells about it.
        latency: milliseconds for one drawing in the network, when it was last activated; None
            where it never was.
    """

    line: RunLine
    latency: float | None = None


class Catalogue:
    """The runs of one models folder; may be asked by several threads at once."""

    def __init__(self, models: Path) -> None:
        self._models = models
        self._known: dict[str, tuple[_Signature, RunLine]] = {}
        self._lock = threading.Lock()

    def rows(self) -> list[RunRow]:
        """Describe every run, the newest first.

        Raises:
            RunError: the folder cannot be read.
        """
        current = current_name(self._models)
        folders = self._folders()
        with self._lock:
            lines = [self._line(folder, folder.name == current) for folder in folders]
            self._known = {line.name: self._known[line.name] for line in lines
                           if line.name in self._known}  # fmt: skip
        latencies = latencies_at_activation(self._models)
        return [RunRow(line, latencies.get(line.name)) for line in lines]

    def _folders(self) -> list[Path]:
        try:
            paths = sorted(self._models.iterdir(), reverse=True)
        except OSError as error:
            raise RunError(f"{self._models} cannot be read: {reason_of(error)}") from error
        # A name of another encoding, which is not printable, can stand on no page.
        shown = (one for one in paths if one.name.isprintable() and not one.name.startswith("."))
        return [path for path in shown if path.is_dir()]

    def _line(self, folder: Path, is_current: bool) -> RunLine:
        signature = _signature(folder)
        known = self._known.get(folder.name)
        if known and known[0] == signature:
            return dataclasses.replace(known[1], is_current=is_current)
        line = describe_run(folder, is_current)
        self._known.pop(folder.name, None)
        # Whether a process trains a run is not written in its folder, but held as a lock.
        if line.status != "running" and line.problem != KILLED:
            self._known[folder.name] = (signature, line)
        return line


def latencies_at_activation(models: Path) -> Mapping[str, float]:
    """Read the milliseconds a drawing took each run when the gates last measured it."""
    try:
        history = read_history(models)
    except OSError:
        return {}
    return {
        activation.run: gate["figure"]
        for activation in history
        for gate in activation.gates
        if gate.get("name") == "latency" and isinstance(gate.get("figure"), float)
    }


def _signature(folder: Path) -> _Signature:
    try:
        status = (folder / "run.json").stat()
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_size, status.st_ino
