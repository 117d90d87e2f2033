"""A restore while real servers answer, and the files that a server and a worker make."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gunicorn_server import ROOT, GunicornServer
from tests.trainer.conftest import data_folder  # noqa: F401  # small data sets, drawn once
from tests.webapp.jobs.test_web_server import PASSWORD, Browser, _add_operator
from tests.webapp.jobs.workshop import Workshop

pytestmark = pytest.mark.gunicorn


@pytest.fixture
def workshop(
    tmp_path: Path,
    released_models: Path,
    data_folder: Path,  # noqa: F811
) -> Iterator[Workshop]:
    """A place with the released run and an operator, whose folder was made for all to enter."""
    (tmp_path / "instance").mkdir(mode=0o755)
    shutil.copytree(released_models, tmp_path / "models")
    workshop = Workshop(tmp_path, data_folder)
    _add_operator(workshop)
    yield workshop
    workshop.close()


@pytest.fixture
def server(workshop: Workshop, tmp_path: Path) -> Iterator[GunicornServer]:
    server = GunicornServer(tmp_path, **workshop.settings)
    server.wait_until(server.is_up)
    yield server
    server.stop()


def maintain(workshop: Workshop, *arguments: str | Path) -> None:
    inherited = {name: value for name, value in os.environ.items() if "NET_" not in name}
    subprocess.run(
        [sys.executable, "-m", "webapp", *map(str, arguments)],
        cwd=ROOT, env=inherited | workshop.settings, check=True,
    )  # fmt: skip


def test_everybody_can_sign_in_after_a_restore_with_another_key(
    workshop: Workshop, server: GunicornServer, tmp_path: Path
) -> None:
    key = workshop.configuration.instance_folder / "secret-key"
    address = f"http://127.0.0.1:{server.port}"
    fields = {"name": "operator", "password": PASSWORD}
    for _ in range(8):  # so that each worker has read the key
        Browser(address).send("/sign-in", "/sign-in", **fields)
    (tmp_path / "kept").write_bytes(key.read_bytes())
    key.write_text("7" * 64)
    maintain(workshop, "backup", tmp_path / "backup.tar.gz")
    (tmp_path / "kept").replace(key)

    maintain(workshop, "restore", "--yes", tmp_path / "backup.tar.gz")
    led_to = {Browser(address).send("/sign-in", "/sign-in", **fields) for _ in range(12)}

    assert key.read_text() == "7" * 64
    assert led_to == {f"{address}/admin"}
    assert server.ask("GET", "/readyz")[0] == 200


@pytest.mark.slow
def test_nothing_that_server_and_worker_make_is_for_others_to_read(
    workshop: Workshop, server: GunicornServer, tmp_path: Path
) -> None:
    Browser(f"http://127.0.0.1:{server.port}").send(
        "/sign-in", "/sign-in", name="operator", password=PASSWORD
    )
    workshop.start_worker()
    run = (workshop.models / "current").read_text().strip()
    job = workshop.wait_for(workshop.submit("export", run=run, format="h5"))
    assert job.state == "finished", workshop.logs()
    maintain(workshop, "backup", tmp_path / "instance" / "backup.tar.gz")

    files = [path for path in workshop.configuration.instance_folder.rglob("*") if path.is_file()]
    open_ones = {path.name for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077}
    names = {path.name for path in files}
    assert {"net.sqlite3", "secret-key", "model.h5", "backup.tar.gz"} <= names, names
    assert open_ones == set()
