from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql_server import PostgresqlServer
from webapp.storage.database import Database


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of the test's own, empty: SQLite, or what a test is parametrised with."""
    url = f"sqlite:///{tmp_path / 'net.db'}"
    if getattr(request, "param", "sqlite") == "postgresql":
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        url = server.migrated_database()
    database = Database(url)
    database.prepare()
    yield database
    database.close()
