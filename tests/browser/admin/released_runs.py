"""Another run to release, in the models folder that the admin pages' tests share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
