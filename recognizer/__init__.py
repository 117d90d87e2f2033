"""Recognise handwritten digits: strokes in, a calibrated answer out.

    registry = Registry(Path("models"))
    prediction = Recognizer(registry).recognize(parse_drawing(text))

Training and serving share this package, so that what the network sees cannot
differ.  It knows no HTTP, no database and no Keras.
"""

from recognizer.errors import (
    DrawingError,
    JsonError,
    NoModelError,
    RecognizerError,
    RunError,
    TooManyBytesError,
)
from recognizer.prediction import Box, DigitAnswer, ModelName, Prediction, Verdict
from recognizer.recognizer import Recognizer
from recognizer.runs.registry import LoadedRun, Registry, activate
from recognizer.strokes import Drawing, Mode, Stroke, parse_drawing, read_drawing

__all__ = [
    "Box",
    "DigitAnswer",
    "Drawing",
    "DrawingError",
    "JsonError",
    "LoadedRun",
    "Mode",
    "ModelName",
    "NoModelError",
    "Prediction",
    "Recognizer",
    "RecognizerError",
    "Registry",
    "RunError",
    "Stroke",
    "TooManyBytesError",
    "Verdict",
    "activate",
    "parse_drawing",
    "read_drawing",
]
