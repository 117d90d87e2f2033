"""Draw strokes with OpenCV and ask the served run's main network, in as few lines as it takes."""

import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime

models = Path(os.environ["NET_MODELS_DIR"])
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(
    models / (models / "current").read_text().strip() / "model.onnx", options
)
name = session.get_inputs()[0].name


def read_digit(strokes: list[dict[str, Any]]) -> tuple[int, float]:
    """The likeliest digit, and its probability."""
    paths = [np.array([stroke["x"], stroke["y"]], np.float32).T for stroke in strokes]
    points = np.concatenate(paths)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = 76 / max(*(high - low), 1e-6)  # on a canvas four times as large
    corner = (112 - (high - low) * scale) / 2
    canvas = np.zeros((112, 112), np.uint8)
    lines = [((path - low) * scale + corner).astype(np.int32) for path in paths]
    cv2.polylines(canvas, lines, False, 255, 9)
    picture = cv2.resize(canvas, (28, 28), interpolation=cv2.INTER_AREA)
    probabilities = session.run(None, {name: picture[None, :, :, None] / np.float32(255)})[0][0]
    digit = int(probabilities.argmax())
    return digit, float(probabilities[digit])
