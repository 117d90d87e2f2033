"""However many files there are, memory does not grow with them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recognizer.commands import ONE

pytestmark = [pytest.mark.usefixtures("working_folder"), pytest.mark.slow]

_MEASURED = """
import resource, sys
from recognizer.command_line.main import main

status = main(sys.argv[1:])
print(*(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)
"""


def test_ten_thousand_files_take_the_memory_of_one_thousand(tmp_path: Path) -> None:
    few = _peaks(tmp_path / "few", 1_000)
    many = _peaks(tmp_path / "many", 10_000)

    own, of_a_process = (after - before for before, after in zip(few, many, strict=True))
    assert own < 8_000  # their answers alone take 12 MB, if they are kept
    assert of_a_process < 6_000


def _peaks(folder: Path, number: int) -> list[int]:
    """Greatest memory of the command and of any of its processes, KiB."""
    folder.mkdir()
    text = json.dumps(ONE)
    for at in range(number):
        (folder / f"{at}.json").write_text(text)
    arguments = ("--jobs", "2", "--json", "--output", f"{folder}.jsonl", str(folder))
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *arguments], capture_output=True, check=True, timeout=300
    )
    assert len(Path(f"{folder}.jsonl").read_text().splitlines()) == number
    return [int(line) for line in done.stdout.split()]
