"""Whether the queue and the counters of limits answer where they are servers of their own."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.configuration import Configuration
from webapp.doctor.finding import Finding
from webapp.health.redis_server import is_redis, redis_trouble, without_password


def examine_queue(configuration: Configuration) -> Iterator[Finding]:
    """Look at what tells workers of jobs."""
    if configuration.queue_url:
        advice = "start it, and see NET_QUEUE_URL; until then jobs begin some seconds late"
        yield _redis("queue", configuration.queue_url, advice)
    else:
        file = configuration.instance_folder / "queue.db"
        yield Finding("queue", "good", f"{file}, for workers on this machine")


def examine_limits(configuration: Configuration) -> Iterator[Finding]:
    """Look at where failed sign-ins and the like are counted."""
    if is_redis(configuration.limits_url):
        advice = "start it, and see NET_LIMITS_URL; until then each worker counts for itself"
        yield _redis("limits", configuration.limits_url, advice)
    else:
        said = f"each of {configuration.workers} workers counts for itself"
        yield Finding("limits", "good", f"{said}; a Redis in NET_LIMITS_URL counts for all")


def _redis(part: str, url: str, advice: str) -> Finding:
    shown = without_password(url)
    if trouble := redis_trouble(url):
        return Finding(part, "bad", f"{shown} does not answer: {trouble}", advice)
    return Finding(part, "good", f"{shown} answers")
