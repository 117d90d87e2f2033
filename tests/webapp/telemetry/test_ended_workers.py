from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest, multiprocess

from webapp.telemetry.ended_workers import roll_up

COUNTING = """
import os, sys
from prometheus_client import Counter, Gauge, Histogram
counts = Counter("requests", "x", ["route"])
for route in sys.argv[1:]:
    counts.labels(route).inc()
Histogram("seconds", "x", buckets=(1, 2)).observe(1.5)
Gauge("alive", "x", multiprocess_mode="livesum").set(1)
print(os.getpid())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def _worker(folder: Path, *routes: str) -> int:
    """A process that has counted and ended; its number."""
    answer = subprocess.run(
        [sys.executable, "-c", COUNTING, *routes],
        env={"PROMETHEUS_MULTIPROC_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(answer.stdout)


def _read(folder: Path) -> dict[str, float]:
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    lines = generate_latest(registry).decode().splitlines()
    pairs = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
    return {series: float(value) for series, value in pairs}


def test_what_ended_workers_counted_stays_and_their_files_go(folder: Path) -> None:
    workers = [_worker(folder, "a", "b"), _worker(folder, "a"), _worker(folder)]
    before = _read(folder)

    for pid in workers:
        roll_up(folder, pid)

    after = _read(folder)
    assert before.pop("alive") == 3
    assert "alive" not in after
    assert after == before
    assert after['requests_total{route="a"}'] == 2
    assert after['seconds_bucket{le="1.0"}'] == 0
    assert after['seconds_bucket{le="+Inf"}'] == after["seconds_count"] == 3
    left = {path.name for path in folder.glob("*.db")}
    assert left == {"counter_ended.db", "histogram_ended.db"}


def test_a_living_worker_goes_on_counting_beside_the_sum(folder: Path) -> None:
    roll_up(folder, _worker(folder, "a"))

    _worker(folder, "a")

    assert _read(folder)['requests_total{route="a"}'] == 2
    assert _read(folder)["alive"] == 1


def test_a_worker_that_counted_nothing_changes_nothing(folder: Path) -> None:
    roll_up(folder, 4711)

    assert _read(folder) == {}
