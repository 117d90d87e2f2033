"""Write a run's folder: run.json, replaced as a whole at every change of state.

What the keys mean stands in docs/run-folder.md; :mod:`recognizer.runs.folder`
reads and verifies what is written here.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from recognizer import geometry
from recognizer.runs.folder import FORMAT, LABELS, sha256

_PROJECT = Path(__file__).resolve().parents[2]
CHECKPOINT_FILE = "checkpoint.npz"  # gone when the run is finished
_UNSEALED = ("run.json", CHECKPOINT_FILE)
_PACKAGES = ("keras", "tensorflow", "numpy", "opencv-python-headless", "onnxruntime", "tf2onnx")


class RunWriter:
    """One run's folder while it is being made."""

    def __init__(self, folder: Path, details: dict[str, Any]) -> None:
        self.folder = folder
        self.details = details

    @classmethod
    def create(cls, models: Path, recipe: str, settings: dict[str, Any], **more: Any) -> RunWriter:
        """Make the folder of a new run, named after the time and the recipe."""
        started = datetime.now(timezone.utc)
        name = f"{started:%Y%m%dT%H%M%S}Z-{recipe}"
        folder = models / name
        folder.mkdir(parents=True)
        details = {
            "format": FORMAT,
            "name": name,
            "recipe": recipe,
            "status": "running",
            "settings": settings,
            "seed": settings["seed"],
            "git_commit": _git_commit(),
            "labels": LABELS,
            "preprocessing_version": geometry.VERSION,
            "versions": _versions(),
            "networks": {},
            "metrics": {},
            "calibration": {"temperature": 1.0},
            "refusal": None,
            "times": {"started": _text(started), "finished": None, "seconds": 0.0},
            "files": {},
            **more,
        }
        run = cls(folder, details)
        run.save()
        return run

    @classmethod
    def reopen(cls, folder: Path, details: dict[str, Any]) -> RunWriter:
        """Go on with a run that stopped."""
        resumed = {"at": _text(datetime.now(timezone.utc)), "git_commit": _git_commit()}
        resumes = [*details.get("resumes", []), resumed]
        run = cls(folder, {**details, "status": "running", "resumes": resumes})
        run.save()
        return run

    def update(self, **changes: Any) -> None:
        """Change keys of run.json and write it."""
        self.details.update(changes)
        self.save()

    def finish(self, status: str, seconds: float, **changes: Any) -> None:
        """Write the last state (finished, stopped or failed) and every file's checksum."""
        times = self.details["times"]
        self.details.pop("progress", None)
        self.update(
            **changes,
            status=status,
            times={
                **times,
                "finished": _text(datetime.now(timezone.utc)),
                "seconds": round(times["seconds"] + seconds, 1),
            },
            files={
                path.name: sha256(path)
                for path in sorted(self.folder.iterdir())
                if path.is_file() and path.name not in _UNSEALED
            },
        )

    def save(self) -> None:
        """Replace run.json in one step, so that a reader never sees half of it."""
        text = json.dumps(self.details, indent=1, ensure_ascii=False) + "\n"
        write_atomically(self.folder / "run.json", text.encode())


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that whoever reads it sees the old content or the new, never a part."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _text(time: datetime) -> str:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


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
