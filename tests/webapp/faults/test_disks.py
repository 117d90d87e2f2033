"""Disks that are full or take nothing any more, under a server that goes on."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.gunicorn_server import GunicornServer
from tests.webapp.faults.conftest import Serve, SmallDisk, state_of, workers_of
from tests.webapp.faults.crowd import PREDICTIONS

pytestmark = pytest.mark.gunicorn

CORRECTIONS = "/api/v1/corrections"
MakeDisk = Callable[[int], SmallDisk]


def _correct(server: GunicornServer, drawing: dict[str, Any]) -> tuple[int, bool]:
    """The status of a correction, and whether the answer says when to come again."""
    status, headers, _ = server.ask("POST", CORRECTIONS, {**drawing, "label": "7"})
    return status, "Retry-After" in headers


def _predict(server: GunicornServer, drawing: dict[str, Any], times: int = 10) -> set[int]:
    return {server.ask("POST", PREDICTIONS, drawing)[0] for _ in range(times)}


def test_on_a_disk_that_is_full_drawings_are_answered_and_workers_replaced_until_there_is_room(
    serve: Serve, small_disk: MakeDisk, seven: dict[str, Any]
) -> None:
    disk = small_disk(16)
    server = serve(
        NET_INSTANCE_DIR=disk.folder / "instance",
        PROMETHEUS_MULTIPROC_DIR=disk.folder / "metrics",
        TMPDIR=disk.folder,
    )
    before = _correct(server, seven)

    disk.fill()
    while_full = _predict(server, seven)
    refused = _correct(server, seven)
    server.wait_until(lambda: "nearly full: 0 MB are left" in _warnings(server))
    ready, scraped = state_of(server)[0], server.ask("GET", "/metrics")[0]
    _replace_workers(server)  # whose places on the disk are taken by none
    replaced = _predict(server, seven), server.ask("GET", "/metrics")[0]

    disk.empty()
    server.wait_until(lambda: _correct(server, seven)[0] == 201)
    server.wait_until(lambda: "0 MB" not in _warnings(server))

    assert before == (201, False)
    assert while_full == {200}
    assert refused == (503, True)
    assert (ready, scraped) == (200, 200)
    assert replaced == ({200}, 200)
    assert _predict(server, seven) == {200}
    assert "SIGBUS" not in server.log


def _replace_workers(server: GunicornServer) -> None:
    old = set(workers_of(server))
    server.process.send_signal(signal.SIGHUP)
    server.wait_until(lambda: not old & set(workers_of(server)))
    server.wait_until(lambda: len(workers_of(server)) == 2)


def test_on_a_read_only_disk_drawings_are_answered_until_it_takes_files_again(
    serve: Serve, small_disk: MakeDisk, seven: dict[str, Any]
) -> None:
    disk = small_disk(16)
    (disk.folder / "instance").mkdir()
    disk.lock()
    server = serve(NET_INSTANCE_DIR=disk.folder / "instance")

    while_locked = _predict(server, seven)
    refused = _correct(server, seven)
    server.wait_until(lambda: "is read-only" in _warnings(server))
    ready = state_of(server)[0]

    disk.unlock()
    server.wait_until(lambda: _correct(server, seven)[0] == 201)
    server.wait_until(lambda: "is read-only" not in _warnings(server))

    assert while_locked == {200}
    assert refused == (503, True)
    assert ready == 200


def _warnings(server: GunicornServer) -> str:
    return str(state_of(server)[1]["warnings"])


def test_a_server_starts_on_a_full_disk(
    serve: Serve, small_disk: MakeDisk, seven: dict[str, Any]
) -> None:
    disk = small_disk(1)
    (disk.folder / "metrics").mkdir()
    (disk.folder / "instance").mkdir()
    disk.fill()

    server = serve(
        NET_INSTANCE_DIR=disk.folder / "instance",
        PROMETHEUS_MULTIPROC_DIR=disk.folder / "metrics",
    )
    refused = _correct(server, seven)
    disk.empty()
    server.wait_until(lambda: _correct(server, seven)[0] == 201)

    assert _predict(server, seven) == {200}
    assert refused == (503, True)


def test_a_models_folder_that_goes_and_comes_back_costs_nobody_an_answer(
    serve: Serve, models: Path, seven: dict[str, Any]
) -> None:
    server = serve(NET_MODELS_DIR=models, NET_MODELS_POLL_SECONDS=0.1)
    elsewhere = models.with_name("elsewhere")

    models.rename(elsewhere)
    server.wait_until(lambda: _warnings(server) != "[]")
    while_away = _predict(server, seven)
    ready = state_of(server)[0]

    elsewhere.rename(models)
    server.wait_until(lambda: _warnings(server) == "[]")

    assert (while_away, ready) == ({200}, 200)
    assert _predict(server, seven) == {200}
