"""How much memory this process takes."""

from __future__ import annotations

import re
from pathlib import Path

_SOURCES = (
    (Path("/proc/self/smaps_rollup"), re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)),
    (Path("/proc/self/status"), re.compile(r"^VmRSS:\s+(\d+) kB", re.MULTILINE)),
)


def memory_bytes() -> int | None:
    """The memory of this process; None where the system does not tell.

    What it shares with its siblings counts by its share, so that the sum over the workers of a
    gunicorn is what they take together.
    """
    for path, pattern in _SOURCES:
        try:
            found = pattern.search(path.read_text())
        except OSError:
            continue
        if found:
            return int(found[1]) * 1024
    return None
