"""Workers killed and servers restarted while people draw: whose answers are lost."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from recognizer.runs.registry import activate
from tests.gunicorn_server import GunicornServer
from tests.webapp.faults.conftest import Quiet, Serve, workers_of
from tests.webapp.faults.crowd import LOST, NOT_SENT, Crowd, wait_until

pytestmark = pytest.mark.gunicorn

PEOPLE = 4  # of each crowd


class Crowds:
    """People who keep their connections, and as many who open a new one for each drawing."""

    def __init__(self, server: GunicornServer, drawing: dict[str, Any]) -> None:
        self._crowds = [
            Crowd(server.port, drawing, keeps_alive=keeps_alive) for keeps_alive in (True, False)
        ]

    @contextmanager
    def drawing(self) -> Iterator[None]:
        with ExitStack() as stack:
            for crowd in self._crowds:
                stack.enter_context(crowd.drawing(PEOPLE))
            yield

    def wait_for_answers(self) -> None:
        for crowd in self._crowds:
            crowd.wait_for_answers(15)

    @property
    def statuses(self) -> Counter[int]:
        return sum((crowd.statuses for crowd in self._crowds), Counter())


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, released_models: Path
) -> Iterator[GunicornServer]:
    """A server with two workers, for the tests that leave it with two."""
    with Quiet(
        tmp_path_factory.mktemp("server"), NET_MODELS_DIR=released_models,
        NET_PREDICTIONS_A_MINUTE=0, NET_LOG_LEVEL="warning",
    ) as server:  # fmt: skip
        yield server


def test_a_worker_that_is_killed_loses_only_what_it_had_in_hand(
    server: GunicornServer, seven: dict[str, Any]
) -> None:
    crowds = Crowds(server, seven)
    kills = 2

    with crowds.drawing():
        for _ in range(kills):
            crowds.wait_for_answers()
            victim = workers_of(server)[0]
            os.kill(victim, signal.SIGKILL)
            wait_until(lambda victim=victim: victim not in workers_of(server))
            wait_until(lambda: len(workers_of(server)) == 2)
        crowds.wait_for_answers()

    assert set(crowds.statuses) <= {200, LOST}
    assert crowds.statuses[LOST] <= kills * 2 * PEOPLE


def test_a_reload_loses_nothing(server: GunicornServer, seven: dict[str, Any]) -> None:
    crowds = Crowds(server, seven)

    with crowds.drawing():
        for _ in range(2):
            crowds.wait_for_answers()
            old = set(workers_of(server))
            server.process.send_signal(signal.SIGHUP)
            wait_until(lambda old=old: len(set(workers_of(server)) - old) == 2)
            wait_until(lambda old=old: not old & set(workers_of(server)))
        crowds.wait_for_answers()

    assert set(crowds.statuses) == {200}


def test_a_stop_answers_whoever_was_let_in(serve: Serve, seven: dict[str, Any]) -> None:
    server = serve(NET_WORKERS=2)
    crowds = Crowds(server, seven)

    with crowds.drawing():
        crowds.wait_for_answers()
        status = server.stop()

    assert status == 0
    assert set(crowds.statuses) <= {200, NOT_SENT}


def test_another_run_again_and_again_costs_nobody_an_answer(
    serve: Serve, models: Path, seven: dict[str, Any]
) -> None:
    server = serve(NET_MODELS_DIR=models, NET_MODELS_POLL_SECONDS=0.05, NET_WORKERS=2)
    crowd = Crowd(server.port, seven, keeps_alive=True)

    with crowd.drawing(2 * PEOPLE):
        for number in range(8):
            activate(models, ("second", "first")[number % 2])
            crowd.wait_for_answers(8)

    assert set(crowd.statuses) == {200}
    assert set(crowd.runs) == {"first", "second"}
    assert "still serving" not in server.log
