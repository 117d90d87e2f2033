"""What is compared: how each server is started, and what it is asked."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.serving.drawings import Question, as_batches, as_bodies
from benchmarks.serving.load import Request
from webapp.configuration import Configuration

PATH = "/api/v1/predictions"
BATCH_PATH = "/api/v1/predictions/batch"
BATCH = 64  # drawings in one request, the most that the API takes
EMPTY, OURS, BATCHES, KERAS = "empty", "ours", "ours, batches", "Keras"
NO_IMAGES = "ours, no images"
PLAIN, PLAIN_THREADS, PLAIN_FASTAPI = "30 lines", "30 lines, gthread", "30 lines, FastAPI"
FIXED_ANSWER = "7"  # of the empty endpoint
_THREADS = 16


@dataclass(frozen=True)
class Contestant:
    """One way to serve.

    Attributes:
        name: in the tables.
        meaning: what it is, in words.
        arguments: of the program.
        requests: what it is asked, in turn.
        environment: variables added to ours.
        drawings: in each request.
        program: that serves it, ``gunicorn`` or ``uvicorn``.
        text: its right answer to the first drawing; None for what is in the drawing, empty for
            any answer at all.
    """

    name: str
    meaning: str
    arguments: Sequence[str]
    requests: Sequence[Request]
    environment: Mapping[str, str] = field(default_factory=dict)
    drawings: int = 1
    program: str = "gunicorn"
    text: str | None = None


def ours(
    requests: Sequence[Request], workers: int, name: str = OURS, drawings: int = 1
) -> Contestant:
    """The app as it is deployed, with one log line a request and all that it counts."""
    environment = {
        "NET_WORKERS": str(workers),
        "NET_MODELS_DIR": str(Configuration().models_folder),
        "NET_PREDICTIONS_A_MINUTE": "0",  # all clients come from one address here
        "NET_WAITING_SECONDS": "30",
        "NET_LOG_FORMAT": "json",
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1"),
    }
    meaning = f"the prediction endpoint with everything it does, {drawings} in a request"
    if name == NO_IMAGES:
        meaning += ', with "images": false'
    return Contestant(name, meaning, (), requests, environment, drawings)


def contestants(questions: Sequence[Question], workers: int) -> list[Contestant]:
    """All of them; the first is what the others are compared with."""
    singles = [Request(PATH, body) for body in as_bodies(questions)]
    without = [Request(PATH, body) for body in as_bodies(questions, images=False)]
    batches = [Request(BATCH_PATH, body) for body in as_batches(questions, BATCH)]
    run = {"NET_MODELS_DIR": str(Configuration().models_folder), "OMP_NUM_THREADS": "1"}
    plain = "benchmarks.serving.apps.thirty_lines:app"
    return [
        Contestant(
            EMPTY,
            "a Flask endpoint that does nothing, with the same bodies",
            _gunicorn("benchmarks.serving.apps.empty:app", workers, _THREADS),
            singles,
            text=FIXED_ANSWER,
        ),
        Contestant(
            PLAIN,
            "Flask, cv2.polylines and ONNX Runtime with the served run's model.onnx, no more",
            _gunicorn(plain, workers, 1, kind="sync"),
            singles,
            run,
            text="",
        ),
        Contestant(
            PLAIN_THREADS,
            "the same under gunicorn's gthread",
            _gunicorn(plain, workers, _THREADS),
            singles,
            run,
            text="",
        ),
        Contestant(
            PLAIN_FASTAPI,
            "the same behind FastAPI and uvicorn",
            ["benchmarks.serving.apps.thirty_lines_fastapi:app", f"--workers={workers}",
             "--no-access-log", "--log-level=warning"],
            singles,
            run,
            program="uvicorn",
            text="",
        ),
        ours(singles, workers),
        ours(without, workers, NO_IMAGES),
        ours(batches, workers, BATCHES, BATCH),
        # Without --preload, which hangs with TensorFlow, and with one thread: predict is not
        # made to be called by several.
        Contestant(
            KERAS,
            "the same network through model.predict in a Flask view",
            _gunicorn("benchmarks.serving.apps.keras_predict:app", workers, 1, preload=False),
            singles,
            {**run, "TF_CPP_MIN_LOG_LEVEL": "3"},
        ),
    ]  # fmt: skip


def _gunicorn(
    app: str, workers: int, threads: int, *, kind: str = "gthread", preload: bool = True
) -> list[str]:
    """Gunicorn's own worker with as many processes and kept connections as ours."""
    options = {
        "config": os.devnull,
        "worker-class": kind,
        "workers": workers,
        "threads": threads,
        "keep-alive": 20,
        "timeout": 120,
    }
    return [
        app, *(["--preload"] if preload else []),
        *(f"--{name}={value}" for name, value in options.items()),
    ]  # fmt: skip
