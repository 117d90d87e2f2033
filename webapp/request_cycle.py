"""What happens before and after every request, in one order.

One function before and one after, for each of Flask's hooks has to find the request, the app and
the answer anew: nine of them took half of what a prediction costs beside its network.
"""

from __future__ import annotations

import time

from flask import Flask, Response
from werkzeug.wrappers import Response as AnyResponse

from webapp import request_log
from webapp.accounts.web import guard
from webapp.pages import delivery, languages
from webapp.telemetry import metrics
from webapp.tracked_request import current_request


def init_app(app: Flask) -> None:
    """Guard, complete, count and log every request of the app."""
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> AnyResponse | None:
    request = current_request()
    request_log.begin(request)
    return guard.check(request)


def _finish(response: Response) -> Response:
    request = current_request()
    guard.keep_nothing(request, response)
    languages.name_the_language(response)
    response = delivery.deliver(request, response)
    seconds = time.perf_counter() - request.started
    metrics.count(request, response, seconds)
    request_log.end(request, response, seconds)
    return response
