"""A small but complete data folder, looked at once, and apps that show it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from apiflask import APIFlask

from tests.trainer.conftest import data_folder  # noqa: F401  # 400 + 100 pictures, 245 drawings
from tests.webapp.admin.conftest import MakeApp, signed_in
from tests.webapp.admin.trainer_here import trainer_here
from tests.webapp.admin.waiting import wait_until

SHOWN = 'id="set-1"'


@pytest.fixture(scope="session")
def kept_survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the survey of ``data_folder`` is put when a test has waited for it."""
    return tmp_path_factory.mktemp("kept") / "data-survey"


@pytest.fixture
def surveyed_app(
    admin_app: MakeApp,
    data_folder: Path,  # noqa: F811
    kept_survey: Path,
    tmp_path: Path,
) -> APIFlask:
    """An app that knows ``data_folder``; the first test that wants one waits for the trainer."""
    instance = tmp_path / "instance"
    app = admin_app(NET_DATA_DIR=data_folder)
    if kept_survey.exists():
        shutil.copytree(kept_survey, instance / "data-survey")
    else:
        with trainer_here():
            wait_until(lambda: signed_in(app, "viewer").get("/admin/data"), SHOWN)
        shutil.copytree(instance / "data-survey", kept_survey)
    return app


@pytest.fixture
def app_with(admin_app: MakeApp, tmp_path: Path) -> Callable[..., APIFlask]:
    """Makes an app whose data folder holds these files: ``app_with(**{"mine.jsonl": text})``."""

    def make(**files: str) -> APIFlask:
        folder = tmp_path / "data"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_text(content, "utf-8")
        return admin_app(NET_DATA_DIR=folder)

    return make
