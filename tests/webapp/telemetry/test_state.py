from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.webapp.admin.conftest import MakeApp, admin_app
from webapp.jobs.claims import enrol
from webapp.jobs.tables import FAILED, QUEUED, Job, Worker
from webapp.services import Services
from webapp.storage.clock import database_time
from webapp.telemetry import state

__all__ = ["admin_app"]


@pytest.fixture
def read(admin_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, float]]:
    """Reads every series of an app's /metrics; waits for what is looked at beside."""
    monkeypatch.setattr(state, "PATIENCE_SECONDS", 60)

    def read(app: APIFlask) -> dict[str, float]:
        text = FlaskClient(app).get("/metrics").text
        found = re.findall(r"^(net_\S+) (\S+)$", text, re.MULTILINE)
        return {series: float(value) for series, value in found}

    return read


def _parts(app: APIFlask) -> Services:
    parts: Services = app.extensions["net"]
    return parts


def test_jobs_are_counted_by_lane_and_state_with_the_workers_for_them(
    admin_app: MakeApp, read: Callable[..., dict[str, float]]
) -> None:
    app = admin_app()
    with _parts(app).database.session() as session:
        common = {"kind": "train", "arguments": {}, "submitted_by": "an"}
        for queue, job_state in (("training", QUEUED), ("training", QUEUED), ("short", FAILED)):
            moment = database_time(session)
            session.add(Job(queue=queue, state=job_state, submitted_at=moment, **common))
        enrol(session, Worker(id="w", host="h", pid=1, can_train=True))

    found = read(app)

    assert found['net_jobs{queue="training",state="queued"}'] == 2
    assert found['net_jobs{queue="short",state="failed"}'] == 1
    assert found['net_jobs{queue="short",state="queued"}'] == 0
    assert found['net_job_workers{can_train="yes"}'] == 1
    assert found["net_oldest_queued_job_seconds"] >= 0
    assert found['net_up{part="database"}'] == 1


def test_a_database_that_nobody_has_used_is_not_asked(
    admin_app: MakeApp, read: Callable[..., dict[str, float]], tmp_path: Path
) -> None:
    found = read(admin_app())

    assert not [series for series in found if "database" in series or "net_jobs" in series]
    assert not (tmp_path / "instance" / "net.sqlite3").exists()


def test_a_database_that_is_away_is_told_and_its_numbers_are_left_out(
    admin_app: MakeApp, read: Callable[..., dict[str, float]], tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")
    app = admin_app(NET_DATABASE_URL=f"sqlite:///{tmp_path}/taken/net.sqlite3")
    FlaskClient(app).get("/sign-in")

    found = read(app)

    assert found['net_up{part="database"}'] == 0
    assert not [series for series in found if "net_jobs" in series]


def test_disks_and_servers_are_told(
    admin_app: MakeApp, read: Callable[..., dict[str, float]]
) -> None:
    app = admin_app(NET_LIMITS_URL="redis://127.0.0.1:1/0")

    found = read(app)

    assert found['net_up{part="limits"}'] == 0
    free, total = (found[f'net_disk_{name}{{folder="models"}}'] for name in ("free_bytes", "bytes"))
    assert 0 < free < total
