"""The app as an operator runs it: gunicorn, several workers, the released model."""

from __future__ import annotations

import json
import re
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from recognizer.runs.registry import activate
from tests.gunicorn_server import GunicornServer
from tests.run_details import change_details
from tests.webapp.two_runs import make_two_runs
from tests.written_paper import as_file, paper

pytestmark = pytest.mark.gunicorn

ADDRESS = "/api/v1/predictions"
FORM_HEAD = b'--cut\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'
PROCESSES = 3  # two workers, and the master that later ones are forked from
HALF_A_REQUEST = (
    b"POST /api/v1/predictions HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"
)


def _form(picture: bytes) -> bytes:
    return FORM_HEAD + picture + b"\r\n--cut--\r\n"


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, released_models: Path
) -> Iterator[GunicornServer]:
    """One server for all the tests that need nothing special of it."""
    with GunicornServer(
        tmp_path_factory.mktemp("server"),
        NET_MODELS_DIR=released_models,
        NET_PREDICTIONS_A_MINUTE=0,
        NET_TRUSTED_PROXIES="10.0.0.1",
    ) as server:
        yield server


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., GunicornServer]]:
    """Starts servers with settings of their own, and stops them at the end."""
    servers: list[GunicornServer] = []

    def start(*arguments: str, **settings: object) -> GunicornServer:
        folder = tmp_path / f"server-{len(servers)}"
        folder.mkdir()
        servers.append(GunicornServer(folder, *arguments, **settings))
        servers[-1].wait_until(servers[-1].is_up)
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@dataclass(frozen=True)
class Watcher:
    """A server that looks for another run all the time.

    Attributes:
        server: the server.
        models: its folder; it serves ``first`` when a test begins, and could serve ``second``.
        before: what it said before there was any run: to a drawing, and whether it is ready.
    """

    server: GunicornServer
    models: Path
    before: tuple[int, dict[str, str], int]

    def wait_for_all(self, sentence: str, already: int) -> None:
        """Until each process has logged a sentence once more."""
        self.server.wait_until(lambda: self.server.log.count(sentence) == already + PROCESSES)

    def bring(self, run: str, says: str = "") -> None:
        """Activate a run, and wait until each process has said what it makes of it."""
        sentence = says or f"serving the run {run}"
        already = self.server.log.count(sentence)
        activate(self.models, run)
        self.wait_for_all(sentence, already)


@pytest.fixture(scope="module")
def _watcher(
    tmp_path_factory: pytest.TempPathFactory, released_models: Path, seven: dict[str, Any]
) -> Iterator[Watcher]:
    folder = tmp_path_factory.mktemp("watcher")
    models = make_two_runs(folder / "models", released_models)
    (models / "current").unlink()
    with GunicornServer(folder, NET_MODELS_DIR=models, NET_MODELS_POLL_SECONDS=0.1) as server:
        status, headers, _ = server.ask("POST", ADDRESS, seven)
        watcher = Watcher(server, models, (status, headers, server.ask("GET", "/readyz")[0]))
        watcher.bring("first")
        yield watcher


@pytest.fixture
def watcher(_watcher: Watcher) -> Watcher:
    """One server for all tests of this file that bring other runs."""
    if (_watcher.models / "current").read_text("ascii").strip() != "first":
        _watcher.bring("first")
    return _watcher


def _runs(server: GunicornServer, drawing: dict[str, Any], times: int = 20) -> set[str]:
    """The runs that answer when asked again and again, always on a new connection."""
    answers = [json.loads(server.ask("POST", ADDRESS, drawing)[2]) for _ in range(times)]
    return {answer["model"]["run"] for answer in answers}


def test_a_server_without_a_model_waits_for_one(watcher: Watcher, seven: dict[str, Any]) -> None:
    status, headers, ready_before = watcher.before

    assert (status, ready_before) == (503, 503)
    assert "Retry-After" in headers
    assert _runs(watcher.server, seven) == {"first"}
    # What is checked beside is looked at every five seconds.
    watcher.server.wait_until(lambda: watcher.server.ask("GET", "/readyz")[0] == 200)


def test_every_worker_takes_up_a_new_run_and_none_a_broken_one(
    watcher: Watcher, seven: dict[str, Any]
) -> None:
    watcher.bring("second")
    after = _runs(watcher.server, seven)

    models = watcher.models
    shutil.copytree(models / "first", models / "broken")
    change_details(models / "broken", name="broken")
    (models / "broken" / "model.onnx").write_bytes(b"broken")
    already = watcher.server.log.count("still serving second")
    (models / "current").write_text("broken")
    watcher.wait_for_all("still serving second", already)

    assert after == {"second"}
    assert _runs(watcher.server, seven) == {"second"}
    assert watcher.server.ask("GET", "/readyz")[0] == 200


