"""What /metrics tells of the state around the workers: jobs, disks, servers, the database.

These are looked at when somebody asks, beside the request, and belong to no worker; the counts of
the workers themselves are for :mod:`webapp.telemetry.metrics`.
"""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from webapp.health.database import DatabaseState
from webapp.health.dependencies import SERVERS, Dependencies
from webapp.health.probes import Probes
from webapp.jobs.figures import JobFigures

PATIENCE_SECONDS = 0.5  # for which a scrape waits; what is not known then comes with the next one


class DependencyCollector(Collector):
    """Makes Prometheus' gauges of what the probes have found."""

    def __init__(self, probes: Probes) -> None:
        """Tell what these know."""
        self._probes = probes

    def collect(self) -> Iterator[Metric]:
        """Every gauge."""
        dependencies = self._probes.dependencies.latest(PATIENCE_SECONDS)
        database = self._probes.database.latest(PATIENCE_SECONDS)
        yield _parts(dependencies, database)
        yield from _disks(dependencies)
        if database.jobs:
            yield from _jobs(database.jobs)


def _parts(dependencies: Dependencies, database: DatabaseState) -> Metric:
    metric = GaugeMetricFamily(
        "net_up", "Whether a part that the server leans on answers.", labels=["part"]
    )
    for check in dependencies.checks:
        if check.name in SERVERS:
            metric.add_metric([check.name], check.state == "good")
    if database.answers is not None:
        metric.add_metric(["database"], database.answers)
    return metric


def _disks(dependencies: Dependencies) -> Iterator[Metric]:
    free = GaugeMetricFamily(
        "net_disk_free_bytes", "Room left on the disk of a folder.", labels=["folder"]
    )
    total = GaugeMetricFamily("net_disk_bytes", "Size of the disk of a folder.", labels=["folder"])
    for name, disk in dependencies.disks.items():
        if disk:
            free.add_metric([name], disk.free)
            total.add_metric([name], disk.total)
    yield free
    yield total


def _jobs(figures: JobFigures) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("net_jobs", "Jobs in the book.", labels=["queue", "state"])
    for (queue, state), count in figures.jobs.items():
        jobs.add_metric([queue, state], count)
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
