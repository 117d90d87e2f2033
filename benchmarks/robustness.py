"""Do place, size, sampling and tilt change the answer? Accuracy on drawings by held-out writers.

Run as ``python -m benchmarks.robustness``; for each change it prints the accuracy of the served run
and how many of the answers to the plain drawings stayed the same.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import load_run
from recognizer.runs.pointer import read_current
from recognizer.strokes import Drawing, Stroke
from trainer.data.location import data_folder
from trainer.data.stroke_files import LabelledDrawing, load_drawings
from trainer.evaluation.figures import held_out_writers

MODELS = Path(__file__).resolve().parents[1] / "models"
Points = NDArray[np.float64]
Change = Callable[[Points], Points]
FAR = np.array([1e5, 2e5])  # the tablets' coordinates go to some thousands


def every(step: int) -> Change:
    """Keep every ``step``-th point, and the last."""
    return lambda points: np.concatenate([points[:-1:step], points[-1:]])


def denser(points: Points) -> Points:
    """Put four points between every two."""
    places = np.linspace(0, len(points) - 1, 5 * (len(points) - 1) + 1)
    columns = [np.interp(places, np.arange(len(points)), column) for column in points.T]
    return np.column_stack(columns)


def turned(degrees: float) -> Change:
    """Turn around the origin, clockwise on the screen."""
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return lambda points: points @ np.array([[cos, sin], [-sin, cos]])


CHANGES: dict[str, Change] = {
    "as drawn": lambda points: points,
    "moved far to the lower right": lambda points: points + FAR,
    "moved far to the upper left": lambda points: points - FAR,
    "50 times as large": lambda points: points * 50,
    "a fiftieth as large": lambda points: points / 50,
    "four points between every two": denser,
    "every 2nd point": every(2),
    "every 4th point": every(4),
    "every 8th point": every(8),
    "turned by 10 degrees": turned(10),
    "turned by -10 degrees": turned(-10),
    "turned by 25 degrees": turned(25),
    "turned by -25 degrees": turned(-25),
}


def main() -> None:
    """Measure and print."""
    run = load_run(MODELS, read_current(MODELS))
    recognizer = Recognizer(run)
    drawings = held_out_writers(run.details, load_drawings(data_folder()))
    labels = [str(drawing.label) for drawing in drawings]
    plain = _answers(recognizer, drawings, CHANGES["as drawn"])
    print(f"{run.name}, {len(drawings)} drawings by held-out writers")
    print(f"{'':32} accuracy   same answer")
    for name, change in CHANGES.items():
        answers = _answers(recognizer, drawings, change)
        print(f"{name:32} {_agreement(answers, labels):8.2%} {_agreement(answers, plain):10.2%}")


def _answers(recognizer: Recognizer, drawings: list[LabelledDrawing], change: Change) -> list[str]:
    changed = [
        Drawing(tuple(Stroke(change(stroke)) for stroke in drawing.strokes if len(stroke)))
        for drawing in drawings
    ]
    return [prediction.text for prediction in recognizer.recognize_all(changed)]


def _agreement(first: list[str], second: list[str]) -> float:
    return float(np.mean([one == other for one, other in zip(first, second, strict=True)]))


if __name__ == "__main__":
    main()
