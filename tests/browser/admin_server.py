"""A real gunicorn with admin pages: an instance folder, runs and people of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext
from sqlalchemy import delete

from tests.gunicorn_server import GunicornServer
from webapp.accounts.passwords import hash_password
from webapp.accounts.users import add_user, role_of
from webapp.configuration import read_configuration
from webapp.corrections.tables import Correction
from webapp.storage.database import Database

ROOT = Path(__file__).resolve().parents[2]
PASSWORDS = {"operator": "an operator's pen", "viewer": "a viewer's paper"}  # by name and role


@dataclass(frozen=True)
class AdminServer:
    """Where it answers, and where its files lie."""

    address: str  # http://127.0.0.1:…
    models: Path  # a copy of the released models folder
    instance: Path
    data: Path  # of training; empty at first
    studies: Path  # empty at first
    environment: dict[str, str]  # for another process of the same set-up, a worker's
    gunicorn: GunicornServer


@contextmanager
def running_admin_server(
    folder: Path, released_models: Path, **settings: object
) -> Iterator[AdminServer]:
    """Start one in an empty folder, with an operator and a viewer; stop it at the end.

    Args:
        folder: for its instance folder, its runs and its log.
        released_models: is copied, so a test may activate and remove what it likes.
        settings: further environment variables.
    """
    models, instance, data, studies = (
        folder / name for name in ("models", "instance", "data", "studies")
    )
    shutil.copytree(released_models, models)
    data.mkdir()
    studies.mkdir()
    ours = {
        "NET_MODELS_DIR": models,
        "NET_INSTANCE_DIR": instance,
        "NET_DATA_DIR": data,
        "NET_STUDIES_DIR": studies,
        "NET_CORRECTIONS_A_MINUTE": 10_000,  # for many tests tell something at once
        **settings,
    }
    inherited = {key: value for key, value in os.environ.items() if "NET_" not in key}
    environment = inherited | {key: str(value) for key, value in ours.items()}
    _add_people(environment)
    gunicorn = GunicornServer(folder, **ours)
    try:
        gunicorn.wait_until(gunicorn.is_up)
        gunicorn.wait_until(lambda: gunicorn.ask("GET", "/readyz")[0] == 200)
        address = f"http://127.0.0.1:{gunicorn.port}"
        yield AdminServer(address, models, instance, data, studies, environment, gunicorn)
    finally:
        if gunicorn.process.poll() is None:
            gunicorn.stop()


def forget_corrections(server: AdminServer) -> None:
    """Let nothing wait for a review of what other tests have left."""
    database = Database(read_configuration(server.environment).database_address)
    with database.session() as session:
        session.execute(delete(Correction))
    database.close()


@contextmanager
def running_job_worker(server: AdminServer) -> Iterator[None]:
    """Run a worker that does what the server's pages ask for; stop it at the end."""
    command = [sys.executable, "-m", "webapp.jobs.worker"]
    with subprocess.Popen(command, cwd=ROOT, env=server.environment) as process:
        try:
            yield
        finally:
            process.terminate()


def sign_in(context: BrowserContext, name: str = "operator") -> None:
    """Sign in as "operator" or "viewer" with what the form sends; no page is opened for it."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', context.request.get("/sign-in").text())
    assert found
    said = {"csrf_token": found[1], "name": name, "password": PASSWORDS[name]}
    answer = context.request.post("/sign-in", form=said, max_redirects=0)
    assert answer.status == 303


def _add_people(environment: dict[str, str]) -> None:
    database = Database(read_configuration(environment).database_address)
    with database.session() as session:
        for name, password in PASSWORDS.items():
            add_user(session, name, role_of(name), hash_password(password, name))
    database.close()
