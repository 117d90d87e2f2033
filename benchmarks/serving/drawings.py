"""What the servers are asked: real drawings by real hands, as the bodies of requests."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from trainer.data.stroke_files import LabelledDrawing, load_drawings

NUMBER = 400
POINT_DIGITS = 2  # decimals of a coordinate: a browser's are no finer


@dataclass(frozen=True)
class Question:
    """A drawing as it is sent, and what it is."""

    drawing: dict[str, Any]
    digit: str


def load_questions(folder: Path, number: int = NUMBER) -> list[Question]:
    """So many drawings, or all, the same every time; of one and of more strokes, as people draw.

    Raises:
        DataError: a data set is missing or damaged.
    """
    drawings = load_drawings(folder)
    chosen = random.Random(1).sample(drawings, min(number, len(drawings)))
    return [_question(drawing) for drawing in chosen]


def made_up(number: int = NUMBER) -> list[Question]:
    """Sevens and fours in a trembling hand, for a machine without the data sets."""
    random_ = np.random.default_rng(1)
    seven = [[(20, 20), (80, 20), (48, 110)]]
    four = [[(60, 10), (15, 70), (90, 70)], [(62, 40), (62, 120)]]
    return [
        Question({"strokes": [_columns(_drawn(path, random_)) for path in paths]}, digit)
        for paths, digit in ((seven, "7"), (four, "4")) * (number // 2)
    ]


def _drawn(corners: Sequence[tuple[int, int]], random_: np.random.Generator) -> np.ndarray:
    """A path through these corners, of about as many points as a person's."""
    places = np.linspace(0, len(corners) - 1, 12 * len(corners))
    columns = np.transpose(corners).astype(np.float64)
    path = np.transpose([np.interp(places, range(len(corners)), column) for column in columns])
    return np.asarray(path + random_.normal(0, 0.7, path.shape))


def as_bodies(questions: Sequence[Question], *, images: bool = True) -> list[bytes]:
    """One request each; with or without pictures in its answer."""
    wanted = {} if images else {"images": False}
    return [json.dumps({**question.drawing, **wanted}).encode() for question in questions]


def as_batches(questions: Sequence[Question], size: int) -> list[bytes]:
    """So many in each request; what is left over is left out."""
    drawings = [question.drawing for question in questions]
    return [
        json.dumps({"drawings": drawings[at : at + size]}).encode()
        for at in range(0, len(drawings) - size + 1, size)
    ]


def with_points(question: Question, points: int) -> bytes:
    """The same path with so many points, equally distant, in one stroke."""
    path = np.concatenate(
        [np.transpose([stroke["x"], stroke["y"]]) for stroke in question.drawing["strokes"]]
    )
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    places = np.linspace(0, along[-1], points)
    x, y = (np.interp(places, along, column) for column in path.T)
    return json.dumps({"strokes": [_columns(np.stack([x, y], axis=1))]}).encode()


def _question(drawing: LabelledDrawing) -> Question:
    strokes = [_columns(np.asarray(stroke, np.float64)) for stroke in drawing.strokes]
    return Question({"strokes": strokes}, str(drawing.label))


def _columns(points: np.ndarray) -> dict[str, list[float]]:
    x, y = np.round(points, POINT_DIGITS).T.tolist()
    return {"x": x, "y": y}
