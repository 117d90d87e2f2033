"""Compile the lists of packages we use into pinned lists with all they need, for Python 3.10-3.13.

Versions that are pinned already stay; ``python requirements/compile.py --upgrade`` takes the
newest.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
OUTPUTS = {
    "serve.in": FOLDER / "serve.txt",
    "s3.in": FOLDER / "s3.txt",
    "ray.in": FOLDER / "ray.txt",
    "everything.in": FOLDER.parent / "requirements.txt",
    "development.in": FOLDER / "development.txt",
}


def main() -> None:
    """Compile every list; the command line's arguments go to uv."""
    for source, output in OUTPUTS.items():
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"),
            *("--python-version", "3.10", "--no-emit-index-url", "--no-header"),
            *("--output-file", str(output), *sys.argv[1:], f"requirements/{source}"),
        ]
        subprocess.run(command, cwd=FOLDER.parent, check=True)


if __name__ == "__main__":
    main()
