"""Servers that are backed up and restored, with databases of both kinds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from recognizer.runs.pointer import activate
from tests.postgresql_server import PostgresqlServer
from tests.trainer.small_runs import network, write_run
from webapp.__main__ import main
from webapp.accounts.users import add_user, list_users
from webapp.storage.database import Database


@dataclass(frozen=True)
class Host:
    """One server's places, and its command line."""

    folder: Path
    database_url: str

    @property
    def models(self) -> Path:
        return self.folder / "models"

    @property
    def instance(self) -> Path:
        return self.folder / "instance"

    @property
    def settings(self) -> dict[str, str | None]:
        """The environment's part that is this server's; what it has none of is taken out."""
        others = {name: None for name in os.environ if "NET_" in name}
        return {
            **others,
            "NET_MODELS_DIR": str(self.models),
            "NET_INSTANCE_DIR": str(self.instance),
            "NET_DATABASE_URL": self.database_url,
        }

    def run(self, *arguments: str | Path) -> Result:
        """``python -m webapp …`` with this server's settings."""
        return CliRunner().invoke(main, [str(one) for one in arguments], env=self.settings)

    def add_user(self, name: str) -> None:
        with _open(self.database_url) as database, database.session() as session:
            add_user(session, name, "viewer", "a hash")

    def users(self) -> list[str]:
        with _open(self.database_url) as database, database.reading() as session:
            return [user.name for user in list_users(session)]


@pytest.fixture(scope="session")
def small_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder whose served run is a small one."""
    folder = tmp_path_factory.mktemp("small") / "models"
    weights = np.random.default_rng(1).normal(size=(784, 10)).astype(np.float32)
    write_run(folder, "served", network(weights))
    activate(folder, "served")
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def host(request: pytest.FixtureRequest, tmp_path: Path, small_models: Path) -> Host:
    """A server with a small run, a user, a key and a job's log."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'instance' / 'net.sqlite3'}"
    else:
        if not shutil.which("pg_dump"):
            pytest.skip("needs pg_dump")
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        url = server.migrated_database()
    host = Host(tmp_path, url)
    shutil.copytree(small_models, host.models)
    (host.instance / "jobs").mkdir(parents=True)
    (host.instance / "jobs" / "1.log").write_text("a job's log", "utf-8")
    (host.instance / "secret-key").write_text("a key", "ascii")
    (host.instance / "secret-key").chmod(0o600)
    host.add_user("an")
    return host


@contextmanager
def _open(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()
