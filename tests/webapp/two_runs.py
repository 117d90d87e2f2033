"""A models folder in which another run can be activated than the one that is served."""

from __future__ import annotations

import shutil
from pathlib import Path

from recognizer.runs.registry import activate
from tests.run_details import change_details


def make_two_runs(folder: Path, released_models: Path) -> Path:
    """Put the released run into a new folder twice: ``first`` is served, ``second`` could be."""
    name = (released_models / "current").read_text().strip()
    for copy in ("first", "second"):
        run = folder / copy
        shutil.copytree(released_models / name, run)
        change_details(run, name=copy)
    activate(folder, "first")
    return folder
