"""Measure what all web servers share, on one connection: the database and Redis."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Sequence

from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from benchmarks.serving.drawings import Question
from webapp.activity.presence import Worker, describe
from webapp.corrections.keeping import keep
from webapp.corrections.reading import parse_correction
from webapp.storage.database import Database
from webapp.storage.tables import now

_MOST = 10**8


def measure_database(
    url: str, questions: Sequence[Question], seconds: float
) -> tuple[float, float]:
    """Reports of web workers, and corrections, that are written in a second.

    Args:
        url: of a database that may be written to; its tables are made if need be.
        questions: drawings to correct.
        seconds: for each.

    Raises:
        DatabaseAwayError: it does not answer.
    """
    database = Database(url)
    database.prepare()
    worker_id, begun = secrets.token_hex(16), now()

    def report(number: int) -> None:
        with database.session() as session:
            describe(session, worker_id, Worker("host", number, "run", None, 1, begun, begun))

    def correct(number: int) -> None:
        question = questions[number % len(questions)]
        answer = {"text": "1", "verdict": "digit", "confidence": 0.9, "run": "a-run"}
        body = {"label": question.digit, "answer": answer, **question.drawing}
        keep(database, parse_correction(json.dumps(body).encode()), "en", _MOST)

    try:
        return _a_second(report, seconds), _a_second(correct, seconds)
    finally:
        database.close()


def measure_limits(url: str, seconds: float) -> float:
    """Bundles of a rate limit that a Redis hands out in a second, as each worker asks for them."""
    limiter = FixedWindowRateLimiter(storage_from_string(url))
    item = RateLimitItemPerMinute(10**9)

    def take(number: int) -> None:
        names = ("net-benchmark", str(number % 1000))
        limiter.test(item, *names, cost=150)
        limiter.test(item, *names, cost=150)
        limiter.hit(item, *names, cost=150)
        limiter.get_window_stats(item, *names)

    return _a_second(take, seconds)


def _a_second(action: Callable[[int], object], seconds: float) -> float:
    begun, number = time.perf_counter(), 0
    while (passed := time.perf_counter() - begun) < seconds:
        action(number)
        number += 1
    return number / passed
