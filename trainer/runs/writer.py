"""Write a run's folder: run.json, replaced as a whole at every change of state.

What the keys mean stands in docs/run-folder.md; :mod:`recognizer.runs.folder`
reads and verifies what is written here.
"""

from __future__ import annotations

import itertools
import platform
import subprocess
from collections.abc import Sequence
from datetime import datetime, timezone
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from recognizer import geometry
from recognizer.atomic_file import write_atomically
from recognizer.runs.folder import (
    CHECKSUM_FILE,
    DETAILS_FILE,
    FORMAT,
    LABELS,
    checksum_line,
    read_details,
    sha256,
)
from trainer.runs.plain_json import json_text
from trainer.runs.state import STOP_FILE

_PROJECT = Path(__file__).resolve().parents[2]
CHECKPOINT_FILE = "checkpoint.npz"  # gone when the run is finished
_UNSEALED = (DETAILS_FILE, CHECKSUM_FILE, CHECKPOINT_FILE, STOP_FILE)
_PACKAGES = ("keras", "tensorflow", "numpy", "opencv-python-headless", "onnxruntime", "tf2onnx")


class RunWriter:
    """One run's folder while it is being made."""

    def __init__(self, folder: Path, details: dict[str, Any]) -> None:
        self.folder = folder
        self.details = details

    @classmethod
    def create(
        cls, models: Path, recipe: str, settings: dict[str, Any], added: Sequence[str] = ()
    ) -> RunWriter:
        """Make the folder of a new run, ``queued``, named after the time and the recipe.

        Args:
            models: the folder of all runs.
            recipe: its name.
            settings: all of them.
            added: paths of a person's own data that it is to be trained on, too.
        """
        queued = datetime.now(timezone.utc)
        folder = _make_folder(models, run_name(queued, recipe))
        details = {
            "format": FORMAT,
            "name": folder.name,
            "recipe": recipe,
            "status": "queued",
            "settings": settings,
            "seed": settings["seed"],
            "added": list(added),
            "labels": LABELS,
            "preprocessing_version": geometry.VERSION,
            "networks": {},
            "metrics": {},
            "calibration": {"temperature": 1.0},
            "refusal": None,
            "grouping": None,
            "times": {"queued": _text(queued), "started": None, "finished": None, "seconds": 0.0},
            "files": {},
        }
        run = cls(folder, details)
        try:
            run.save()
        except OSError:  # as on a full disk: nobody can go on with a folder without run.json
            folder.rmdir()
            raise
        return run

    @classmethod
    def open(cls, folder: Path) -> RunWriter:
        """A run that exists already.

        Raises:
            RunError: its run.json cannot be read.
        """
        return cls(folder, dict(read_details(folder)))

    def begin(self, **facts: Any) -> None:
        """Set the run's status to ``running``, for the first time or again."""
        (self.folder / CHECKSUM_FILE).unlink(missing_ok=True)
        at = origin()
        if self.details["times"]["started"] is None:
            self.details["times"]["started"] = at.pop("at")
            self.details.update(at)
        else:
            self.details["resumes"] = [*self.details.get("resumes", []), at]
        self.details.pop("reason", None)
        self.update(status="running", **facts)

    def update(self, **changes: Any) -> None:
        """Change keys of run.json and write it."""
        self.details.update(changes)
        self.save()

    def finish(self, status: str, seconds: float, **changes: Any) -> None:
        """Write the last state (finished, stopped or failed) and the checksum of every file."""
        times = self.details["times"]
        self.details.pop("progress", None)
        self.seal(
            **changes,
            status=status,
            times={
                **times,
                "finished": _text(datetime.now(timezone.utc)),
                "seconds": round(times["seconds"] + seconds, 1),
            },
        )

    def seal(self, **changes: Any) -> None:
        """Write what run.json shall hold from now on, and the checksum of every file and of it."""
        self.update(
            **changes,
            files={
                path.name: sha256(path)
                for path in sorted(self.folder.iterdir())
                if path.is_file() and path.name not in _UNSEALED and path.name[0] != "."
            },
        )

        write_atomically(self.folder / CHECKSUM_FILE, checksum_line(self._content()).encode())

    def save(self) -> None:
        """Replace run.json in one step, so that a reader never sees half of it."""
        write_atomically(self.folder / DETAILS_FILE, self._content())

    def _content(self) -> bytes:
        text = json_text(self.details, indent=1, ensure_ascii=False) + "\n"
        return text.encode("utf-8", "backslashreplace")  # of a path in no encoding: as JSON escapes


def run_name(at: datetime, recipe: str) -> str:
    """The name of a run that is made at a time, in UTC, by a recipe."""
    return f"{at:%Y%m%dT%H%M%S}Z-{recipe}"


def origin() -> dict[str, Any]:
    """When something is done to a run, and by which code: ``at``, ``git_commit``, ``versions``."""
    now = _text(datetime.now(timezone.utc))
    return {"at": now, "git_commit": _git_commit(), "versions": _versions()}


def _make_folder(models: Path, name: str) -> Path:
    """A new folder of this name, or with a number behind it where two runs begin at once."""
    models.mkdir(parents=True, exist_ok=True)
    for number in itertools.count(1):
        folder = models / (name if number == 1 else f"{name}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        break
    return folder


def _text(time: datetime) -> str:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


@cache  # of the code as this process has loaded it, whatever becomes of the files
def _git_commit() -> str | None:
    """The commit the code stands at, with ``-dirty`` behind it when files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        answer = subprocess.run(command, cwd=_PROJECT, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None if answer.returncode == 0 else None


def _versions() -> dict[str, str]:
    versions = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "absent"
    return versions