def test_no_worker_takes_up_a_run_that_was_changed_and_readiness_tells_it(
    watcher: Watcher, seven: dict[str, Any]
) -> None:
    server, path = watcher.server, watcher.models / "first" / "run.json"
    before = json.loads(server.ask("POST", ADDRESS, seven)[2])
    sealed = path.read_text()
    already = server.log.count("run.json is not the file")

    path.write_text(json.dumps(json.loads(sealed) | {"calibration": {"temperature": 4.66}}))
    watcher.wait_for_all("run.json is not the file", already)

    after = json.loads(server.ask("POST", ADDRESS, seven)[2])
    assert (after["text"], after["confidence"]) == (before["text"], before["confidence"])
    status, _, body = server.ask("GET", "/readyz")
    path.write_text(sealed)
    (warning,) = [one for one in json.loads(body)["warnings"] if "run.json" in one]
    assert (status, "first: run.json is not the file" in warning) == (200, True)


def test_no_worker_takes_up_a_run_that_does_not_read_what_is_known(
    watcher: Watcher, seven: dict[str, Any]
) -> None:
    shutil.copytree(watcher.models / "second", watcher.models / "third")
    change_details(watcher.models / "third", name="third", calibration={"temperature": 4.66})

    watcher.bring("third", says="a known drawing was answered with")

    assert _runs(watcher.server, seven) == {"first"}
    status, _, body = watcher.server.ask("GET", "/readyz")
    assert (status, "third: a known drawing" in body.decode()) == (200, True)


def test_half_sent_requests_delay_nobody_else(
    server: GunicornServer, seven: dict[str, Any]
) -> None:
    half_sent = [server.connect() for _ in range(200)]
    for connection in half_sent:
        connection.sendall(HALF_A_REQUEST)

    statuses = {server.ask("POST", ADDRESS, seven)[0] for _ in range(20)}

    for connection in half_sent:
        connection.close()
    assert statuses == {200}


def test_what_workers_count_is_added_up(server: GunicornServer, seven: dict[str, Any]) -> None:
    before = _digits_counted(server)

    for _ in range(40):
        server.ask("POST", ADDRESS, seven)

    assert [_digits_counted(server) - before for _ in range(10)] == [40] * 10


def _digits_counted(server: GunicornServer) -> float:
    text = server.ask("GET", "/metrics")[2].decode()
    found = re.search(r'^net_predictions_total\{verdict="digit"\} (\S+)$', text, re.MULTILINE)
    return float(found[1]) if found else 0


def test_numbers_of_an_earlier_start_are_forgotten_and_who_takes_too_long_is_let_go(
    server: GunicornServer,
    serve: Callable[..., GunicornServer],
    released_models: Path,
    tmp_path: Path,
) -> None:
    server.ask("GET", "/metrics")
    (counted,) = server.log_file.parent.glob("net-metrics-*")
    folder = tmp_path / "metrics"
    shutil.copytree(counted, folder)  # as a server leaves them that is killed
    left_over = {path.name for path in folder.iterdir() if "_ended" not in path.name}

    second = serve(
        NET_MODELS_DIR=released_models, PROMETHEUS_MULTIPROC_DIR=folder,
        NET_REQUEST_SECONDS=1, NET_WORKERS=1,
    )  # fmt: skip

    assert left_over
    assert b'route="/metrics"' not in second.ask("GET", "/metrics")[2]
    assert not left_over & {path.name for path in folder.iterdir()}
    _requests_that_take_too_long_lose_their_connection(second)


def _requests_that_take_too_long_lose_their_connection(server: GunicornServer) -> None:
    rest = []
    for part in (HALF_A_REQUEST, HALF_A_REQUEST[:30]):  # of a body, and of a head
        with server.connect() as connection:
            connection.sendall(part)
            rest.append(connection.recv(1))

    assert rest == [b"", b""]
    assert server.ask("GET", "/livez")[0] == 200


def test_a_server_stops_by_itself_whoever_is_connected_and_leaves_nothing_behind(
    serve: Callable[..., GunicornServer], released_models: Path, seven: dict[str, Any]
) -> None:
    server = serve(NET_MODELS_DIR=released_models, NET_REQUEST_SECONDS=3600)
    server.ask("POST", ADDRESS, seven)
    folders = list(server.log_file.parent.glob("net-metrics-*"))
    with server.connect(), server.connect() as half_sent:
        half_sent.sendall(HALF_A_REQUEST)
        server.wait_until(server.is_up)

        status = server.stop()

    assert status == 0
    assert len(folders) == 1
    assert not folders[0].exists()
    # ONNX Runtime's telemetry, were it on, would keep a forked worker from ending.
    assert not re.search(r"SIGABRT|SIGKILL|terminate called", server.log)


