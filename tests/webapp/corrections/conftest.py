"""An app that takes corrections, and what is sent to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.webapp.admin.conftest import SignedInClient, admin_app, signed_in
from webapp.corrections.finding import Filter, walk
from webapp.corrections.tables import Correction

__all__ = ["admin_app"]  # a fixture; without a models folder it has no run

ADDRESS = "/api/v1/corrections"
SEVEN = [
    {
        "x": [52, 80, 110, 140, 170, 198, 190, 178, 166, 154, 143, 133, 124, 117],
        "y": [60, 58, 57, 57, 58, 60, 82, 108, 134, 160, 186, 212, 238, 264],
    }
]
ANSWER = {"text": "1", "verdict": "digit", "confidence": 0.93, "run": "20261120T231500Z-ink"}

TRAINED_ON = datetime(2026, 11, 30, 9, 15, tzinfo=timezone.utc)
HELD_OUT = datetime(2026, 11, 30, 5, 59, 59, tzinfo=timezone.utc)

Correct = Callable[..., dict[str, Any]]
Arrive = Callable[[datetime], None]


def correction(**changes: Any) -> dict[str, Any]:
    """The body of a correction: a 7 that was read as a 1."""
    return {"label": "7", "strokes": SEVEN, "answer": ANSWER, **changes}


def kept(app: APIFlask) -> list[Correction]:
    """Every correction that an app keeps."""
    return list(walk(app.extensions["net"].database, Filter()))


@pytest.fixture(autouse=True)
def arrive(monkeypatch: pytest.MonkeyPatch) -> Arrive:
    """Sets the hour in which corrections arrive; at first one that is not held out."""

    def at(moment: datetime) -> None:
        ticks = count()
        monkeypatch.setattr(
            "webapp.corrections.keeping.now",
            lambda: moment + timedelta(microseconds=next(ticks)),
        )

    at(TRAINED_ON)
    return at


@pytest.fixture
def app(admin_app: Callable[..., APIFlask]) -> APIFlask:
    return admin_app(NET_CORRECTIONS_A_MINUTE=10_000)


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    """Of a stranger."""
    return FlaskClient(app)


@pytest.fixture
def operator_client(app: APIFlask) -> SignedInClient:
    return signed_in(app, "operator")


@pytest.fixture
def viewer_client(app: APIFlask) -> SignedInClient:
    return signed_in(app, "viewer")


@pytest.fixture
def correct(client: FlaskClient) -> Correct:
    """Sends corrections: ``correct(label="7")`` returns the id and the token."""

    def send(**changes: Any) -> dict[str, Any]:
        answer = client.post(ADDRESS, json=correction(**changes))
        assert answer.status_code == 201, answer.json
        kept: dict[str, Any] = answer.json
        return kept

    return send
