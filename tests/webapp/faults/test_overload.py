"""More is asked than can be answered: who is told to come again, and how."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack
from typing import Any

import pytest

from tests.webapp.faults.conftest import Serve, workers_of
from tests.webapp.faults.crowd import PREDICTIONS, Crowd

pytestmark = pytest.mark.gunicorn

HANGING = ("--pythonpath", "tests/webapp/server", "hanging_app:app")
HANG = b"GET /hang HTTP/1.1\r\nHost: x\r\n\r\n"
FEW = {"NET_WORKERS": 1, "NET_THREADS": 1, "NET_WAITING_SECONDS": 0.1}


def test_who_finds_every_thread_stuck_is_told_to_come_again_though_none_becomes_free(
    serve: Serve,
) -> None:
    server = serve(*HANGING, NET_REQUEST_SECONDS=3600, **FEW)
    with ExitStack() as stack:
        stack.enter_context(server.connect()).sendall(HANG)

        answers = [server.ask("GET", "/pid") for _ in range(3)]

        for pid in workers_of(server):  # or the one would hang until its master gives it up
            os.kill(pid, signal.SIGKILL)

    assert [status for status, _, _ in answers] == [503, 503, 503]
    assert all(int(headers["Retry-After"]) > 0 for _, headers, _ in answers)


def test_a_crowd_that_asks_too_much_is_answered_or_told_to_come_again(
    serve: Serve, seven: dict[str, Any]
) -> None:
    server = serve(**{**FEW, "NET_WAITING_SECONDS": 0.05})
    crowd = Crowd(server.port, _large(seven), keeps_alive=True, pause=0)

    with crowd.drawing(people=20):
        crowd.wait_for_answers(5)
        while not crowd.statuses[503]:
            crowd.wait_for_answers(1)
        probes = {server.ask("GET", "/livez")[0] for _ in range(3)}
        refused = server.ask("GET", "/metrics")[2].decode()

    assert set(crowd.statuses) == {200, 503}
    assert crowd.retry_after == {"2"}
    assert probes == {200}
    assert 'net_http_requests_total{method="other",route="unknown",status="503"}' in refused
    assert server.ask("POST", PREDICTIONS, seven)[0] == 200
    assert "too busy to answer everybody" in server.log


def _large(drawing: dict[str, Any]) -> dict[str, Any]:
    """The same drawing with as many points as one may have: it takes much longer."""
    (stroke,) = drawing["strokes"]
    return {"strokes": [{axis: stroke[axis] * 1400 for axis in "xy"}]}
