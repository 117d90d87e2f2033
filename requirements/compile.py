"""Compile the lists of what we use into pinned lists of all that it takes, for Python 3.10-3.13."""

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
    """Write every pinned list anew."""
    for source, output in OUTPUTS.items():
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"),
            *("--python-version", "3.10", "--no-emit-index-url", "--no-header"),
            *("--output-file", str(output), f"requirements/{source}"),
        ]
        subprocess.run(command, cwd=FOLDER.parent, check=True)


if __name__ == "__main__":
    main()
