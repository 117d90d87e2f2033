"""A store, a machine that trains, and one that only serves."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.s3_server import S3Server, running_s3_server
from tests.trainer.small_runs import network, write_run
from trainer.release.store.run_store import RunStore

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with running_s3_server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def store(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> RunStore:
    """An empty one."""
    for name, value in s3_server.environment.items():
        monkeypatch.setenv(name, value)
    return RunStore(f"{s3_server.address}-{next(_numbers)}")


@pytest.fixture
def workshop(tmp_path: Path, weights: NDArray[np.float32]) -> Path:
    """The models folder of a machine that has trained three runs."""
    for name in ("A", "B", "C"):
        write_run(tmp_path / "workshop", name, network(weights))
    return tmp_path / "workshop"


@pytest.fixture
def counter(tmp_path: Path) -> Path:
    """The models folder of a machine that only serves; empty."""
    (tmp_path / "counter").mkdir()
    return tmp_path / "counter"
