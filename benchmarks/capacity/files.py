"""Measure ``python -m recognizer``: the processor time of each drawing in a file."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.serving.drawings import Question
from webapp.configuration import REPOSITORY, Configuration


def measure_files(questions: Sequence[Question], drawings: int) -> float:
    """Milliseconds for each of so many drawings, with its start left out."""
    return 1000 * (_cpu_seconds(questions, drawings) - _cpu_seconds(questions, 1)) / (drawings - 1)


def _cpu_seconds(questions: Sequence[Question], drawings: int) -> float:
    with tempfile.TemporaryDirectory(prefix="net-capacity-") as name:
        path = Path(name) / "drawings.jsonl"
        with path.open("w") as file:
            for number in range(drawings):
                drawing = questions[number % len(questions)].drawing
                file.write(json.dumps(drawing) + "\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "recognizer", "--csv", "--jobs", "1", "--models",
             Configuration().models_folder, path],
            cwd=REPOSITORY, stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
