"""Drawings that have come at the same time are asked about together, and answered one by one."""

from __future__ import annotations

import http.client
import json
import os
import signal
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.gunicorn_server import PATIENCE_SECONDS, GunicornServer
from tests.webapp.faults.conftest import workers_of
from tests.webapp.faults.crowd import PREDICTIONS

pytestmark = pytest.mark.gunicorn

APP = ("--pythonpath", "tests/webapp/server", "gathering_app:app")
ONE = {"strokes": [{"x": [50, 51, 50, 50], "y": [0, 40, 70, 100]}]}
BLANK: dict[str, Any] = {"strokes": []}
BROKEN = {"strokes": [{"x": [1, 2], "y": [1]}]}


def test_drawings_that_have_come_together_are_asked_about_together(
    tmp_path: Path, released_models: Path, seven: dict[str, Any]
) -> None:
    drawings = [seven, ONE, BROKEN, BLANK, ONE, seven]
    with (
        GunicornServer(tmp_path, *APP, NET_MODELS_DIR=released_models, NET_WORKERS=1) as server,
        ExitStack() as stack,
    ):
        connections = [
            stack.enter_context(_Kept(server.port, f"drawing-{place}"))
            for place in range(len(drawings))
        ]
        for connection in connections:  # a worker that is idle takes new ones one by one
            connection.send_drawing(BLANK)
            connection.receive()
        [worker] = workers_of(server)
        os.kill(worker, signal.SIGSTOP)
        for connection, drawing in zip(connections, drawings, strict=True):
            connection.send_drawing(drawing)
        os.kill(worker, signal.SIGCONT)
        answers = [connection.receive() for connection in connections]
        lines = [json.loads(line) for line in server.log.splitlines() if line.startswith("{")]

    together = [line["together"] for line in lines if line["event"] == "asked"]
    assert together == [len(drawings) - 1]
    assert [answer.get("text") for _, answer in answers] == ["7", "1", None, "", "1", "7"]
    assert answers[2][1]["field"] == "strokes[0].y"
    told = {line["request_id"]: line.get("verdict") for line in lines if line["event"] == "request"}
    assert told == {identity: answer.get("verdict") for identity, answer in answers}


class _Kept(http.client.HTTPConnection):
    """A connection that is kept, on which every request has one name in the log."""

    def __init__(self, port: int, identity: str) -> None:
        super().__init__("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self._identity = identity

    def __enter__(self) -> _Kept:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send_drawing(self, drawing: dict[str, Any]) -> None:
        headers = {"Content-Type": "application/json", "X-Request-ID": self._identity}
        self.request("POST", PREDICTIONS, json.dumps(drawing), headers)

    def receive(self) -> tuple[str, dict[str, Any]]:
        """The request's name, as the answer tells it, and the answer."""
        answer = self.getresponse()
        return answer.headers["X-Request-ID"], json.loads(answer.read())
