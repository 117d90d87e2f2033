from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_shares_of_counting_and_logging_are_printed(released_models: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.counting", "--times", "2"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    lines = re.findall(r"^(.+?) +[\d.]+ µs +([\d.]+) of a request$", answer.stdout, re.MULTILINE)
    assert [name for name, _ in lines] == ["request", "counting", "log line"]
    assert lines[0][1] == "1.000"
