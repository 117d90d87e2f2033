"""What /metrics tells where everything that can be told is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import EmptyRegistry, FakeRecognizer
from webapp import create_app
from webapp.telemetry import state


@pytest.fixture
def bare_metrics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """/metrics of an app whose database is in use."""
    monkeypatch.setattr(state, "PATIENCE_SECONDS", 60)
    settings = {"TESTING": True, "NET_INSTANCE_DIR": tmp_path, "NET_MODELS_DIR": tmp_path}
    app = create_app(settings, registry=EmptyRegistry(), recognizer=FakeRecognizer())
    database = app.extensions["net"].database
    database.prepare()
    text = FlaskClient(app).get("/metrics").text
    database.close()
    return text
