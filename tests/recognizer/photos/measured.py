"""Decode a file in a process of its own, and see how much memory that took."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

_SCRIPT = """
import re, sys
from pathlib import Path
from PIL import Image
from recognizer.errors import PictureError
from recognizer.photos.files.decoding import decode

def peak():  # getrusage's would be that of the parent, if it is larger
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) * 1024

Image.init()  # is paid once by a process, not by every picture
content = Path(sys.argv[1]).read_bytes()
before = peak()
try:
    decode(content)
except PictureError as error:
    print(error, file=sys.stderr)
print(peak() - before)
"""


def run_measured(file: Path) -> int:
    """How many bytes the process grew by at its peak."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(file)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(done.stdout)
