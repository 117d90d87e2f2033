"""The whole site on this machine: nginx, gunicorn behind its socket, PostgreSQL and Redis."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deploy import nginx_server
from tests.deploy.nginx_server import NginxServer
from tests.deploy.socket_server import SocketServer
from tests.postgresql_server import PostgresqlServer
from tests.redis_server import RedisServer
from tests.redis_server import is_installed as has_redis

PASSWORD = "correct horse battery"
UPSTREAM = "upstream net_web {{ {servers} }}"


@dataclass(frozen=True)
class Site:
    """The parts of a running site."""

    nginx: NginxServer
    app: SocketServer
    models: Path
    database_url: str


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """A folder with a short name, for the path of a Unix socket has at most 107 characters."""
    with tempfile.TemporaryDirectory(prefix="net-site-") as name:
        yield Path(name)


@pytest.fixture(scope="session")
def needs_nginx() -> None:
    if not nginx_server.is_installed():
        pytest.skip("needs nginx")


@pytest.fixture(scope="session")
def site(
    place: Path, needs_nginx: None, released_models: Path, postgresql_server: PostgresqlServer
) -> Iterator[Site]:
    """One site for all tests that leave it running."""
    if not has_redis():
        pytest.skip("needs redis-server")
    models, folder = place / "models", place / "app"
    shutil.copytree(released_models, models)
    folder.mkdir()
    database_url = postgresql_server.migrated_database()
    redis = RedisServer(folder)
    redis.start()
    app = SocketServer(
        folder,
        place / "web.sock",
        NET_MODELS_DIR=models,
        NET_DATABASE_URL=database_url,
        NET_LIMITS_URL=redis.url,
        NET_ADMIN_PASSWORD=PASSWORD,
        NET_TRUSTED_HOSTS=f"{nginx_server.HOST},localhost,127.0.0.1",
    )
    nginx = make_nginx(place / "nginx", place / "web.sock")
    try:
        app.wait_until(app.is_up)
        nginx.start()
        yield Site(nginx, app, models, database_url)
        nginx.stop()
    finally:
        app.stop()
        redis.stop()


def make_nginx(folder: Path, *sockets: Path) -> NginxServer:
    """An nginx that is not started yet, in front of these sockets."""
    folder.mkdir()
    servers = " ".join(f"server unix:{path} max_fails=0;" for path in sockets)
    return NginxServer(folder, UPSTREAM.format(servers=servers))
