"""What the app counts for Prometheus, summed over all workers, at /metrics.

Under gunicorn each worker writes its numbers to files in
``PROMETHEUS_MULTIPROC_DIR``, which gunicorn.conf.py sets up, and whichever
worker is asked adds them up. In a single process they stay in memory.

The same is counted for the admin's overview, which remembers it (:mod:`webapp.activity`).
"""

import os
import time

from flask import Blueprint, Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

from recognizer.prediction import Prediction
from webapp.activity.counted import what_counts
from webapp.services import services

REQUESTS = Counter("net_http_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "net_http_request_seconds",
    "Seconds from the start of a request to its answer.",
    ["route"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
PREDICTIONS = Counter("net_predictions", "Drawings and pictures answered.", ["verdict"])

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
def show_metrics() -> Response:
    """Every number, in the text format that Prometheus reads."""
    return Response(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def init_app(app: Flask) -> None:
    """Count every request of the app."""
    app.before_request(_begin)
    app.after_request(_count)


def count_prediction(prediction: Prediction) -> None:
    """Count one answered drawing or picture."""
    PREDICTIONS.labels(prediction.verdict).inc()
    g.prediction = prediction


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _begin() -> None:
    g.counted_from = time.perf_counter()


def _count(response: Response) -> Response:
    # The rule and not the path, known methods only: a stranger must not be able to add series.
    route = request.url_rule.rule if request.url_rule else "unknown"
    method = request.method if request.method in _METHODS else "other"
    REQUESTS.labels(method, route, response.status_code).inc()
    seconds = time.perf_counter() - g.counted_from
    SECONDS.labels(route).observe(seconds)
    counts = what_counts(route, response.status_code, seconds, g.pop("prediction", None))
    if counts:
        services().tally.add(counts)
    return response
