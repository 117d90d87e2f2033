"""A file is held to the published checksum, to its host's, or to the one of the first fetch."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
from pathlib import Path

import pytest

from tests.trainer.data.fetch.file_server import FileServer
from trainer.data.fetch.checksums import verify
from trainer.errors import DataError

SHA256 = hashlib.sha256(b"content").hexdigest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file.tgz"
    path.write_bytes(b"content")
    return path


def record(server: FileServer, *files: dict[str, str]) -> str:
    server.files["record"] = json.dumps({"id": 1, "files": list(files)}).encode()
    return f"{server.url}/record"


def test_the_published_checksum_decides(path: Path) -> None:
    assert verify(path, SHA256.upper(), None) == "the published SHA-256"
    with pytest.raises(DataError, match=r"file\.tgz has another checksum .* the published one"):
        verify(path, "0" * 64, None)


def test_without_one_the_first_fetch_is_written_down_as_sha256sum_does(path: Path) -> None:
    assert verify(path, None, None) == "nothing: none is published"

    assert path.with_name("file.tgz.sha256").read_text() == f"{SHA256}  file.tgz\n"
    assert verify(path, None, None) == "the SHA-256 of the first fetch"


def test_a_later_fetch_of_something_else_is_noticed(path: Path) -> None:
    verify(path, None, None)
    path.write_bytes(b"something else")

    with pytest.raises(DataError, match="the one seen at the first fetch"):
        verify(path, None, None)


def test_the_host_is_asked_for_its_own_checksum(path: Path, server: FileServer) -> None:
    told = {"key": "file.tgz", "checksum": f"md5:{hashlib.md5(b'content').hexdigest()}"}

    held_to = verify(path, None, record(server, {"key": "other", "checksum": "md5:0"}, told))

    assert held_to == "the MD5 that its host tells"


def test_a_file_that_its_host_knows_otherwise_is_refused(path: Path, server: FileServer) -> None:
    address = record(server, {"key": "file.tgz", "checksum": "md5:" + "0" * 32})

    with pytest.raises(DataError, match=f"the MD5 of {address}"):
        verify(path, None, address)

    assert not path.with_name("file.tgz.sha256").exists()


@pytest.mark.parametrize(
    "answer",
    [b"no JSON", b"[]", b'{"files": [{"key": "file.tgz"}]}',
     b'{"files": [{"key": "file.tgz", "checksum": "crc9:1"}]}'],
)  # fmt: skip
def test_a_record_that_tells_nothing_is_passed_over(
    path: Path, server: FileServer, answer: bytes
) -> None:
    server.files["record"] = answer

    assert verify(path, None, f"{server.url}/record") == "nothing: its host tells none"


def test_a_host_that_speaks_something_else_tells_nothing(path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_greet, args=[listening])
        thread.start()

        held_to = verify(path, None, f"http://127.0.0.1:{listening.getsockname()[1]}/record")

        thread.join()
    assert held_to == "nothing: its host tells none"


def _greet(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(1 << 16)
        connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff"])
def test_a_record_of_the_first_fetch_that_is_damaged_is_no_record_or_is_noticed(
    path: Path, content: bytes
) -> None:
    path.with_name("file.tgz.sha256").write_bytes(content)

    if content.strip():
        with pytest.raises(DataError, match="the one seen at the first fetch"):
            verify(path, None, None)
    else:
        assert verify(path, None, None) == "nothing: none is published"
