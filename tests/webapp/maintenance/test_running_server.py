"""A restore while a real server answers, and the files that a server and a worker make."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gunicorn_server import GunicornServer
from tests.webapp.form_browser import FormBrowser
from tests.webapp.jobs import noting_worker
from tests.webapp.jobs.workshop import PASSWORD, Workshop
from tests.webapp.maintenance.conftest import Host
from webapp.jobs.kinds import KINDS

pytestmark = pytest.mark.gunicorn


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory, released_models: Path) -> Iterator[Workshop]:
    """A place with the released run and an operator, whose folder was made for all to enter."""
    folder = tmp_path_factory.mktemp("running")
    (folder / "instance").mkdir(mode=0o755)
    shutil.copytree(released_models, folder / "models")
    workshop = Workshop(folder, folder / "data")
    workshop.add_operator()
    yield workshop
    workshop.close()


@pytest.fixture(scope="module")
def server(workshop: Workshop) -> Iterator[GunicornServer]:
    server = GunicornServer(workshop.folder, NET_WORKERS=1, **workshop.settings)
    server.wait_until(server.is_up)
    yield server
    server.stop()


def maintain(workshop: Workshop, *arguments: str | Path) -> None:
    host = Host(workshop.folder, workshop.configuration.database_address)
    done = host.run(*arguments)
    assert done.exit_code == 0, done.output


def test_everybody_can_sign_in_after_a_restore_with_another_key(
    workshop: Workshop, server: GunicornServer, tmp_path: Path
) -> None:
    key = workshop.configuration.instance_folder / "secret-key"
    fields = {"name": "operator", "password": PASSWORD}
    FormBrowser(server).send("/sign-in", **fields)  # so that the worker has read the key
    (tmp_path / "kept").write_bytes(key.read_bytes())
    key.write_text("7" * 64)
    maintain(workshop, "backup", tmp_path / "backup.tar.gz")
    (tmp_path / "kept").replace(key)

    maintain(workshop, "restore", "--yes", tmp_path / "backup.tar.gz")
    browsers = [FormBrowser(server), FormBrowser(server)]
    for browser in browsers:
        browser.send("/sign-in", **fields)

    assert key.read_text() == "7" * 64
    assert {browser.location for browser in browsers} == {"/admin"}
    assert server.ask("GET", "/readyz")[0] == 200


def test_nothing_that_server_and_worker_make_is_for_others_to_read(
    workshop: Workshop, server: GunicornServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    FormBrowser(server).send("/sign-in", name="operator", password=PASSWORD)
    monkeypatch.setitem(KINDS, "note", noting_worker.KIND)
    workshop.start_worker(noting_worker.__file__)
    job = workshop.wait_for(workshop.submit("note", number=1))
    assert job.state == "finished", workshop.logs()
    maintain(workshop, "backup", workshop.configuration.instance_folder / "backup.tar.gz")

    files = [path for path in workshop.configuration.instance_folder.rglob("*") if path.is_file()]
    open_ones = {path.name for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077}
    names = {path.name for path in files}
    made = {"net.sqlite3", "secret-key", noting_worker.NOTES, "backup.tar.gz"}
    assert made <= names, names
    assert open_ones == set()
    assert KINDS["export"].is_private  # as the kind of this test
