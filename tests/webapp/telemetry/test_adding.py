"""Numbers added to at once are those that prometheus_client itself would have counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, Histogram

from webapp.telemetry.adding import Steps, add_all

BOUNDS = (0.5, 1.0, 2.5)
COUNTING = """
import json, os, sys, threading
from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess
from webapp.telemetry.adding import Steps, add_all, number_of

COUNTS = Counter("counts", "Some.", ["who"])
STEPS = Histogram("steps", "Some.", buckets=(1, 2))
LATER = Counter("later", "Makes the file longer.", ["name"])

def count(who, times):
    number, steps = number_of(COUNTS.labels(who)), Steps(STEPS)
    for _ in range(times):
        add_all([(number, 1.0), *steps.amounts(1.5)])

def in_threads(who, times):
    threads = [threading.Thread(target=count, args=(who, times)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for name in range(3000):
        LATER.labels(str(name)).inc()
    for thread in threads:
        thread.join()

count("parent", 3)
if os.fork() == 0:
    count("parent", 5)
    in_threads("child", 500)
    os.kill(os.getpid(), 9)
os.wait()
count("parent", 4)
registry = CollectorRegistry()
multiprocess.MultiProcessCollector(registry)
names = [("counts_total", {"who": "parent"}), ("counts_total", {"who": "child"}),
         ("steps_count", {}), ("steps_sum", {}), ("steps_bucket", {"le": "1.0"}),
         ("steps_bucket", {"le": "2.0"}), ("later_total", {"name": "2999"})]
print(json.dumps([registry.get_sample_value(*name) for name in names]))
"""


@given(st.lists(st.sampled_from([0.0, 0.4, 0.5, 0.6, 1.0, 2.5, 2.6, 1e9])))
def test_a_step_is_the_one_that_observing_takes(observed: list[float]) -> None:
    ours, theirs = (
        Histogram("some", "Some.", buckets=BOUNDS, registry=CollectorRegistry()) for _ in range(2)
    )

    for one in observed:
        add_all(Steps(ours).amounts(one))
        theirs.observe(one)

    assert _values(ours) == _values(theirs)


def _values(histogram: Histogram) -> list[Any]:
    samples = next(iter(histogram.collect())).samples
    return [(one.name, one.labels, one.value) for one in samples if "created" not in one.name]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_nothing_is_lost_by_threads_forks_kills_and_files_that_grow(tmp_path: Path) -> None:
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", COUNTING],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == [12, 2000, 2012, 2012 * 1.5, 0, 2012, 1]
