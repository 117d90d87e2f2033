from __future__ import annotations

import re
from pathlib import Path

import pytest

from webapp.configuration import (
    REPOSITORY,
    Configuration,
    ConfigurationError,
    read_configuration,
    variables,
    without_secrets,
    workers_for,
)

DOCUMENT = (REPOSITORY / "docs" / "configuration.md").read_text("utf-8")


def test_nothing_has_to_be_set() -> None:
    configuration = read_configuration({})

    assert configuration == Configuration()
    assert configuration.models_folder == REPOSITORY / "models"
    assert configuration.addresses == ("127.0.0.1:8000",)


def test_the_environment_is_read(tmp_path: Path) -> None:
    environment = {"NET_MODELS_DIR": str(tmp_path), "PORT": "9000", "NET_WORKERS": "3"}

    configuration = read_configuration(environment)

    assert configuration.models_folder == tmp_path
    assert configuration.addresses == ("127.0.0.1:9000",)
    assert configuration.workers == 3


def test_an_address_is_stronger_than_a_port() -> None:
    configuration = read_configuration({"NET_BIND": "unix:/a.sock, [::]:80", "PORT": "9000"})

    assert configuration.addresses == ("unix:/a.sock", "[::]:80")


def test_an_empty_variable_counts_as_unset() -> None:
    assert read_configuration({"PORT": ""}) == Configuration()


def test_lists_are_separated_by_commas() -> None:
    configuration = read_configuration({"NET_TRUSTED_HOSTS": "a.example, b.example,"})

    assert configuration.trusted_hosts == ("a.example", "b.example")


def test_overrides_are_stronger_than_the_environment(tmp_path: Path) -> None:
    environment = {"NET_MODELS_DIR": "/elsewhere", "NET_THREADS": "4"}

    configuration = read_configuration(
        environment, {"NET_MODELS_DIR": tmp_path, "NET_THREADS": "8", "TESTING": True}
    )

    assert configuration.models_folder == tmp_path
    assert configuration.threads == 8


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("NET_WORKERS", "0"),
        ("NET_WORKERS", "1.5"),
        ("NET_MODELS_POLL_SECONDS", "nan"),
        ("NET_LOG_FORMAT", "xml"),
        ("NET_LOG_LEVEL", "INFO "),
        ("NET_HSTS_SECONDS", "-1"),
        ("NET_INSTANCE_DIR", "~nobody-is-called-so/net"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_what_would_do(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{variable}='{value}' must be (a|one) .+"):
        read_configuration({variable: value})


@pytest.mark.parametrize(
    "url", ["mysql://host/net", "postgresql://an:s3cret@host:port/net", "sqlite://", "net.sqlite3"]
)
def test_an_address_of_a_database_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^NET_DATABASE_URL must be a URL") as caught:
        read_configuration({"NET_DATABASE_URL": url})

    assert "s3cret" not in str(caught.value)


def test_every_setting_stands_in_the_documentation_with_its_default() -> None:
    documented = dict(re.findall(r"^\*\*`(\w+)`\*\* \(default: (.+)\)$", DOCUMENT, re.MULTILINE))

    # Made by gunicorn.conf.py and read by prometheus_client, so no setting of the app itself.
    assert documented.pop("PROMETHEUS_MULTIPROC_DIR")
    assert set(documented) == set(variables())
    for name, default in variables().items():
        if isinstance(default, (int, float)) and name != "NET_WORKERS":
            assert documented[name] == f"`{default}`"


def test_the_trainer_s_processes_get_no_secrets() -> None:
    secrets = {"NET_SECRET_KEY": "k" * 32, "NET_LIMITS_URL": "redis://:p@host"}
    environment = {**secrets, "NET_DATABASE_URL_FILE": "/run/secrets/database", "PATH": "/bin"}

    assert without_secrets(environment) == {"PATH": "/bin"}


def test_a_secret_is_read_from_a_file_and_a_variable_is_stronger(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n", "ascii")
    named = {"NET_SECRET_KEY_FILE": str(tmp_path / "key")}

    assert read_configuration(named).secret_key == "k" * 40
    assert read_configuration({**named, "NET_SECRET_KEY": "v" * 40}).secret_key == "v" * 40


def test_a_secret_whose_file_is_missing_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no-such-file"):
        read_configuration({"NET_SECRET_KEY_FILE": str(tmp_path / "no-such-file")})


@pytest.mark.parametrize(
    ("quota", "processors", "expected"),
    [(1, 1, 1), (3, 3, 3), (40, 40, 16), (12, 4, 4), (None, 8, 8), (None, 1, 2), (None, 64, 16)],
)
def test_there_are_as_many_workers_as_the_quota_gives(
    quota: int | None, processors: int, expected: int
) -> None:
    assert workers_for(quota, processors) == expected
