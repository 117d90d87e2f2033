"""Real studies, small enough for a test, in files and in a PostgreSQL."""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask

from tests import made_once
from tests.trainer.search.searches import Settings, train
from tests.webapp.admin.conftest import MakeApp
from tests.webapp.admin.trainer_here import trainer_here
from tests.webapp.admin.waiting import PATIENCE
from trainer.recipes import find_recipe
from trainer.runs.training_log import EpochResult
from trainer.search.plan import Plan
from trainer.search.space import search_space
from trainer.search.stopping import Stop
from trainer.search.storage import Storage
from trainer.search.studies import join_study
from trainer.search.worker import Worker
from webapp.admin.studies.places import study_places
from webapp.admin.studies.study import look_at_study
from webapp.configuration import Configuration

FIXED = {"epochs": 3, "batch_size": 64, "depth": 1, "filters": 16, "kernel_size": 3, "units": 64}
Search = Callable[..., None]


def conv_tuned_plan() -> Plan:
    """A search of two settings of a recipe that there is."""
    settings: Any = find_recipe("conv-tuned").Settings(**FIXED)
    return Plan("conv-tuned", settings, search_space(settings, FIXED), {"mnist": "abc"})


def learn(settings: Any, on_epoch: Callable[[EpochResult], None]) -> EpochResult:
    """No training at all: the best dropout is 0.3, whatever the learning rate."""
    width = round(16 + 100 * (settings.dropout - 0.3))
    return train(Settings(epochs=settings.epochs, width=width), on_epoch)


def search(storage: Storage, trials: int, name: str = "first", **options: Any) -> None:
    """Bring a study to so many trials."""
    plan = conv_tuned_plan()
    study = join_study(storage, name, plan, options.pop("pruner", "none"))
    worker = Worker(
        study, storage, plan, options.pop("training", learn), Stop(),
        say=lambda line: None, after_trial=lambda: None,
    )  # fmt: skip
    worker.work(trials, math.inf)
    storage.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of the studies in files; empty."""
    return tmp_path / "studies"


@pytest.fixture
def search_in_file(folder: Path) -> Search:
    """Brings a study in a file to so many trials: ``search_in_file(3, "name")``."""

    def run(trials: int, name: str = "first", **options: Any) -> None:
        search(Storage.in_file(folder / name / "study.db"), trials, name, **options)

    return run


@pytest.fixture
def app(admin_app: MakeApp, folder: Path) -> APIFlask:
    """An app that knows the folder."""
    return admin_app(NET_STUDIES_DIR=folder)


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of six trials in ``studies``, and what the trainer says about it in ``instance``."""
    return made_once.fill_once(tmp_path_factory, "searched", _search_and_ask)


def _search_and_ask(folder: Path) -> None:
    search(Storage.in_file(folder / "studies" / "first" / "study.db"), 6)
    configuration = Configuration(
        instance_folder=folder / "instance", studies_folder=folder / "studies"
    )
    (place,) = study_places(configuration)
    deadline = time.monotonic() + PATIENCE
    with trainer_here():
        while (study := look_at_study(place, "first").study) is None or study.importance is None:
            assert time.monotonic() < deadline
            time.sleep(0.3)


@pytest.fixture
def searched_app(app: APIFlask, folder: Path, searched: Path, tmp_path: Path) -> APIFlask:
    """An app that has looked at the study "first" of six trials already."""
    shutil.copytree(searched / "studies", folder)
    shutil.copytree(searched / "instance" / "studies", tmp_path / "instance" / "studies")
    return app
