"""Do place, size, sampling and tilt change the answer? Accuracy on drawings by held-out writers.

Run as ``python -m benchmarks.robustness``; for each change it prints the accuracy of the served run
and how many of the answers to the plain drawings stayed the same.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import load_run
from recognizer.runs.pointer import read_current
from recognizer.strokes import Drawing, Stroke
from trainer.data.location import data_folder
from trainer.data.stroke_files import LabelledDrawing, load_drawings
from trainer.evaluation.samples import held_out_writers
from trainer.evaluation.stroke_changes import STROKE_CHANGES, StrokeChange, change_drawing

MODELS = Path(__file__).resolve().parents[1] / "models"
CHANGES: dict[str, StrokeChange] = {
    f"{kind}: {strength}": change
    for kind, strengths in STROKE_CHANGES.items()
    for strength, change in strengths.items()
}


def main() -> None:
    """Measure and print."""
    run = load_run(MODELS, read_current(MODELS))
    recognizer = Recognizer(run)
    drawings = held_out_writers(run.details, load_drawings(data_folder()))
    labels = [str(drawing.label) for drawing in drawings]
    plain = _answers(recognizer, drawings)
    print(f"{run.name}, {len(drawings)} drawings by held-out writers")
    print(f"{'':36} accuracy   same answer")
    print(f"{'as drawn':36} {_agreement(plain, labels):8.2%}")
    for name, change in CHANGES.items():
        answers = _answers(recognizer, [change_drawing(drawing, change) for drawing in drawings])
        print(f"{name:36} {_agreement(answers, labels):8.2%} {_agreement(answers, plain):10.2%}")


def _answers(recognizer: Recognizer, drawings: list[LabelledDrawing]) -> list[str]:
    served = [
        Drawing(tuple(Stroke(points) for points in drawing.strokes if len(points)))
        for drawing in drawings
    ]
    return [prediction.text for prediction in recognizer.recognize_all(served)]


def _agreement(first: list[str], second: list[str]) -> float:
    return float(np.mean([one == other for one, other in zip(first, second, strict=True)]))


if __name__ == "__main__":
    main()
