"""Digits that strangers drew, ready to be drawn on the pad again.

They come from the data set's folder; see `shared/data/README.md` for what it holds.
"""

from __future__ import annotations

import gzip
import json
import math
import os
from pathlib import Path

import pytest

from tests.browser.pens import Stroke

ROOT = Path(__file__).resolve().parents[2]
_POINTS_PER_STROKE = 14  # at most; enough for the shape, and few enough events for a slow machine
_MARGIN = 0.2


def real_drawings(start: int, count: int) -> list[tuple[str, list[Stroke]]]:
    """Return (label, strokes) of `count` rows, as many different hands as there are."""
    folder = Path(os.environ.get("NET_DATA_DIR") or ROOT.parent / "shared" / "data")
    path = folder / "pendigits-train.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"no drawings: {path} is missing (NET_DATA_DIR names its folder)")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chosen = rows[start :: len(rows) // count][:count]
    return [(row["label"], _fitted(row["strokes"])) for row in chosen]


def _fitted(strokes: list[list[list[float]]]) -> list[Stroke]:
    xs = [x for stroke in strokes for x, _ in stroke]
    ys = [y for stroke in strokes for _, y in stroke]
    size = max(max(xs) - min(xs), max(ys) - min(ys)) or 1
    scale = (1 - 2 * _MARGIN) / size

    def place(x: float, y: float) -> tuple[float, float]:
        return _MARGIN + (x - min(xs)) * scale, _MARGIN + (y - min(ys)) * scale

    return [[place(x, y) for x, y in _thinned(stroke)] for stroke in strokes]


def _thinned(stroke: list[list[float]]) -> list[list[float]]:
    step = math.ceil(len(stroke) / _POINTS_PER_STROKE)
    return [*stroke[:-1:step], stroke[-1]]
