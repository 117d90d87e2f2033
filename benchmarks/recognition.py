"""What one drawing costs on one thread, part by part, and the usual ways of asking Keras.

Run as ``python -m benchmarks.recognition``; prints median milliseconds over real drawings and,
side by side in the same run, Keras's ``predict``, a call and a ``tf.function`` of the same network.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tensorflow as tf

from recognizer.geometry import draw, to_model_input
from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import load_run
from recognizer.runs.pointer import read_current
from recognizer.strokes import Drawing, Stroke
from trainer.data.location import data_folder
from trainer.data.stroke_files import load_drawings

MODELS = Path(__file__).resolve().parents[1] / "models"
DRAWINGS = 300


def main() -> None:
    """Measure and print."""
    run = load_run(MODELS, read_current(MODELS))
    strokes = [drawing.strokes for drawing in load_drawings(data_folder())[:: 15_362 // DRAWINGS]]
    drawings = [Drawing(tuple(Stroke(points) for points in one)) for one in strokes]
    inputs = [to_model_input(draw(one))[None] for one in strokes]
    network = keras.models.load_model(MODELS / run.name / "model.keras")
    compiled = tf.function(lambda x: network(x, training=False))
    recognizer = Recognizer(run)
    ways: dict[str, Callable[[int], object]] = {
        "whole recognition": lambda at: recognizer.recognize(drawings[at]),
        "  drawing the ink": lambda at: draw(strokes[at]),
        "  the network, ONNX Runtime": lambda at: run.engine.probabilities(inputs[at]),
        "the network, tf.function": lambda at: compiled(inputs[at]).numpy(),
        "the network, model(x)": lambda at: network(inputs[at], training=False).numpy(),
        "the network, model.predict": lambda at: network.predict(inputs[at], verbose=0),
    }
    medians = {name: _median(way) for name, way in ways.items()}
    whole = medians["whole recognition"]
    for name, median in medians.items():
        print(f"{name:30} {median:8.3f} ms   {median / whole:7.2f} of the whole")


def _median(way: Callable[[int], object]) -> float:
    way(0)
    times = []
    for at in range(DRAWINGS):
        started = time.perf_counter()
        way(at)
        times.append((time.perf_counter() - started) * 1e3)
    return statistics.median(times)


if __name__ == "__main__":
    main()
