"""Flask-Limiter, which counts what few ask for: attempts to sign in, and corrections.

Without ``NET_LIMITS_URL`` each worker counts for itself. A Redis that is away never keeps
anybody out: each worker counts for itself until it is back.
"""

from __future__ import annotations

import time

from flask import Flask, Response, request
from flask_limiter import Limiter

from webapp.configuration import Configuration
from webapp.limiting import monotonic_storage
from webapp.limiting.addresses import client_address, network_of

SHORTEST_WAIT_SECONDS = 1

# These have webapp.limiting.rate_limit; looking for limits would take longer than their log line.
_WITHOUT = frozenset(
    {
        "predictions.create_prediction",
        "batches.create_predictions",
        "pictures.create_picture_prediction",
        "explanations.create_explanation",
        "explanations.create_picture_explanation",
    }
)
_REDIS_OPTIONS: dict[str, str | int] = {"socket_connect_timeout": 1, "socket_timeout": 1}


def visitor() -> str:
    """Name whom a request is counted for: an address, or the network of one customer."""
    return network_of(client_address())


limiter = Limiter(
    key_func=visitor,
    key_prefix="net",
    in_memory_fallback_enabled=True,
    swallow_errors=True,
    headers_enabled=False,
    fail_on_first_breach=False,  # the longest wait is told, and not one after the other
)


def init_app(app: Flask, configuration: Configuration) -> None:
    """Count in the storage that the settings name."""
    scheme = configuration.limits_url.partition(":")[0]
    in_memory = f"{monotonic_storage.SCHEME}://"
    app.config["RATELIMIT_STORAGE_URI"] = (
        in_memory if scheme == "memory" else configuration.limits_url
    )
    if "redis" in scheme:
        app.config["RATELIMIT_STORAGE_OPTIONS"] = _REDIS_OPTIONS
    limiter.init_app(app)
    # All limits are decorators, which ask by themselves.  The hook before each request would look
    # for further ones, and the one at its end wipes what ends with the request anyway.
    app.before_request_funcs[None].pop()
    app.teardown_request_funcs[None].pop()
    deduct = app.after_request_funcs[None].pop()

    def deduct_where_limited(response: Response) -> Response:
        return response if request.endpoint in _WITHOUT else deduct(response)  # type: ignore[return-value]

    app.after_request(deduct_where_limited)


def seconds_to_wait() -> int:
    """Count the seconds until all limits are over that the present request has exceeded."""
    exceeded = [limit for limit in limiter.current_limits if limit.breached]
    waits = [min(int(one.reset_at - time.time()) + 1, one.limit.get_expiry()) for one in exceeded]
    return max([SHORTEST_WAIT_SECONDS, *waits])
