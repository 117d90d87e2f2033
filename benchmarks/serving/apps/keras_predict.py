"""The usual way: the same network's Keras file, asked with ``model.predict`` in a Flask view.

The drawing becomes a picture by our own code, so that it is the network and the way to ask it that
is compared, and not what goes before.
"""

import os
from pathlib import Path

from trainer.quiet_start import DEVICES  # isort: skip  # noqa: F401  # before Keras

import keras
import numpy as np
from flask import Flask, Response, jsonify, request

from recognizer.geometry import draw, to_model_input
from recognizer.runs.pointer import read_current
from recognizer.strokes import parse_drawing

app = Flask(__name__)
models = Path(os.environ["NET_MODELS_DIR"])
network = keras.models.load_model(models / read_current(models) / "model.keras", compile=False)


@app.post("/api/v1/predictions")
def predict() -> Response:
    """Draw, ask, take the likeliest."""
    drawing = parse_drawing(request.get_data())
    ink = draw([stroke.points for stroke in drawing.strokes])
    probabilities = network.predict(to_model_input(ink)[np.newaxis], verbose=0)[0]
    digit = int(probabilities.argmax())
    return jsonify(text=str(digit), confidence=float(probabilities[digit]))
