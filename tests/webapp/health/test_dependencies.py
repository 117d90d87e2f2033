from __future__ import annotations

from pathlib import Path

import pytest

from tests.redis_server import RedisServer
from webapp.configuration import Configuration
from webapp.health import disk
from webapp.health.dependencies import Dependencies, check_disk, probe_dependencies
from webapp.health.disk import Disk
from webapp.health.redis_server import redis_trouble, without_password


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    return Configuration(instance_folder=tmp_path / "instance", models_folder=tmp_path)


def test_a_server_by_itself_leans_on_its_disks_only(configuration: Configuration) -> None:
    found = probe_dependencies(configuration)

    assert {check.name: check.state for check in found.checks} == {"limits": "good", "disk": "good"}
    assert set(found.disks) == {"instance", "models"}
    assert found.warnings() == []


def test_a_redis_that_goes_and_comes_back_is_noticed(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    configuration = Configuration(instance_folder=tmp_path, limits_url=redis_server.url)

    before = probe_dependencies(configuration).warnings()
    redis_server.stop()
    away = probe_dependencies(configuration).warnings()
    redis_server.start()

    assert before == probe_dependencies(configuration).warnings() == []
    assert [sentence.partition(" do")[0] for sentence in away] == ["The counters of limits"]


def test_a_disk_that_is_nearly_full_is_told_without_where_it_is(
    configuration: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "NEEDED_BYTES", 10**18)

    warnings = probe_dependencies(configuration).warnings()

    assert len(warnings) == 2
    assert all("nearly full" in sentence for sentence in warnings)
    assert str(configuration.models_folder) not in "".join(warnings)


def test_a_read_only_disk_matters_where_something_has_to_be_written() -> None:
    locked = Disk(10**12, 10**12, False)
    read = check_disk("instance", Path("/nowhere"), locked, is_written=False)
    written = check_disk("instance", Path("/nowhere"), locked, is_written=True)

    assert Dependencies([read]).warnings() == []
    assert Dependencies([written]).warnings() == ["The disk of the instance folder is read-only."]


def test_a_disk_that_does_not_answer_is_told() -> None:
    silent = check_disk("models", Path("/nowhere"), None, is_written=False)

    assert Dependencies([silent]).warnings() == ["The disk of the models folder does not answer."]
    assert "/nowhere" in silent.whole


@pytest.mark.parametrize(
    "url", ["redis://:s3cret@127.0.0.1:1/0", "unix:///nowhere?password=s3cret"]
)
def test_trouble_names_no_password(url: str) -> None:
    trouble = redis_trouble(url)

    assert trouble
    assert "s3cret" not in trouble
    assert "s3cret" not in without_password(url)
