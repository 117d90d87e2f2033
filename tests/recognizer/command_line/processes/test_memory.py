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
import sys
from recognizer.command_line.main import main

status = main(sys.argv[1:])
print(*(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
sys.exit(status)
"""


def test_five_thousand_files_take_the_memory_of_five_hundred(tmp_path: Path) -> None:
    few, many = _peak(tmp_path / "few", 500), _peak(tmp_path / "many", 5_000)

    assert many - few < 3_000  # their answers alone take 6 MB, if they are kept


def _peak(folder: Path, number: int) -> int:
    """Greatest memory of the command, KiB."""
    folder.mkdir()
    text = json.dumps(ONE)
    for at in range(number):
        (folder / f"{at}.json").write_text(text)
    arguments = ("--jobs", "2", "--json", "--output", f"{folder}.jsonl", str(folder))
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *arguments], capture_output=True, check=True, timeout=300
    )
    assert len(Path(f"{folder}.jsonl").read_text().splitlines()) == number
    return int(done.stdout)
