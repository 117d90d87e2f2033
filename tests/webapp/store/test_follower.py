"""A real gunicorn that has its runs from a real store, which goes away and comes back."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.gunicorn_server import GunicornServer
from tests.run_details import change_details
from tests.s3_server import S3Server, running_s3_server
from trainer.release.activation import activate_run
from trainer.release.history import read_history
from trainer.release.store.run_store import RunStore
from webapp.store.follower import LOCK

pytestmark = [pytest.mark.gunicorn, pytest.mark.slow]

RUNS = ("first", "second", "third")


@dataclass(frozen=True)
class Machines:
    """One that releases, one that serves, and the store between them."""

    workshop: Path
    models: Path
    server: GunicornServer
    s3: S3Server
    ready_before: int  # the status of /readyz before any run was in the store

    def bring(self, run: str, drawing: dict[str, Any]) -> None:
        """Release a run that is not served yet, and wait until both workers answer with it."""

        def times_taken_up() -> int:
            return self.server.log.count(f"serving the run {run}")

        before = times_taken_up()
        activate_run(self.workshop, run, [], store=RunStore(self.s3.address))
        self.server.wait_until(lambda: times_taken_up() >= before + 2)
        self.server.wait_until(lambda: {self.serving(drawing) for _ in range(20)} == {run})

    def serving(self, drawing: dict[str, Any]) -> str:
        status, _, body = self.server.ask("POST", "/api/v1/predictions", drawing)
        return str(json.loads(body)["model"]["run"]) if status == 200 else str(status)

    def warnings(self) -> list[str]:
        return list(json.loads(self.server.ask("GET", "/readyz")[2])["warnings"])

    def follower(self) -> int | None:
        """The process that follows the store: the one that has its lock."""
        inode = (self.models / LOCK).stat().st_ino
        for line in Path("/proc/locks").read_text().splitlines():
            words = line.split()
            if "->" not in words and words[5].endswith(f":{inode}"):
                return int(words[4])
        return None


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory, released_models: Path) -> Iterator[Machines]:
    folder = tmp_path_factory.mktemp("machines")
    name = (released_models / "current").read_text().strip()
    for run in RUNS:
        shutil.copytree(released_models / name, folder / "workshop" / run)
        change_details(folder / "workshop" / run, name=run)
    with running_s3_server(folder) as s3, pytest.MonkeyPatch.context() as patch:
        for variable, value in s3.environment.items():
            patch.setenv(variable, value)
        server = GunicornServer(
            folder, NET_MODELS_DIR=folder / "models", NET_MODELS_STORE=s3.address
        )
        try:
            server.wait_until(server.is_up)
            ready = server.ask("GET", "/readyz")[0]
            yield Machines(folder / "workshop", folder / "models", server, s3, ready)
        finally:
            server.stop()


def test_a_server_without_a_run_fetches_each_that_is_released(
    machines: Machines, seven: dict[str, Any]
) -> None:
    machines.bring("first", seven)
    machines.bring("second", seven)

    assert machines.ready_before == 503
    assert machines.server.ask("GET", "/readyz")[0] == 200
    history = read_history(machines.models)
    assert [line.run for line in history][-2:] == ["first", "second"]


def test_another_worker_follows_when_the_one_that_did_is_killed(
    machines: Machines, seven: dict[str, Any]
) -> None:
    machines.bring("first", seven)
    before = machines.follower()
    assert before is not None

    os.kill(before, signal.SIGKILL)
    machines.server.wait_until(lambda: machines.follower() not in (None, before))
    machines.bring("third", seven)

    assert machines.follower() != before


def test_only_one_worker_of_a_machine_asks_the_store(
    machines: Machines, seven: dict[str, Any]
) -> None:
    def times_followed() -> int:
        return machines.server.log.count("the store is followed")

    before = times_followed()

    machines.bring("first", seven)
    machines.server.wait_until(lambda: times_followed() > before)
    machines.bring("second", seven)
    machines.server.wait_until(lambda: times_followed() > before + 1)

    assert times_followed() == before + 2


def test_a_store_that_is_away_is_a_warning_and_what_was_served_goes_on(
    machines: Machines, seven: dict[str, Any]
) -> None:
    machines.bring("third", seven)

    machines.s3.stop()
    machines.server.wait_until(lambda: any("store" in one for one in machines.warnings()))
    warnings = machines.warnings()
    served, ready = machines.serving(seven), machines.server.ask("GET", "/readyz")[0]
    machines.s3.start()  # empty
    machines.bring("first", seven)
    machines.server.wait_until(lambda: not machines.warnings())

    assert (served, ready) == ("third", 200)
    assert str(machines.s3.port) not in " ".join(warnings)
