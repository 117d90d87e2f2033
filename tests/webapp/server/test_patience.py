"""Drawings are answered whatever the threads are busy with, and nobody keeps the main loop."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.gunicorn_server import GunicornServer
from tests.webapp.admin.runs.made_runs import make_run
from tests.webapp.faults.conftest import (  # noqa: F401 - fixtures
    Quiet,
    Serve,
    models,
    serve,
    workers_of,
)
from tests.webapp.faults.crowd import NOT_SENT, PREDICTIONS, Crowd, wait_until
from tests.webapp.form_browser import FormBrowser
from trainer.runs.state import held

pytestmark = pytest.mark.gunicorn

HANGING = ("--pythonpath", "tests/webapp/server", "hanging_app:app")
HANG = b"GET /hang HTTP/1.1\r\nHost: x\r\n\r\n"
DRAW = f"POST {PREDICTIONS} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n ".encode()
FEW = {"NET_WORKERS": 1, "NET_THREADS": 2}
PASSWORD = "correct horse battery staple"
CORRECTIONS = "/api/v1/corrections"
SCRIPT = (str(Path(sys.executable).with_name("gunicorn")),)  # as systemd starts it


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GunicornServer]:
    """A server of the hanging app, with few threads, that gives nobody up."""
    with Quiet(
        tmp_path_factory.mktemp("patient"), *HANGING,
        NET_REQUEST_SECONDS=3600, NET_WAITING_SECONDS=3600, NET_LOG_LEVEL="warning", **FEW,
    ) as server:  # fmt: skip
        yield server


def test_drawings_are_answered_though_every_thread_is_stuck(patient: GunicornServer) -> None:
    server = patient

    with ExitStack() as stack:
        for _ in range(6):
            stack.enter_context(server.connect()).sendall(HANG)
        answers = [server.ask("POST", PREDICTIONS, b"x") for _ in range(20)]
        for pid in workers_of(server):  # or the one would hang until its master gives it up
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda pid=pid: pid not in workers_of(server))
    server.wait_until(server.is_up)

    assert {status for status, _, _ in answers} == {200}


def test_whoever_hangs_is_ended_with_its_worker(serve: Serve) -> None:  # noqa: F811
    server = serve(*HANGING, NET_REQUEST_SECONDS=1, **FEW)

    for request in (HANG, DRAW.replace(b"1\r\n\r\n ", b"4\r\n\r\nhang")):
        hanging = server.ask("GET", "/pid")[2]
        with server.connect() as connection:
            connection.sendall(request)
            wait_until(
                lambda pid=hanging: pid not in {str(one).encode() for one in workers_of(server)}
            )
        server.wait_until(server.is_up)
        assert server.ask("POST", PREDICTIONS, b"x")[2] != hanging


def test_drawings_are_answered_while_the_database_is_locked(
    serve: Serve,  # noqa: F811
    seven: dict[str, Any],
) -> None:
    server = serve(NET_WAITING_SECONDS=3600, **FEW)
    correction = {**seven, "label": "7"}
    assert server.ask("POST", CORRECTIONS, correction)[0] == 201
    crowd = Crowd(server.port, seven, keeps_alive=True)
    (file,) = (server.log_file.parent / "instance").glob("net.sqlite3")

    with closing(sqlite3.connect(file)) as holder, crowd.drawing(4):
        holder.execute("BEGIN EXCLUSIVE")
        correcting = [
            threading.Thread(target=server.ask, args=("POST", CORRECTIONS, correction))
            for _ in range(6)
        ]
        for thread in correcting:
            thread.start()
        crowd.wait_for_answers(20)
        holder.rollback()
        for thread in correcting:
            thread.join()

    assert set(crowd.statuses) == {200}
    assert server.ask("POST", CORRECTIONS, correction)[0] == 201


def test_drawings_and_pages_are_answered_while_ten_operators_watch_a_training(
    serve: Serve,  # noqa: F811
    models: Path,  # noqa: F811
    seven: dict[str, Any],
) -> None:
    run = make_run(models, status="running")
    server = serve(NET_MODELS_DIR=models, NET_ADMIN_PASSWORD=PASSWORD, NET_WORKERS=1)
    operator = FormBrowser(server)
    assert operator.send("/sign-in", name="operator", password=PASSWORD) == 303
    watch = f"GET /admin/runs/{run.folder.name}/events HTTP/1.1\r\nHost: localhost\r\n"
    crowd = Crowd(server.port, seven, keeps_alive=True)

    with held(run.folder), ExitStack() as stack:
        heads = []
        for _ in range(10):
            stream = stack.enter_context(server.connect())
            stream.sendall(f"{watch}Cookie: {operator.cookie}\r\n\r\n".encode())
            heads.append(stream.recv(12))
        with crowd.drawing(4):
            crowd.wait_for_answers(20)
        page = operator.open("/admin/runs")

    assert heads.count(b"HTTP/1.1 200") == 4  # a quarter of the threads; the others poll
    assert set(crowd.statuses) == {200}
    assert run.folder.name in page


def test_who_asks_a_thousand_times_at_once_keeps_nobody_waiting(patient: GunicornServer) -> None:
    server = patient
    asked, answered = 10_000, 0
    with server.connect() as greedy:
        sender = threading.Thread(target=greedy.sendall, args=(DRAW * asked,))
        sender.start()
        while answered < 100:
            answered += greedy.recv(65_536).count(b"200 OK")

        status = server.ask("POST", PREDICTIONS, b"x")[0]

        before = answered
        while answered < asked:
            answered += greedy.recv(65_536).count(b"200 OK")
        sender.join()

    assert status == 200
    assert before < asked / 2


def test_who_reads_no_answers_keeps_nobody_waiting(patient: GunicornServer) -> None:
    server = patient
    with ExitStack() as stack:
        for _ in range(2):
            deaf = stack.enter_context(server.connect())
            deaf.settimeout(1)
            with suppress(OSError):  # until all that holds bytes on the way is full
                for _ in range(2000):
                    deaf.sendall(DRAW * 1000)
        statuses = {server.ask("POST", PREDICTIONS, b"x")[0] for _ in range(5)}

    assert statuses == {200}


def test_another_version_takes_over_and_loses_nothing(
    serve: Serve,  # noqa: F811
    seven: dict[str, Any],
) -> None:
    server = serve(NET_WORKERS=2, command=SCRIPT)
    crowd = Crowd(server.port, seven, keeps_alive=True)

    with crowd.drawing(4):
        crowd.wait_for_answers(20)
        server.process.send_signal(signal.SIGHUP)
        server.process.send_signal(signal.SIGUSR2)
        wait_until(lambda: _new_master(server) is not None)
        successor = _new_master(server)
        crowd.wait_for_answers(20)
        assert server.stop() == 0
        crowd.wait_for_answers(20)
    os.kill(successor, signal.SIGTERM)
    wait_until(lambda: not Path(f"/proc/{successor}").exists())

    assert set(crowd.statuses) <= {200, NOT_SENT}
    assert crowd.statuses[NOT_SENT] == 0
    assert not list(server.log_file.parent.glob("net-metrics-*"))


def _new_master(server: GunicornServer) -> int | None:
    """The child that has two children of its own: the workers of the next version."""
    for pid in workers_of(server):
        with suppress(OSError):
            if len(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()) == 2:
                return pid
    return None


@pytest.mark.parametrize(
    ("headers", "is_https"),
    [
        ({"X-Forwarded-Proto": "https"}, True),
        ({"X-Forwarded-Proto": "http"}, False),
        ({"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "off"}, True),
        ({"X-Forwarded-Proto": "http", "X-Forwarded-Protocol": "ssl"}, False),
        ({"X-Forwarded-Protocol": "ssl"}, False),
        ({"X-Forwarded-Ssl": "on"}, False),
    ],
)
def test_one_header_alone_says_that_a_request_came_over_https(
    mapped: GunicornServer, headers: dict[str, str], is_https: bool
) -> None:
    status, answered, _ = mapped.ask("GET", "/livez", **headers)

    assert status == 200
    assert ("Strict-Transport-Security" in answered) == is_https


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory, released_models: Path) -> Any:
    """A server that listens on ``[::]``, where IPv4 clients come with IPv6 addresses."""
    if not socket.has_dualstack_ipv6():
        pytest.skip("needs IPv6")
    server = GunicornServer(
        tmp_path_factory.mktemp("mapped"), "--bind", "[::]:0", NET_WORKERS=1,
        NET_MODELS_DIR=released_models, NET_TRUSTED_PROXIES="127.0.0.1", NET_LOG_LEVEL="info",
    )  # fmt: skip
    server.wait_until(lambda: "Booting worker" in server.log)
    server.port = int(re.search(r"\[::\]:(\d+)", server.log)[1])
    server.wait_until(server.is_up)
    yield server
    server.stop()


def test_an_ipv4_sender_is_known_by_its_ipv4_address(mapped: GunicornServer) -> None:
    with mapped.connect() as connection:
        connection.sendall(b"@ / HTTP/1.1\r\n\r\n")
        connection.recv(65_536)

    assert '"address": "127.0.0.1"' in mapped.log
    assert "::ffff:" not in mapped.log
