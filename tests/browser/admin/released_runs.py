"""Another run to release, in the models folder that the admin pages' tests share."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recognizer.runs.folder import read_details, sha256
from recognizer.runs.pointer import activate
from tests.run_details import change_details

HISTORY = "activations.jsonl"


@contextmanager
def beside_the_served(models: Path, name: str) -> Iterator[str]:
    """A copy of the served run under another name; at the end everything is as it was before.

    Yields:
        the name of the run that was served at the beginning.
    """
    served = (models / "current").read_text().strip()
    history = (models / HISTORY).read_bytes() if (models / HISTORY).exists() else None
    shutil.copytree(models / served, models / name)
    change_details(models / name, name=name)
    try:
        yield served
    finally:
        activate(models, served)
        shutil.rmtree(models / name)
        (models / HISTORY).unlink(missing_ok=True)
        if history is not None:
            (models / HISTORY).write_bytes(history)


def keep_strokes(run: Path) -> None:
    """Give each drawing of a run's samples the strokes of a 7; newer runs keep their own."""
    path = run / "samples.json"
    content = json.loads(path.read_text("utf-8"))
    for sample in content["sets"]["held_out_writers"]["samples"]:
        sample["strokes"] = [{"x": [0, 10, 4], "y": [0, 0, 14]}]
    path.write_text(json.dumps(content))
    files = {**read_details(run)["files"], path.name: sha256(path)}
    change_details(run, files=files)
