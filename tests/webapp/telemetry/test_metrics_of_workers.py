"""The numbers of a real gunicorn with two workers: through a kill, HUP, and another run."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recognizer.runs.registry import activate
from tests.gunicorn_server import GunicornServer
from tests.run_details import change_details
from tests.webapp.two_runs import make_two_runs

pytestmark = pytest.mark.gunicorn

WORKERS = 2
ANSWERED = 'net_predictions_total{verdict="digit"}'
SENT = 'net_http_requests_total{method="POST",route="/api/v1/predictions",status="200"}'


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, released_models: Path) -> Path:
    """A models folder with the released run under two names; ``first`` is served."""
    return make_two_runs(tmp_path_factory.mktemp("metrics") / "models", released_models)


@pytest.fixture(scope="module")
def server(models: Path) -> Iterator[GunicornServer]:
    with GunicornServer(
        models.parent, NET_MODELS_DIR=models, NET_MODELS_POLL_SECONDS=0.1, NET_WORKERS=WORKERS
    ) as server:
        yield server


def _read(server: GunicornServer) -> dict[str, float]:
    text = server.ask("GET", "/metrics")[2].decode()
    found = re.findall(r"^(net_\S+) (\S+)$", text, re.MULTILINE)
    return {series: float(value) for series, value in found}


def _workers(server: GunicornServer) -> list[int]:
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    return [int(pid) for pid in children.read_text().split()]


def test_a_run_that_no_worker_can_load_is_counted(server: GunicornServer, models: Path) -> None:
    shutil.copytree(models / "second", models / "broken")
    change_details(models / "broken", name="broken")
    (models / "broken" / "model.onnx").write_bytes(b"broken")

    (models / "current").write_text("broken")
    server.wait_until(lambda: _read(server).get("net_workers_behind") == WORKERS)
    found = _read(server)
    activate(models, "first")
    server.wait_until(lambda: _read(server)["net_workers_behind"] == 0)

    assert found['net_served_run{run="first"}'] == WORKERS
    assert found['net_log_lines_total{level="error"}'] >= WORKERS


def test_the_numbers_stay_right_whatever_becomes_of_the_workers(
    server: GunicornServer, models: Path, seven: dict[str, Any]
) -> None:
    def is_told(**expected: float) -> bool:
        found = _read(server)
        runs = {series: value for series, value in found.items() if "served_run" in series}
        wanted = {f'net_served_run{{run="{run}"}}': value for run, value in expected.items()}
        return runs == wanted and found["net_workers"] == WORKERS

    def ask(times: int) -> None:
        for _ in range(times):
            assert server.ask("POST", "/api/v1/predictions", seven)[0] == 200

    ask(20)
    server.wait_until(lambda: is_told(first=WORKERS))
    old = _workers(server)

    os.kill(old[0], signal.SIGKILL)
    server.wait_until(lambda: len(set(_workers(server)) - set(old)) == 1)
    server.wait_until(lambda: is_told(first=WORKERS))
    ask(20)

    server.process.send_signal(signal.SIGHUP)
    server.wait_until(
        lambda: len(_workers(server)) == WORKERS and not set(_workers(server)) & set(old)
    )
    ask(20)

    activate(models, "second")
    server.wait_until(lambda: is_told(second=WORKERS))

    found = _read(server)
    assert found[ANSWERED] == found[SENT] == 60
    stages = {stage: found[f'net_prediction_stage_seconds_count{{kind="drawing",stage="{stage}"}}']
              for stage in ("parse", "recognise", "serialise")}  # fmt: skip
    assert set(stages.values()) == {60}
    assert found["net_prediction_confidence_count"] == 60
    assert found["net_workers_memory_bytes"] > 1_000_000
    assert found["net_workers_behind"] == 0
    folder = next(server.log_file.parent.glob("net-metrics-*"))
    kinds = {path.name.partition("_")[0] for path in folder.glob("*.db")}
    living = WORKERS + 1  # and the master
    assert len(list(folder.glob("counter_*.db"))) <= living + 1
    assert kinds == {"counter", "histogram", "gauge"}
