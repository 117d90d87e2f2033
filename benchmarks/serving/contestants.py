"""What is compared: how each server is started, and what it is asked."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.figures.surroundings import models_folder
from benchmarks.serving.drawings import Question, as_batches, as_bodies
from benchmarks.serving.load import request

PATH = "/api/v1/predictions"
BATCH_PATH = "/api/v1/predictions/batch"
BATCH = 64  # drawings in one request, the most that the API takes
EMPTY, OURS, BATCHES, KERAS = "empty", "ours", "ours, batches", "Keras"
_THREADS = 16


@dataclass(frozen=True)
class Contestant:
    """One way to serve.

    Attributes:
        name: in the tables.
        meaning: what it is, in words.
        arguments: of gunicorn.
        requests: what it is asked, in turn.
        environment: variables added to ours.
        drawings: in each request.
    """

    name: str
    meaning: str
    arguments: Sequence[str]
    requests: Sequence[bytes]
    environment: Mapping[str, str] = field(default_factory=dict)
    drawings: int = 1


def ours(
    requests: Sequence[bytes], workers: int, name: str = OURS, drawings: int = 1
) -> Contestant:
    """The app as it is deployed, with one log line a request and all that it counts."""
    environment = {
        "NET_WORKERS": str(workers),
        "NET_MODELS_DIR": str(models_folder()),
        "NET_PREDICTIONS_A_MINUTE": "0",  # all clients come from one address here
        "NET_WAITING_SECONDS": "30",
        "NET_LOG_FORMAT": "json",
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1"),
    }
    meaning = f"the prediction endpoint with real drawings, {drawings} in a request"
    return Contestant(name, meaning, (), requests, environment, drawings)


def contestants(questions: Sequence[Question], workers: int) -> list[Contestant]:
    """All of them; the first is what the others are compared with."""
    singles = [request(PATH, body) for body in as_bodies(questions)]
    batches = [request(BATCH_PATH, body) for body in as_batches(questions, BATCH)]
    return [
        Contestant(
            EMPTY,
            "a Flask endpoint that does nothing, with the same bodies",
            _plain("benchmarks.serving.apps.empty:app", workers, _THREADS),
            singles,
        ),
        ours(singles, workers),
        ours(batches, workers, BATCHES, BATCH),
        # Without --preload, which hangs with TensorFlow, and with one thread: predict is not
        # made to be called by several.
        Contestant(
            KERAS,
            "the same network through model.predict in a Flask view",
            _plain("benchmarks.serving.apps.keras_predict:app", workers, 1),
            singles,
            {"NET_MODELS_DIR": str(models_folder()), "TF_CPP_MIN_LOG_LEVEL": "3"},
        ),
    ]


def _plain(app: str, workers: int, threads: int) -> list[str]:
    """Gunicorn's own worker with as many processes, threads and kept connections as ours."""
    options = {
        "config": os.devnull,
        "worker-class": "gthread",
        "workers": workers,
        "threads": threads,
        "keep-alive": 20,
        "timeout": 120,
    }
    preload = ["--preload"] if threads > 1 else []
    return [app, *preload, *(f"--{name}={value}" for name, value in options.items())]
