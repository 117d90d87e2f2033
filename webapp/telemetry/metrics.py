"""What the app counts for Prometheus, summed over all workers, at /metrics.

Under gunicorn each worker writes its numbers to files in
``PROMETHEUS_MULTIPROC_DIR``, which gunicorn.conf.py sets up, and whichever
worker is asked adds them up. In a single process they stay in memory.

The same is counted for the admin's overview, which remembers it (:mod:`webapp.activity`).
docs/observability.md says what each number means; a test keeps the two together.
"""

import os
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.registry import Collector

from recognizer.errors import RecognizerError
from recognizer.file_lock import locked
from webapp.activity.counted import EXPLAINED, VERDICTS, what_counts
from webapp.activity.scales import CONFIDENCE_STEPS
from webapp.health.probes import probes
from webapp.services import Services, services
from webapp.telemetry.adding import Steps, add_all, number_of
from webapp.telemetry.state import DependencyCollector
from webapp.telemetry.worker_state import ServedRunsOnly, tell
from webapp.tracked_request import TrackedRequest

STAGES = ("parse", "recognise", "serialise")

REQUESTS = Counter("net_http_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "net_http_request_seconds",
    "Seconds from the start of a request to its answer.",
    ["route"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
PREDICTIONS = Counter("net_predictions", "Drawings and pictures answered.", ["verdict"])
EXPLANATIONS = Counter("net_explanations", "Explanations of answers given.")
CONFIDENCES = Histogram(
    "net_prediction_confidence",
    "Calibrated confidence of the answers that have one.",
    buckets=(*CONFIDENCE_STEPS[1:], 1.0),
)
STAGE_SECONDS = Histogram(
    "net_prediction_stage_seconds",
    "Seconds that one stage of a prediction took.",
    ["kind", "stage"],
    buckets=(0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5),
)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_UNSURE_OF_NOTHING = frozenset({"blank", "not_a_digit"})  # their confidence is about no digit

for _verdict in VERDICTS:  # a series that begins at its first increase hides that increase
    PREDICTIONS.labels(_verdict)

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
def show_metrics() -> Response:
    """Every number, in the text format that Prometheus reads."""
    _tell_of_this_worker(services())
    registry = CollectorRegistry()
    registry.register(DependencyCollector(probes()))
    text = _counts() + generate_latest(registry)
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def count(request: TrackedRequest, response: Response, seconds: float) -> None:
    """Count a request, its stages and its predictions, for Prometheus and for the overview.

    Args:
        request: that was answered.
        response: its answer.
        seconds: that it took.
    """
    # The rule and not the path, known methods only: a stranger must not be able to add series.
    route = request.url_rule.rule if request.url_rule else "unknown"
    method = request.method if request.method in _METHODS else "other"
    status = response.status_code
    amounts = [(_requests(method, route, status), 1.0), *_seconds(route).amounts(seconds)]
    for kind, stage, spent in request.stages:
        amounts += _stage_seconds(kind, stage).amounts(spent)
    for prediction in request.predictions:
        amounts.append((_predictions(prediction.verdict), 1.0))
        if prediction.verdict not in _UNSURE_OF_NOTHING:
            amounts += _confidences().amounts(prediction.confidence)
    if request.has_explained:
        amounts.append((number_of(EXPLANATIONS), 1.0))
    add_all(amounts)
    predictions = request.predictions or (None,)
    each = seconds / len(predictions)
    names = [name for one in predictions for name in what_counts(route, status, each, one)]
    if request.has_explained:
        names.append(EXPLAINED)
    if names:
        services().counters.add(names)


def count_refusal(status: int) -> None:
    """Count an answer to something that never became a request."""
    add_all([(_requests("other", "unknown", status), 1.0)])


class stage:  # noqa: N801 - reads as the function that it is used as
    """Times one stage of a prediction, also one that fails: ``with stage(request, kind, name): …``.

    A class and no generator: it is entered three times for each drawing.
    """

    __slots__ = ("_begun", "_kind", "_name", "_request")

    def __init__(self, request: TrackedRequest, kind: str, name: str) -> None:
        """``kind``: ``drawing``, ``batch``, ``picture`` or ``explanation``; ``name``: a stage."""
        self._request = request
        self._kind = kind
        self._name = name

    def __enter__(self) -> None:
        self._begun = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        spent = time.perf_counter() - self._begun
        self._request.stages.append((self._kind, self._name, spent))


# Finding a series by its labels takes as long as counting; the labels are few.
@lru_cache(maxsize=1024)
def _requests(method: str, route: str, status: int) -> Any:
    return number_of(REQUESTS.labels(method, route, status))


@lru_cache(maxsize=16)
def _predictions(verdict: str) -> Any:
    return number_of(PREDICTIONS.labels(verdict))


@lru_cache(maxsize=1024)
def _seconds(route: str) -> Steps:
    return Steps(SECONDS.labels(route))


@lru_cache(maxsize=64)
def _stage_seconds(kind: str, name: str) -> Steps:
    return Steps(STAGE_SECONDS.labels(kind, name))


@lru_cache(maxsize=1)
def _confidences() -> Steps:
    return Steps(CONFIDENCES)


def _counts() -> bytes:
    """Write what this process has counted or, under gunicorn, all workers together."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder is None:
        return _text_of(REGISTRY)
    with locked(Path(folder), shared=True):
        return _text_of(multiprocess.MultiProcessCollector(None))  # type: ignore[no-untyped-call]


def _text_of(collector: Collector) -> bytes:
    registry = CollectorRegistry()
    registry.register(ServedRunsOnly(collector))
    return generate_latest(registry)


def _tell_of_this_worker(parts: Services) -> None:
    """Say again which run this process serves: without gunicorn nobody else does."""
    try:
        run: str | None = parts.registry.current().name
    except RecognizerError:
        run = None
    tell(run, parts.registry.last_error, None)
