"""Write a run's run.json as a trainer would, its checksum included."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recognizer.runs.folder import CHECKSUM_FILE, DETAILS_FILE, checksum_line

# Like those of the released run.
GROUPING: dict[str, dict[str, float]] = {
    "links": {
        "constant": -1.25, "distance": -6.75, "no touch": -0.71, "beside": -2.63, "overlap": 9.66,
        "below": -3.92, "sizes": -0.15, "heights": -4.26, "consecutive": 1.26,
    },
    "groups": {
        "links": 0.66, "joins": 0.49, "confidence": 1.36, "digitness": 2.97, "smallness": -1.15,
    },
    "numbers": {
        "constant": -5.6, "digits": 7.8, "digitness": 14.4, "link": -0.2, "overlap": -10.1,
        "whole": 0.5,
    },
}  # fmt: skip


def write_details(run: Path, details: Mapping[str, Any]) -> None:
    """Write run.json with this content, and its checksum."""
    content = json.dumps(details).encode()
    (run / DETAILS_FILE).write_bytes(content)
    (run / CHECKSUM_FILE).write_text(checksum_line(content))


def change_details(run: Path, **change: Any) -> None:
    """Replace entries of run.json, and its checksum."""
    details = json.loads((run / DETAILS_FILE).read_text("utf-8"))
    write_details(run, {**details, **change})