@pytest.mark.parametrize(
    "size", [1_048_577, 8_000_000, 20_000_000], ids=["a byte", "megabytes", "more than is kept"]
)
@pytest.mark.parametrize("is_chunked", [False, True], ids=["of known length", "chunked"])
def test_who_sends_a_body_that_is_too_large_may_finish_and_is_told(
    server: GunicornServer, size: int, is_chunked: bool
) -> None:
    length = b"Transfer-Encoding: chunked" if is_chunked else b"Content-Length: %d" % size
    head = HALF_A_REQUEST.replace(b"Content-Length: 500", length).removesuffix(b"{")
    body = b" " * size
    sent = b"%x\r\n%s\r\n0\r\n\r\n" % (size, body) if is_chunked else body

    with server.connect() as connection:
        connection.sendall(head)
        for at in range(0, len(sent), 500_000):
            connection.sendall(sent[at : at + 500_000])
            time.sleep(0.02)  # long enough for an answer that does not wait
        answer = connection.recv(100)

    assert answer.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("image/jpeg", bytes(8_000_000), 415),
        ("multipart/form-data; boundary=cut", bytes(12_000_000), 413),
        ("multipart/form-data; boundary=cut", _form(bytes(9_000_000)), 415),
        ("multipart/form-data; boundary=cut", _form(as_file(paper(size=(1800, 1400)), "BMP")), 200),
    ],
    ids=["no form", "too large", "no picture", "picture"],
)
def test_who_sends_a_picture_may_finish_and_is_answered(
    server: GunicornServer, kind: str, body: bytes, status: int
) -> None:
    answer = server.ask("POST", f"{ADDRESS}/image", body, **{"Content-Type": kind})

    assert answer[0] == status


def test_a_setting_that_cannot_be_used_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    server = GunicornServer(tmp_path, NET_WORKERS="many")

    status = server.process.wait(60)

    assert status != 0
    assert "NET_WORKERS='many' must be a whole number from 1 to 256." in server.log
    assert "Traceback" not in server.log


def test_requests_arrive_in_whatever_pieces_they_are_sent(
    server: GunicornServer, seven: dict[str, Any]
) -> None:
    body = json.dumps(seven).encode()
    head = HALF_A_REQUEST.removesuffix(b"{").replace(b"500", b"%d" % len(body))
    chunked_head = HALF_A_REQUEST.removesuffix(b"{").replace(
        b"Content-Length: 500", b"Transfer-Encoding: chunked"
    )
    chunks = b"".join(b"%x\r\n%s\r\n" % (1, body[at : at + 1]) for at in range(len(body)))
    sent = (head + body) * 2 + chunked_head + chunks + b"0\r\n\r\n" + head + body

    with server.connect() as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in range(0, len(sent), 97):
            connection.sendall(sent[at : at + 97])
        connection.shutdown(socket.SHUT_WR)
        answers = b"".join(iter(lambda: connection.recv(65_536), b""))

    assert answers.count(b"HTTP/1.1 200 OK") == 4
    assert answers.count(b'"text":"7"') == 4


@pytest.mark.parametrize("chunks", [b"zz\r\n{}\r\n0\r\n\r\n", b"2\r\n{}XX0\r\n\r\n"])
def test_a_body_in_broken_chunks_is_refused(server: GunicornServer, chunks: bytes) -> None:
    head = HALF_A_REQUEST.removesuffix(b"{").replace(
        b"Content-Length: 500", b"Transfer-Encoding: chunked\r\nExpect: 100-continue"
    )

    with server.connect() as connection:
        connection.sendall(head + chunks)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))

    assert answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in answer


def test_a_sender_that_waits_to_be_told_to_go_on_is_told(
    server: GunicornServer, seven: dict[str, Any]
) -> None:
    body = json.dumps(seven).encode()
    head = HALF_A_REQUEST.removesuffix(b"\r\n{").replace(b"500", b"%d" % len(body))

    with server.connect() as connection:
        connection.sendall(head + b"Expect: 100-continue\r\n\r\n")
        go_on = connection.recv(65_536)
        connection.sendall(body)
        answer = connection.recv(65_536)

    assert go_on.startswith(b"HTTP/1.1 100 ")
    assert answer.startswith(b"HTTP/1.1 200 ")


def test_only_a_trusted_proxy_is_believed_about_https(server: GunicornServer) -> None:
    _, headers, _ = server.ask("GET", "/livez", **{"X-Forwarded-Proto": "https"})

    assert "Strict-Transport-Security" not in headers


def test_tls_is_left_to_a_proxy_and_said_to_be(tmp_path: Path) -> None:
    server = GunicornServer(tmp_path, "--certfile", "LICENSE", "--keyfile", "LICENSE")

    status = server.process.wait(60)

    assert status != 0
    assert "TLS is a proxy's to speak (docs/deploy.md)." in server.log
    assert "Traceback" not in server.log
