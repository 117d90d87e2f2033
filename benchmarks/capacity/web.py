"""Measure a web server of one worker, and nginx in front of it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.capacity.figures import WebFigures
from benchmarks.serving.contestants import BATCH, BATCH_PATH, PATH, ours
from benchmarks.serving.drawings import Question, as_batches, as_bodies
from benchmarks.serving.load import Request, ask_once, load
from benchmarks.serving.server import Server, answers, running
from webapp.configuration import REPOSITORY

CLIENTS = 8
_WARM_UP_SECONDS = 1.0
_PATIENCE_SECONDS = 30.0

_NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/log notice; {user}
events {{ worker_connections 1024; }}
http {{
    access_log {folder}/access.log;
    map $http_x_request_id $net_request_id {{ "" $request_id; default $http_x_request_id; }}
    server {{
        listen 127.0.0.1:{port};
        keepalive_requests 1000000;
        location / {{ include {proxy}; proxy_pass http://127.0.0.1:{behind}; }}
        {temporary}
    }}
}}
"""


def measure_web(questions: Sequence[Question], seconds: float) -> WebFigures:
    """Load real servers one after the other.

    Args:
        questions: what they are asked.
        seconds: of each load.

    Raises:
        LoadError: one does not start, or answers no success.
    """
    singles = [Request(PATH, body) for body in as_bodies(questions)]
    batches = [Request(BATCH_PATH, body) for body in as_batches(questions, BATCH)]
    with _one(questions[0], 2) as server:
        _cpu_ms(server, server.port, singles, seconds)
        two_workers = server.memory_bytes() / 1e6
    with _one(questions[0], 1) as server:
        _cpu_ms(server, server.port, singles, _WARM_UP_SECONDS)
        web_ms = _cpu_ms(server, server.port, singles, seconds)
        megabytes = server.memory_bytes() / 1e6
        batch_ms = _cpu_ms(server, server.port, batches, seconds) / BATCH
        nginx_ms = _nginx_ms(server.port, singles, seconds)
        bytes_out = _mean_answer(server.port, singles[:50])
    bytes_in = sum(len(one.template()) for one in singles) / len(singles)
    further = max(0.0, two_workers - megabytes)
    return WebFigures(web_ms, batch_ms, megabytes, further, bytes_in, bytes_out, nginx_ms)


@contextmanager
def _one(question: Question, workers: int) -> Iterator[Server]:
    contestant = ours([], workers)
    is_ready = answers(PATH, as_bodies([question])[0], question.digit)
    with running(contestant.arguments, contestant.environment, is_ready) as server:
        yield server


def _cpu_ms(server: Server, port: int, requests: Sequence[Request], seconds: float) -> float:
    before = server.cpu_seconds()
    answered = load(port, requests, CLIENTS, seconds).answered
    return 1000 * (server.cpu_seconds() - before) / answered


def _mean_answer(port: int, requests: Sequence[Request]) -> float:
    head = 400  # bytes, about: the client throws it away
    return head + sum(len(ask_once(port, one)) for one in requests) / len(requests)


def _nginx_ms(behind: int, requests: Sequence[Request], seconds: float) -> float | None:
    program = shutil.which("nginx")
    if program is None:
        return None
    with (
        tempfile.TemporaryDirectory(prefix="net-capacity-") as name,
        _nginx(program, Path(name), behind) as nginx,
    ):
        return _cpu_ms(nginx, nginx.port, requests, seconds)


@contextmanager
def _nginx(program: str, folder: Path, behind: int) -> Iterator[Server]:
    port = behind + 1 if behind < 65_535 else behind - 1
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    text = _NGINX.format(
        folder=folder,
        port=port,
        behind=behind,
        proxy=REPOSITORY / "deploy" / "nginx" / "proxy.conf",
        temporary=" ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds),
        user="user root;" if Path("/proc/self").stat().st_uid == 0 else "",
    )
    (folder / "nginx.conf").write_text(text, "utf-8")
    process = subprocess.Popen([program, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
