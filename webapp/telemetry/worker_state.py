"""What each worker says of itself to Prometheus: that it lives, which run it serves, its memory.

The gauges of a worker that ends vanish with it (gunicorn.conf.py), so the sums over all are right.
"""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import Gauge, Metric
from prometheus_client.registry import Collector

WORKERS = Gauge("net_workers", "Processes that answer requests.", multiprocess_mode="livesum")
SERVED = Gauge(
    "net_served_run", "Workers that serve this run.", ["run"], multiprocess_mode="livesum"
)
BEHIND = Gauge(
    "net_workers_behind",
    "Workers that could not load the run that models/current names.",
    multiprocess_mode="livesum",
)
MEMORY = Gauge("net_workers_memory_bytes", "Memory of all workers.", multiprocess_mode="livesum")

_SERVED = "net_served_run"
_known: set[str] = set()  # runs that this process, or the one it was forked off, has served


def tell(run: str | None, problem: str | None, memory_bytes: int | None) -> None:
    """Say how this process is.

    Args:
        run: the name of the run it serves; None while it has none.
        problem: why the run that ``current`` names is not the one it serves, if so.
        memory_bytes: what it takes; None where that is not known.
    """
    WORKERS.set(1)
    BEHIND.set(problem is not None)
    if memory_bytes is not None:
        MEMORY.set(memory_bytes)
    if run is not None:
        _known.add(run)
    for name in tuple(_known):
        SERVED.labels(name).set(name == run)


class ServedRunsOnly(Collector):
    """Passes on what another collector has, without the runs that nobody serves any more."""

    def __init__(self, collector: Collector) -> None:
        """Pass on what ``collector`` tells."""
        self._collector = collector

    def collect(self) -> Iterator[Metric]:
        """Every metric."""
        for metric in self._collector.collect():
            if metric.name == _SERVED:
                metric.samples = [sample for sample in metric.samples if sample.value]
            yield metric
