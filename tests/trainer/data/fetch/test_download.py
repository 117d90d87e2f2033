"""A download ends whole or not at all, goes on where it stopped, and never mixes two files."""

from __future__ import annotations

import errno
import http.client
import random
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.trainer.data.fetch.file_server import FileServer
from trainer.data.fetch.download import download
from trainer.errors import DataError

CONTENT = random.Random(3).randbytes(900_000)
OTHER = random.Random(4).randbytes(900_000)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "file.zip"


@pytest.fixture
def get(server: FileServer, target: Path) -> Callable[..., list[tuple[int, int | None]]]:
    """Downloads file.zip, and returns what progress was told."""
    server.files["file.zip"] = CONTENT

    def run(retries: int = 0) -> list[tuple[int, int | None]]:
        told: list[tuple[int, int | None]] = []
        url = f"{server.url}/file.zip"
        download(url, target, lambda here, total: told.append((here, total)), retries)
        return told

    return run


Get = Callable[..., list[tuple[int, int | None]]]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_download_leaves_the_file_alone(get: Get, target: Path) -> None:
    told = get()

    assert target.read_bytes() == CONTENT
    assert names(target.parent) == ["file.zip"]
    assert told[0] == (0, 900_000)
    assert told[-1] == (900_000, 900_000)


def test_an_interrupted_download_goes_on_where_it_stopped(
    server: FileServer, get: Get, target: Path
) -> None:
    server.cuts = [500_000]
    with pytest.raises(DataError, match=r"500,000 bytes are kept.*the same command goes on"):
        get()
    assert names(target.parent) == ["file.zip.part", "file.zip.part.version"]

    told = get()

    assert target.read_bytes() == CONTENT
    assert names(target.parent) == ["file.zip"]
    assert server.asked == ["", "bytes=500000-"]
    assert told[0] == (500_000, 900_000)


def test_a_download_tries_again_by_itself(server: FileServer, get: Get, target: Path) -> None:
    server.refusals = [503]
    server.cuts = [100_000, 200_000]

    get(retries=3)

    assert target.read_bytes() == CONTENT
    assert server.asked == ["", "", "bytes=100000-", "bytes=300000-"]


def test_a_server_without_ranges_starts_over(server: FileServer, get: Get, target: Path) -> None:
    server.knows_ranges, server.cuts = False, [500_000]

    get(retries=1)

    assert target.read_bytes() == CONTENT


def test_a_file_that_changed_meanwhile_starts_over(
    server: FileServer, get: Get, target: Path
) -> None:
    server.cuts = [500_000]
    with pytest.raises(DataError):
        get()
    server.files["file.zip"], server.etag = OTHER, '"2"'

    get()

    assert target.read_bytes() == OTHER


def test_a_disk_that_fails_between_two_versions_mixes_nothing(
    server: FileServer, get: Get, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.cuts = [500_000]
    with pytest.raises(DataError):
        get()
    server.files["file.zip"], server.etag = OTHER, '"2"'
    part, version = (target.with_name(f"file.zip.{name}") for name in ("part", "part.version"))
    usual = Path.open

    def failing(path: Path, *how: Any, **more: Any) -> Any:
        if path == part and version.read_bytes() == b'"2"':
            raise OSError(errno.EIO, "Input/output error")
        return usual(path, *how, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", failing)
        with pytest.raises(DataError, match="Input/output error"):
            get()

    get()

    assert target.read_bytes() == OTHER


def test_a_way_that_is_lost_while_bytes_come_is_tried_again_and_is_not_the_disk(
    server: FileServer, get: Get, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(errno.EHOSTUNREACH, "No route to host")

    monkeypatch.setattr("trainer.data.fetch.download._FIRST_PAUSE", 0)
    monkeypatch.setattr(http.client.HTTPResponse, "read", fail)

    with pytest.raises(DataError, match="cannot be fetched: No route to host; 0 bytes are kept"):
        get(retries=1)

    assert len(server.asked) == 2


@pytest.mark.parametrize("size", [900_000, 300_000])
def test_a_server_that_sends_the_rest_of_another_version_is_not_believed(
    server: FileServer, get: Get, target: Path, size: int
) -> None:
    server.cuts = [500_000]
    with pytest.raises(DataError):
        get()
    server.files["file.zip"], server.etag = OTHER[:size], '"2"'
    server.ignores_if_range = True

    get(retries=1)

    assert target.read_bytes() == OTHER[:size]


@pytest.mark.parametrize("etag", ["", 'W/"1"'])
def test_without_a_name_for_the_version_a_download_starts_over(
    server: FileServer, get: Get, target: Path, etag: str
) -> None:
    server.etag, server.cuts = etag, [500_000]

    get(retries=1)

    assert server.asked == ["", ""]
    assert target.read_bytes() == CONTENT


def test_a_file_that_is_not_there_is_not_asked_for_twice(
    server: FileServer, get: Get, target: Path
) -> None:
    server.refusals = [404]

    with pytest.raises(DataError, match=r"file\.zip cannot be fetched: the server answers 404"):
        get(retries=4)

    assert len(server.asked) == 1


def test_without_a_network_the_address_is_named(target: Path) -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody_listens.getsockname()[1]}/file.zip"

        with pytest.raises(DataError, match=rf"{url} cannot be fetched: Connection refused"):
            download(url, target, lambda here, total: None, retries=0)


def test_a_full_disk_is_told_as_such(server: FileServer, get: Get, target: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full, which only Linux has")
    target.with_name("file.zip.part").symlink_to(full)

    with pytest.raises(DataError, match=r"the disk of .* is full; make room"):
        get()


def test_only_http_is_fetched(target: Path) -> None:
    with pytest.raises(DataError, match="http or https only"):
        download("file:///etc/passwd", target, lambda here, total: None)
