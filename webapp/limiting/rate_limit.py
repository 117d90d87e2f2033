"""How many predictions one client may ask for in a minute.

Flask-Limiter's storage counts, in each worker or in a Redis for all of them.  Asking it for every
prediction would take longer than the rest of the request (a Redis is another server), so
predictions are taken from it by the bundle, a two-hundredth of a minute's, and most requests look
into a dictionary.  A client who asks several workers may thus be stopped a few bundles early; where
the limit is under 400, a bundle is one prediction.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import structlog
from flask import Flask, Request, current_app
from limits import RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter, RateLimiter

from webapp.errors import RateLimitExceededError
from webapp.limiting.addresses import client_address, network_of
from webapp.limiting.limiter import limiter
from webapp.limiting.monotonic_storage import MonotonicStorage

PICTURE_COST = 10  # drawings; about what reading one takes
MOST_CLIENTS = 10_000  # whose bundles are remembered
STORAGE_RETRY_SECONDS = 5.0

_BUNDLES_A_MINUTE = 200
_NAMES = ("net", "predictions")
_KEY = "net_prediction_rate_limit"
_log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Give the app a limit for each client, as its settings say."""
    app.extensions[_KEY] = PredictionRateLimit(
        app.extensions["net"].configuration.predictions_a_minute
    )


def consume(request: Request, cost: int = 1) -> None:
    """Let the client of a request have so many predictions.

    Args:
        request: that asks for them.
        cost: how many; a picture costs ``PICTURE_COST``.

    Raises:
        RateLimitExceededError: it has had too many in this minute.
    """
    limit: PredictionRateLimit = current_app.extensions[_KEY]
    if limit.is_limited:
        limit.consume(network_of(client_address(request)), cost)


@dataclass
class _Bundle:
    """Holds what a client has left of what was taken for it, and until when."""

    left: int
    ends_at: float  # on the clock of time.monotonic, which nobody sets back
    is_last: bool = False


class PredictionRateLimit:
    """Allows each client the same number of predictions a minute."""

    def __init__(self, a_minute: int) -> None:
        """Allow so many; 0 is no limit."""
        self._item = RateLimitItemPerMinute(max(1, a_minute))
        self._size = max(1, a_minute // _BUNDLES_A_MINUTE)
        self._bundles: dict[str, _Bundle] = {}
        self._alone = FixedWindowRateLimiter(MonotonicStorage())
        self._ask_storage_at = 0.0
        self.is_limited = a_minute > 0

    def consume(self, client: str, cost: int) -> None:
        """Take ``cost`` from what a client has left; raises RateLimitExceededError."""
        bundle = self._bundles.get(client)
        now = time.monotonic()
        if bundle is None or now >= bundle.ends_at:
            bundle = self._bundles[client] = self._take(client, cost, now)
        elif bundle.left < cost and not bundle.is_last:
            more = self._take(client, cost, now)
            more.left += bundle.left
            bundle = self._bundles[client] = more
        if bundle.left < cost:
            raise RateLimitExceededError(max(1, math.ceil(bundle.ends_at - now)))
        bundle.left -= cost

    def _take(self, client: str, cost: int, now: float) -> _Bundle:
        """Get a bundle from the storage, or from our own where that does not answer."""
        if len(self._bundles) >= MOST_CLIENTS:
            self._bundles.clear()
        if now >= self._ask_storage_at:
            try:
                storage = FixedWindowRateLimiter(limiter.storage)
                return self._take_from(storage, client, cost, now)
            except Exception as error:  # of whatever storage it is
                _log.warning("the counters of limits do not answer", reason=type(error).__name__)
                self._ask_storage_at = now + STORAGE_RETRY_SECONDS
        return self._take_from(self._alone, client, cost, now)

    def _take_from(self, storage: RateLimiter, client: str, cost: int, now: float) -> _Bundle:
        names = (*_NAMES, client)
        wanted = max(cost, self._size)
        if not storage.test(self._item, *names, cost=wanted):
            wanted = cost
        has_got = storage.test(self._item, *names, cost=wanted) and storage.hit(
            self._item, *names, cost=wanted
        )
        seconds = storage.get_window_stats(self._item, *names).reset_time - time.time()
        ends_at = now + min(max(seconds, 0.0), self._item.get_expiry())
        return _Bundle(wanted if has_got else 0, ends_at, is_last=not has_got)
