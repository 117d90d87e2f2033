"""Compile the lists of packages we use into pinned lists with all they need, for Python 3.10-3.13.

The list for development holds all the others, and the tests run with it; so it is compiled first,
and the others take their versions from it.  Versions that it pins already stay;
``python requirements/compile.py --upgrade`` takes the newest.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
TESTED = FOLDER / "development.txt"
OTHERS = {
    "serve.in": FOLDER / "serve.txt",
    "s3.in": FOLDER / "s3.txt",
    "ray.in": FOLDER / "ray.txt",
    "everything.in": FOLDER.parent / "requirements.txt",
}


def main() -> None:
    """Compile every list; the command line's arguments go to uv."""
    _compile("development.in", TESTED, sys.argv[1:])
    for source, output in OTHERS.items():
        shutil.copyfile(TESTED, output)  # uv keeps what is pinned there already
        _compile(source, output, [])


def _compile(source: str, output: Path, options: Sequence[str]) -> None:
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"),
        *("--python-version", "3.10", "--no-emit-index-url", "--no-header"),
        *("--output-file", str(output), *options, f"requirements/{source}"),
    ]
    subprocess.run(command, cwd=FOLDER.parent, check=True)


if __name__ == "__main__":
    main()
