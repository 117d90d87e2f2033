"""Ask PyPI's advisory database about every version that is pinned, as far as it can be reached.

A machine without that database (a closed network, a mirror that has only the files) is told so,
and the check goes on: what cannot be asked about is no finding.  What is known to be vulnerable is.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
FILES = (FOLDER / "development.txt",)  # holds all the others: tests/test_audit.py
PROBE = "flask==3.0.0\n"  # any version that PyPI knows
_TIMEOUT_SECONDS = 10


def main(files: tuple[Path, ...] = FILES) -> int:
    """Audit the pinned lists; 0 where nothing is known against them, or nothing can be known."""
    if not _can_ask():
        print("pip-audit cannot reach the advisory database from here; no version was audited.")
        return 0
    return max(_audit(path) for path in files)


def _can_ask() -> bool:
    """Whether the database knows a version that exists; one question instead of hundreds."""
    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder) / "probe.txt"
        probe.write_text(PROBE)
        return any("vulns" in package for package in _ask(probe) or [])


def _audit(path: Path) -> int:
    packages = _ask(path)
    if packages is None:
        print(f"{path.name}: the advisory database stopped to answer; not audited.")
        return 0
    found = [
        f"{package['name']} {package['version']}: {one['id']}, mended in "
        f"{', '.join(one['fix_versions']) or 'no version yet'}"
        for package in packages
        for one in package.get("vulns", [])
    ]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    print(f"{path.name}: {len(packages) - len(unknown)} versions audited, {len(found)} findings")
    for line in found:
        print(f"  {line}")
    if unknown:
        print(f"  not known there: {', '.join(unknown)}")
    return 1 if found else 0


def _ask(path: Path) -> list[dict[str, Any]] | None:
    """What is known of the packages of one list; None where nobody answers."""
    command = [
        *(sys.executable, "-m", "pip_audit", "--requirement", str(path), "--no-deps"),
        *("--disable-pip", "--format", "json", "--progress-spinner", "off"),
        *("--timeout", str(_TIMEOUT_SECONDS)),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages: list[dict[str, Any]] = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError):
        return None
    return packages


if __name__ == "__main__":
    sys.exit(main())
