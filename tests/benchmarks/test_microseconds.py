"""Every part of a request is timed where it runs: a part that is renamed must be renamed here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from benchmarks.microseconds import PARTS

ROOT = Path(__file__).resolve().parents[2]


def test_every_part_takes_some_time(released_models: Path, data_folder: Path) -> None:
    # In a process of its own: where counts are kept is decided when it starts.
    command = [sys.executable, "-m", "benchmarks.microseconds", "--rounds", "1"]

    answer = subprocess.run(
        [*command, "--data-dir", str(data_folder)],
        cwd=ROOT,
        env={**os.environ, "NET_MODELS_DIR": str(released_models)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    rows = dict(re.findall(r"\| (?:– )?(.+?) \| \d+ \| (\d+) \|", answer.stdout))
    assert set(rows) >= {name for name, _, _ in PARTS}
    assert all(int(rows[name]) > 0 for name, _, _ in PARTS)
    assert int(rows["all of the app"]) > int(rows["recognising"])
