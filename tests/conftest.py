"""What all tests share: the released model, the app around it, and a known drawing."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from apiflask import APIFlask
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from recognizer.runs.registry import Registry
from tests import made_once
from tests.postgresql_server import PostgresqlServer, find_programs
from tests.redis_server import RedisServer, is_installed
from webapp import create_app

ROOT = Path(__file__).resolve().parent.parent

# Several processes share the cores: threads of one training only wait for each other.
for _threads in ("OMP_NUM_THREADS", "TF_NUM_INTEROP_THREADS", "TF_NUM_INTRAOP_THREADS"):
    os.environ.setdefault(_threads, "1")

# Hundreds of apps and pages: looking for garbage as Python does took a fifth of the time.
gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, so that none begins when the other process has ended."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Where everything is installed (CI), a test that skips is a test that fails."""
    report = yield
    if report.skipped and os.environ.get("NET_SKIPS_FAIL") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr[2]}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _instance_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes into the instance folder of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NET_INSTANCE_DIR", str(tmp_path_factory.mktemp("instance")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Templates are compiled once, not anew for each test's app: 0.1 s a page."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": cache})
        yield


@pytest.fixture(scope="session", autouse=True)
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is the same for every app and database is made once, not anew for each test."""
    with pytest.MonkeyPatch.context() as patch:
        made_once.compile_routes_once(patch)
        made_once.read_static_files_once(patch)
        made_once.load_revisions_once(patch)
        made_once.migrate_once(patch, tmp_path_factory.mktemp("migrated"))
        yield


@pytest.fixture(autouse=True)
def _open_log() -> Iterator[None]:
    """No test logs into what captured another one's lines, which is closed by then."""
    yield
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(sys.stderr))


@pytest.fixture(scope="session")
def released_models() -> Path:
    """The models folder with the run that is committed."""
    folder = Path(os.environ.get("NET_MODELS_DIR") or ROOT / "models")
    if not (folder / "current").is_file():
        pytest.skip(f"no run is released: {folder / 'current'} is missing")
    return folder


@pytest.fixture(scope="session")
def released_registry(released_models: Path) -> Registry:
    """Serves the released run, which is loaded once, and looks for no other."""
    return Registry(released_models)


@pytest.fixture
def app(released_models: Path, released_registry: Registry) -> Iterator[APIFlask]:
    """The app as it is served, with the released model."""
    settings = {"TESTING": True, "NET_MODELS_DIR": released_models}
    app = create_app(settings, registry=released_registry)
    yield app
    app.extensions["net"].database.close()


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """A real PostgreSQL; whoever stops it starts it again."""
    programs = find_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL's server programs (initdb and postgres)")
    # Not under pytest's own folder, which other users may not enter.
    with tempfile.TemporaryDirectory(prefix="net-postgresql-") as name:
        server = PostgresqlServer(programs, Path(name))
        server.start()
        yield server
        server.stop()


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A real and empty Redis."""
    if not is_installed():
        pytest.skip("needs redis-server")
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def seven() -> dict[str, Any]:
    """A 7 in one stroke, as the body of a request."""
    x = [52, 80, 110, 140, 170, 198, 190, 178, 166, 154, 143, 133, 124, 117]
    y = [60, 58, 57, 57, 58, 60, 82, 108, 134, 160, 186, 212, 238, 264]
    return {"strokes": [{"x": x, "y": y}]}
