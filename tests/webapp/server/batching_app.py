"""The app with the released run, which notes in its log how many drawings it was asked together."""

import os
from collections.abc import Sequence
from pathlib import Path

import structlog

from recognizer.prediction import Prediction
from recognizer.recognizer import Recognizer
from recognizer.runs.registry import Registry
from recognizer.strokes import Drawing
from webapp import create_app


class NotingRecognizer(Recognizer):
    def recognize_all(self, drawings: Sequence[Drawing]) -> list[Prediction]:
        structlog.get_logger().info("asked", together=len(drawings))
        return super().recognize_all(drawings)


registry = Registry(Path(os.environ["NET_MODELS_DIR"]))
app = create_app(registry=registry, recognizer=NotingRecognizer(registry))
