"""Workers killed and servers restarted while people draw: whose answers are lost."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from recognizer.runs.registry import activate
from tests.webapp.faults.conftest import Serve, workers_of
from tests.webapp.faults.crowd import LOST, NOT_SENT, Crowd, wait_until

pytestmark = pytest.mark.gunicorn

PEOPLE = 8


@pytest.mark.parametrize("keeps_alive", [True, False], ids=["kept connections", "new connections"])
def test_a_worker_that_is_killed_loses_only_what_it_had_in_hand(
    serve: Serve, seven: dict[str, Any], keeps_alive: bool
) -> None:
    server = serve(NET_WORKERS=2)
    crowd = Crowd(server.port, seven, keeps_alive=keeps_alive)
    kills = 3

    with crowd.drawing(PEOPLE):
        for _ in range(kills):
            crowd.wait_for_answers(50)
            victim = workers_of(server)[0]
            os.kill(victim, signal.SIGKILL)
            wait_until(lambda victim=victim: victim not in workers_of(server))
            wait_until(lambda: len(workers_of(server)) == 2)
        crowd.wait_for_answers(50)

    assert set(crowd.statuses) <= {200, LOST}
    assert crowd.statuses[LOST] <= kills * PEOPLE


@pytest.mark.parametrize("keeps_alive", [True, False], ids=["kept connections", "new connections"])
def test_a_reload_loses_nothing(serve: Serve, seven: dict[str, Any], keeps_alive: bool) -> None:
    server = serve(NET_WORKERS=2)
    crowd = Crowd(server.port, seven, keeps_alive=keeps_alive)

    with crowd.drawing(PEOPLE):
        for _ in range(2):
            crowd.wait_for_answers(50)
            old = set(workers_of(server))
            server.process.send_signal(signal.SIGHUP)
            wait_until(lambda old=old: len(set(workers_of(server)) - old) == 2)
            wait_until(lambda old=old: not old & set(workers_of(server)))
        crowd.wait_for_answers(50)

    assert set(crowd.statuses) == {200}


@pytest.mark.parametrize("keeps_alive", [True, False], ids=["kept connections", "new connections"])
def test_a_stop_answers_whoever_was_let_in(
    serve: Serve, seven: dict[str, Any], keeps_alive: bool
) -> None:
    server = serve(NET_WORKERS=2)
    crowd = Crowd(server.port, seven, keeps_alive=keeps_alive)

    with crowd.drawing(PEOPLE):
        crowd.wait_for_answers(50)
        status = server.stop()

    assert status == 0
    assert set(crowd.statuses) <= {200, NOT_SENT}


def test_another_run_again_and_again_costs_nobody_an_answer(
    serve: Serve, models: Path, seven: dict[str, Any]
) -> None:
    server = serve(NET_MODELS_DIR=models, NET_MODELS_POLL_SECONDS=0.05, NET_WORKERS=2)
    crowd = Crowd(server.port, seven, keeps_alive=True)

    with crowd.drawing(PEOPLE):
        for number in range(20):
            activate(models, ("second", "first")[number % 2])
            crowd.wait_for_answers(8)

    assert set(crowd.statuses) == {200}
    assert set(crowd.runs) == {"first", "second"}
    assert "still serving" not in server.log
