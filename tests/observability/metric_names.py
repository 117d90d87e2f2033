"""The names of what the app tells Prometheus, and those that a text mentions."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "deploy" / "observability"

_HISTOGRAM_PARTS = ("_bucket", "_count", "_sum")


def told_by(text: str) -> set[str]:
    """The series' names that a page of /metrics declares, those of histograms in parts."""
    names = set()
    for name, kind in re.findall(r"^# TYPE (net_\w+) (\w+)$", text, re.MULTILINE):
        is_histogram = kind == "histogram"
        names |= {name + part for part in _HISTOGRAM_PARTS} if is_histogram else {name}
    return {name for name in names if not name.endswith("_created")}


def mentioned_in(text: str) -> set[str]:
    """The series' names in a query or a document."""
    return set(re.findall(r"\bnet_\w+", text))
