"""What counting and logging cost a drawing, beside the whole of its request.

Run as ``python -m benchmarks.counting``.  In one process, as in a gunicorn worker (numbers in files
that other processes can read): the request of a drawing as the app answers it, and by themselves
what it counts and the line it logs, in turn and the fastest round of each.  Printed are
microseconds, and the share of the request.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apiflask import APIFlask

ROUNDS = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=1000, help="of each in a round")
    times = parser.parse_args().times
    with (
        tempfile.TemporaryDirectory() as folder,
        open(os.devnull, "w") as nowhere,
        redirect_stderr(nowhere),
    ):
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # read when prometheus_client is imported
        app = _app(Path(folder))
        work = {"request": _request(app), "counting": _counting(app), "log line": _log_line(app)}
        fastest = dict.fromkeys(work, float("inf"))
        for _ in range(ROUNDS):
            for name, action in work.items():
                fastest[name] = min(fastest[name], _seconds(action, times))
    for name, seconds in fastest.items():
        share = seconds / fastest["request"]
        print(f"{name:<10} {seconds * 1e6:8.1f} µs {share:8.3f} of a request")


def _app(folder: Path) -> APIFlask:
    from webapp import create_app

    return create_app({"NET_INSTANCE_DIR": folder / "instance", "NET_LOG_FORMAT": "json"})


def _request(app: APIFlask) -> Callable[[], object]:
    from recognizer.known_drawings import SEVEN

    client = app.test_client()
    return lambda: client.post(
        "/api/v1/predictions", data=SEVEN.document, content_type="application/json"
    )


def _counting(app: APIFlask) -> Callable[[], object]:
    """What one request counts, with the prediction's own numbers."""
    from recognizer.known_drawings import SEVEN
    from webapp.telemetry import metrics
    from webapp.tracked_request import current_request

    context = app.test_request_context("/api/v1/predictions", method="POST")
    context.push()
    request = current_request()
    response = app.make_response("")
    prediction = app.extensions["net"].recognizer.recognize(SEVEN.drawing)

    def count() -> None:
        request.stages.clear()
        for name in metrics.STAGES:
            with metrics.stage(request, "drawing", name):
                pass
        request.predictions = (prediction,)
        metrics.count(request, response, 0.0007)

    return count


def _log_line(app: APIFlask) -> Callable[[], object]:
    """The line of one request."""
    from webapp import request_log
    from webapp.tracked_request import current_request

    context = app.test_request_context("/api/v1/predictions", method="POST")
    context.push()
    request = current_request()
    request.facts.update(request_id="0f3c5a", run="a-run", verdict="digit")
    response = app.make_response("")
    return lambda: request_log.end(request, response, 0.00071)


def _seconds(action: Callable[[], object], times: int) -> float:
    begun = time.perf_counter()
    for _ in range(times):
        action()
    return (time.perf_counter() - begun) / times


if __name__ == "__main__":
    main()
