"""An app over a models folder that tests fill, and people who look at it."""

from __future__ import annotations

from pathlib import Path

import pytest
from apiflask import APIFlask

from tests.webapp.admin.conftest import MakeApp


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """The models folder of the fixture ``app``, empty at first."""
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


@pytest.fixture
def app(admin_app: MakeApp, models: Path) -> APIFlask:
    return admin_app()
