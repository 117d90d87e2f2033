"""Drawings that have come at the same time are asked about together, and answered one by one."""

from __future__ import annotations

import http.client
import json
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from tests.gunicorn_server import PATIENCE_SECONDS, GunicornServer
from tests.webapp.faults.conftest import workers_of
from tests.webapp.faults.crowd import PREDICTIONS

pytestmark = pytest.mark.gunicorn

APP = ("--pythonpath", "tests/webapp/server", "batching_app:app")
ONE = {"strokes": [{"x": [50, 51, 50, 50], "y": [0, 40, 70, 100]}]}
BLANK: dict[str, Any] = {"strokes": []}
BROKEN = {"strokes": [{"x": [1, 2], "y": [1]}]}
LONG = {**ONE, "padding": "x" * 5000}

Drawings = Sequence[dict[str, Any]]
Answers = list[tuple[str, dict[str, Any]]]  # the request's name, as the answer tells it, and it


class Crowd:
    """People whose drawings come to the one worker of a server at the same time."""

    def __init__(self, server: GunicornServer, connections: Sequence[Kept]) -> None:
        self._server = server
        self._connections = connections

    def ask(self, drawings: Drawings) -> tuple[Answers, list[dict[str, Any]]]:
        """The answers, and the lines that they left in the log."""
        before = len(self._server.log)
        [worker] = workers_of(self._server)
        os.kill(worker, signal.SIGSTOP)
        pairs = list(zip(self._connections, drawings, strict=False))
        for connection, drawing in pairs:
            connection.send_drawing(drawing)
        os.kill(worker, signal.SIGCONT)
        answers = [connection.receive() for connection, _ in pairs]
        return answers, [json.loads(line) for line in self._server.log[before:].splitlines()]


class Kept(http.client.HTTPConnection):
    """A connection that is kept, on which every request has one name in the log."""

    def __init__(self, port: int, identity: str) -> None:
        super().__init__("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self._identity = identity

    def send_drawing(self, drawing: dict[str, Any]) -> None:
        headers = {"Content-Type": "application/json", "X-Request-ID": self._identity}
        self.request("POST", PREDICTIONS, json.dumps(drawing), headers)

    def receive(self) -> tuple[str, dict[str, Any]]:
        answer = self.getresponse()
        return answer.headers["X-Request-ID"], json.loads(answer.read())


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory, released_models: Path) -> Iterator[Crowd]:
    folder = tmp_path_factory.mktemp("batching")
    with (
        GunicornServer(folder, *APP, NET_MODELS_DIR=released_models, NET_WORKERS=1) as server,
        ExitStack() as stack,
    ):
        connections = [
            stack.enter_context(closing(Kept(server.port, f"drawing-{place}")))
            for place in range(6)
        ]
        for connection in connections:  # a worker that is idle takes new ones one by one
            connection.send_drawing(BLANK)
            connection.receive()
        yield Crowd(server, connections)


def test_drawings_that_have_come_together_are_asked_about_together(
    crowd: Crowd, seven: dict[str, Any]
) -> None:
    answers, lines = crowd.ask([seven, ONE, BROKEN, BLANK, ONE, seven])

    assert [line["together"] for line in lines if line["event"] == "asked"] == [5]
    assert [answer.get("text") for _, answer in answers] == ["7", "1", None, "", "1", "7"]
    assert answers[2][1]["field"] == "strokes[0].y"
    logged = {line["request_id"]: line.get("verdict") for line in lines if "request_id" in line}
    assert logged == {identity: answer.get("verdict") for identity, answer in answers}


def test_what_may_take_long_is_asked_about_alone(crowd: Crowd, seven: dict[str, Any]) -> None:
    answers, lines = crowd.ask([LONG, LONG, seven, LONG])

    assert [line["together"] for line in lines if line["event"] == "asked"] == [2]
    assert [answer["text"] for _, answer in answers] == ["1", "1", "7", "1"]
