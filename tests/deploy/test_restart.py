"""A new version takes over while people draw: behind systemd's socket, and as two servers."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.conftest import make_nginx
from tests.deploy.nginx_server import NginxServer
from tests.deploy.socket_server import SocketServer, start_with_held_socket

pytestmark = pytest.mark.gunicorn

PREDICTIONS = "/api/v1/predictions"
PATIENCE_SECONDS = 60
PAUSE_SECONDS = 0.1  # between two drawings: the servers that start need the processor


@contextmanager
def people_drawing(nginx: NginxServer, drawing: dict[str, Any]) -> Iterator[list[int]]:
    """Three who draw on and on; the list gets the status of each answer, 0 for none."""
    statuses: list[int] = []
    stopped = threading.Event()

    def draw() -> None:
        while not stopped.is_set():
            try:
                statuses.append(nginx.ask("POST", PREDICTIONS, drawing)[0])
            except (OSError, http.client.HTTPException):
                statuses.append(0)
            stopped.wait(PAUSE_SECONDS)

    people = [threading.Thread(target=draw) for _ in range(3)]
    for person in people:
        person.start()
    try:
        yield statuses
    finally:
        stopped.set()
        for person in people:
            person.join()


@pytest.fixture
def environment(place: Path, released_models: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if "NET_" not in name}
    ours = {"NET_MODELS_DIR": released_models, "NET_INSTANCE_DIR": place / "held",
            "NET_WORKERS": 1, "NET_LOG_FORMAT": "json"}  # fmt: skip
    return inherited | {name: str(value) for name, value in ours.items()}


def _wait_until_answering(log: Path, booted: int, statuses: list[int]) -> None:
    """Until the server that started last answers; gunicorn loses a signal that comes earlier."""
    _wait_for(lambda: log.is_file() and log.read_text("utf-8").count("Booting worker") >= booted)
    before = len(statuses)
    _wait_for(lambda: len(statuses) > before + 5)


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_service_restarted_behind_its_socket_loses_no_request(
    place: Path, needs_nginx: None, environment: dict[str, str], seven: dict[str, Any]
) -> None:
    log = place / "held.log"
    nginx = make_nginx(place / "held-nginx", place / "held.sock")
    processes: list[subprocess.Popen[bytes]] = []
    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(place / "held.sock"))
        held.listen(2048)
        nginx.start()
        try:
            processes.append(start_with_held_socket(held, log, environment))
            with people_drawing(nginx, seven) as statuses:
                _wait_until_answering(log, 1, statuses)
                processes[-1].send_signal(signal.SIGTERM)
                processes[-1].wait(PATIENCE_SECONDS)
                processes.append(start_with_held_socket(held, log, environment))
                _wait_until_answering(log, 2, statuses)
        finally:
            processes[-1].terminate()
            processes[-1].wait(PATIENCE_SECONDS)
            nginx.stop()

    assert len(statuses) > 5
    assert set(statuses) == {200}, (nginx.folder / "error.log").read_text() + log.read_text()


def test_of_two_servers_one_answers_while_the_other_is_replaced_and_none_is_said_well(
    place: Path, needs_nginx: None, released_models: Path, seven: dict[str, Any]
) -> None:
    sockets = {name: place / f"{name}.sock" for name in ("a", "b")}
    nginx = make_nginx(place / "two-nginx", *sockets.values())
    nginx.start()
    servers: dict[str, SocketServer] = {}

    def start(name: str, number: int) -> None:
        folder = place / f"server-{name}-{number}"
        folder.mkdir()
        servers[name] = SocketServer(
            folder, sockets[name], NET_MODELS_DIR=released_models, NET_WORKERS=1
        )

    try:
        for name in sockets:
            start(name, 1)
        for server in servers.values():
            server.wait_until(server.is_up)
        page = nginx.ask("GET", "/")[2].decode()
        style = next(part for part in page.split('"') if part.endswith("/drawing-page.css"))
        nginx.ask("GET", style)
        with people_drawing(nginx, seven) as statuses:
            servers["a"].stop()
            start("a", 2)
            servers["a"].wait_until(servers["a"].is_up)
            servers["b"].stop()
            before = len(statuses)
            _wait_for(lambda: len(statuses) > before + 5)
        for server in servers.values():
            server.stop()
        away = nginx.ask("POST", PREDICTIONS, seven)
        away_page = nginx.ask("GET", "/")
        kept = nginx.ask("GET", style)
    finally:
        for server in servers.values():
            server.stop()
        nginx.stop()

    assert len(statuses) > 5
    assert set(statuses) == {200}
    assert (away[0], away[1]["Content-Type"]) == (502, "application/problem+json")
    assert (json.loads(away[2])["status"], away[1]["Retry-After"]) == (502, "1")
    assert away_page[0] == 502
    assert "thử lại" in away_page[2].decode()
    assert kept[0] == 200
