"""A models folder with small runs of which one is served, and people in front of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from apiflask import APIFlask

from recognizer.runs.pointer import activate
from tests.run_details import change_details
from tests.trainer.small_runs import network, write_run
from tests.webapp.admin.conftest import MakeApp, SignedInClient, signed_in
from trainer.release.activation import activate_run
from trainer.release.gate import Gate

PASSED = Gate("parameters", 7850, 1_000_000, True, "the network has 7,850 parameters", "parameters")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """``first`` was served, ``second`` is, ``third`` could be; ``running`` is still trained."""
    folder = tmp_path / "models"
    weights = np.random.default_rng(1).normal(size=(784, 10)).astype(np.float32)
    for place, name in enumerate(["first", "second", "third", "running"]):
        write_run(folder, name, network(weights, forgets=[place]))
    change_details(folder / "running", status="running")
    activate(folder, "first")
    activate_run(folder, "second", [PASSED], by="lan")
    return folder


@pytest.fixture
def app(admin_app: MakeApp, models: Path) -> APIFlask:
    return admin_app(models)


@pytest.fixture
def operator(app: APIFlask) -> SignedInClient:
    return signed_in(app, "operator")


@pytest.fixture
def viewer(app: APIFlask) -> SignedInClient:
    return signed_in(app, "viewer")
