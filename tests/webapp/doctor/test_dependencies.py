from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.redis_server import RedisServer
from tests.webapp.doctor.conftest import Examine
from webapp.health import disk
from webapp.storage.database import Database


def test_a_redis_that_answers_is_good_and_one_that_does_not_is_bad(
    examine: Examine, redis_server: RedisServer
) -> None:
    there = examine(NET_LIMITS_URL=redis_server.url)
    away = examine(NET_LIMITS_URL="redis://:s3cret@127.0.0.1:1/0")

    assert there.states["limits"] == "good"
    assert away.about("limits")[0] == "bad"
    assert "NET_LIMITS_URL" in away.said["limits"]
    assert "127.0.0.1:1" in away.said["limits"]
    assert "s3cret" not in str(away)


def test_a_disk_without_room_is_bad(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "NEEDED_BYTES", 10**18)

    assert examine().states["disk"] == "bad"


def test_what_the_server_makes_is_for_its_owner_alone(examine: Examine, database: Database) -> None:
    assert examine().states["permissions"] == "good"


def test_a_file_where_the_folder_should_be_is_told(examine: Examine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    found = examine(NET_INSTANCE_DIR=tmp_path / "file").about("permissions")

    assert found == ("bad", f"{tmp_path / 'file'} is no folder → see NET_INSTANCE_DIR")


@pytest.mark.parametrize(
    ("name", "mode", "state", "advice"),
    [
        ("secret-key", 0o644, "bad", "chmod 600"),
        ("net.sqlite3", 0o640, "bad", "chmod 600"),
        (".", 0o755, "warning", "chmod 700"),
    ],
)
def test_a_secret_that_others_can_read_is_told_with_the_command_that_mends_it(
    examine: Examine, database: Database, tmp_path: Path,
    name: str, mode: int, state: str, advice: str,
) -> None:  # fmt: skip
    path = tmp_path / "instance" / name
    if name == "secret-key":
        path.write_text("k" * 64)
    path.chmod(mode)

    found, said = examine().about("permissions")

    assert found == state
    assert advice in said


def test_an_instance_folder_that_cannot_be_entered_is_told(
    examine: Examine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.X_OK)  # root may everything

    state, said = examine().about("permissions")

    assert state == "bad"
    assert "chown -R" in said


def test_a_database_elsewhere_is_looked_at_too(examine: Examine, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/elsewhere/own.db"
    Database(address).prepare()
    (tmp_path / "elsewhere" / "own.db").chmod(0o644)
    (tmp_path / "instance").mkdir(mode=0o700)

    state, said = examine(NET_DATABASE_URL=address).about("permissions")

    assert state == "bad"
    assert "chmod 600" in said


@pytest.mark.parametrize(
    ("proxies", "state"),
    [
        ("127.0.0.1,::1", "good"),
        ("10.0.0.0/8", "good"),
        ("*", "bad"),
        ("10.0.0.1/8", "bad"),
        ("nginx", "bad"),
        ("0.0.0.0/0", "warning"),
    ],
)
def test_proxies_that_may_lie_are_told(examine: Examine, proxies: str, state: str) -> None:
    assert examine(NET_TRUSTED_PROXIES=proxies).states["proxies"] == state


def test_who_believes_everybody_is_told_what_that_means(examine: Examine) -> None:
    assert "limits mean nothing" in examine(NET_TRUSTED_PROXIES="*").said["proxies"]


@pytest.mark.parametrize(
    ("settings", "hosts", "https"),
    [
        ({}, "good", "good"),
        ({"NET_BIND": "0.0.0.0:80"}, "warning", "warning"),
        ({"NET_BIND": "0.0.0.0:80", "NET_TRUSTED_HOSTS": "a.example",
          "NET_TRUSTED_PROXIES": "10.0.0.5"}, "good", "good"),
        ({"NET_BIND": "unix:/run/net.sock"}, "good", "good"),
        ({"NET_BIND": "[::1]:80, unix:/x, 127.0.0.1, fd://3"}, "good", "good"),
        ({"NET_BIND": "0.0.0.0:80", "NET_TRUSTED_PROXIES": "127.0.0.0/8,::1/128"},
         "warning", "warning"),
        ({"NET_BIND": "127.0.0.1:http"}, "bad", None),
        ({"NET_HSTS_SECONDS": "0"}, "good", "warning"),
    ],
)  # fmt: skip
def test_a_server_that_is_open_needs_hosts_and_a_proxy(
    examine: Examine, settings: dict[str, str], hosts: str, https: str | None
) -> None:
    report = examine(**settings)

    assert (report.states["hosts"], report.states.get("https")) == (hosts, https)


def test_missing_data_sets_are_named(examine: Examine, tmp_path: Path) -> None:
    missing, empty = examine(NET_DATA_DIR=tmp_path / "nowhere"), examine(NET_DATA_DIR=tmp_path)

    assert missing.about("data") == (
        "warning", f"the data folder {tmp_path}/nowhere does not exist → see NET_DATA_DIR",
    )  # fmt: skip
    assert "lacks files of mnist" in empty.said["data"]
