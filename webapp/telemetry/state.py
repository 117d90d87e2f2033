"""What /metrics tells of the state around the workers: jobs, disks, servers, the database.

These are looked at when somebody asks, beside the request, and belong to no worker; the counts of
the workers themselves are for :mod:`webapp.telemetry.metrics`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from webapp.configuration import Configuration
from webapp.health.background_probe import BackgroundProbe
from webapp.health.dependencies import LOOK_SECONDS, Dependencies
from webapp.jobs.figures import JobFigures, count_jobs
from webapp.storage.database import Database, DatabaseAwayError

PATIENCE_SECONDS = 0.5  # for which a scrape waits; what is not known then comes with the next one


@dataclass(frozen=True)
class DatabaseState:
    """Whether the database answered, and what it said of jobs; None before anybody used it."""

    answers: bool | None = None
    jobs: JobFigures | None = None


class DependencyCollector(Collector):
    """Makes Prometheus' gauges of what two lookouts have found."""

    def __init__(
        self, surroundings: BackgroundProbe[Dependencies], database: BackgroundProbe[DatabaseState]
    ) -> None:
        """Tell what these know."""
        self._surroundings = surroundings
        self._database = database

    def collect(self) -> Iterator[Metric]:
        """Every gauge."""
        surroundings = self._surroundings.latest(PATIENCE_SECONDS)
        database = self._database.latest(PATIENCE_SECONDS)
        yield _parts(surroundings, database)
        yield from _disks(surroundings)
        if database.jobs:
            yield from _jobs(database.jobs)


def watch_database(
    database: Database, configuration: Configuration
) -> BackgroundProbe[DatabaseState]:
    """A lookout that asks the database about jobs, once anything else has used it."""
    lease = timedelta(seconds=configuration.worker_lease_seconds)

    def look() -> DatabaseState:
        if not database.is_in_use:
            return DatabaseState()
        try:
            with database.reading() as session:
                return DatabaseState(True, count_jobs(session, lease))
        except DatabaseAwayError:
            return DatabaseState(False)

    return BackgroundProbe(look, DatabaseState(), LOOK_SECONDS)


def _parts(surroundings: Dependencies, database: DatabaseState) -> Metric:
    metric = GaugeMetricFamily(
        "net_up", "Whether a part that the server leans on answers.", labels=["part"]
    )
    for name, trouble in surroundings.servers.items():
        metric.add_metric([name], trouble is None)
    if database.answers is not None:
        metric.add_metric(["database"], database.answers)
    return metric


def _disks(surroundings: Dependencies) -> Iterator[Metric]:
    free = GaugeMetricFamily(
        "net_disk_free_bytes", "Room left on the disk of a folder.", labels=["folder"]
    )
    total = GaugeMetricFamily("net_disk_bytes", "Size of the disk of a folder.", labels=["folder"])
    for name, disk in surroundings.disks.items():
        if disk:
            free.add_metric([name], disk.free)
            total.add_metric([name], disk.total)
    yield free
    yield total


def _jobs(figures: JobFigures) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("net_jobs", "Jobs in the book.", labels=["lane", "state"])
    for (lane, state), count in figures.jobs.items():
        jobs.add_metric([lane, state], count)
    yield jobs
    yield GaugeMetricFamily(
        "net_oldest_queued_job_seconds",
        "For how long the job has waited that has waited longest.",
        value=figures.oldest_queued_seconds,
    )
    workers = GaugeMetricFamily("net_job_workers", "Workers of jobs.", labels=["can_train"])
    for can_train, count in figures.workers.items():
        workers.add_metric(["yes" if can_train else "no"], count)
    yield workers
