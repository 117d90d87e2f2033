from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.webapp.accounts.entrance import add_person, sign_in
from tests.webapp.admin.conftest import MakeApp
from webapp.accounts.secret_key import SecretKey
from webapp.configuration import Configuration, ConfigurationError, read_configuration


def test_a_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    configuration = Configuration(instance_folder=tmp_path / "instance")

    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(lambda _: SecretKey(configuration).read(), range(64)))

    (file,) = (tmp_path / "instance").iterdir()
    assert keys == {file.read_text()}
    assert len(file.read_text()) == 64
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o077 == 0


def test_an_empty_file_gets_a_key_that_all_processes_share(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    configuration = Configuration(instance_folder=tmp_path)
    processes = [SecretKey(configuration) for _ in range(8)]

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(SecretKey.read, processes))
    keys = {process.read() for process in processes}

    (file,) = tmp_path.iterdir()
    assert keys == {file.read_text()}
    assert len(file.read_text()) == 64


def test_a_file_that_holds_no_key_is_told_and_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_bytes(b"\xff" * 64)

    with capture_logs() as logs:
        key = SecretKey(Configuration(instance_folder=tmp_path)).read()

    assert len(key) == 64
    assert [line["event"] for line in logs] == [
        "sessions end with this process: no key can be kept"
    ]


def test_the_key_of_the_settings_is_stronger(tmp_path: Path) -> None:
    configuration = Configuration(instance_folder=tmp_path, secret_key="k" * 32)

    assert SecretKey(configuration).read() == "k" * 32
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_to_write_to_the_key_lasts_as_long_as_the_process(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    configuration = Configuration(instance_folder=tmp_path / "taken")

    assert len(SecretKey(configuration).read()) == 64


def test_a_session_outlives_a_restart(admin_app: MakeApp) -> None:
    first, second = admin_app(), admin_app()
    add_person(first)
    before, after = first.test_client(), second.test_client()
    sign_in(before)

    cookie = before.get_cookie("net_session")
    assert cookie is not None
    after.set_cookie("net_session", cookie.value)

    assert after.get("/admin/account").status_code == 200


def test_a_key_that_a_restore_puts_there_counts_at_once(admin_app: MakeApp) -> None:
    first, second = admin_app(), admin_app()
    add_person(first)
    before, after = first.test_client(), second.test_client()
    sign_in(before)
    file = first.extensions["net"].configuration.instance_folder / "secret-key"
    file.with_name("restored").write_text("9" * 64)

    file.with_name("restored").replace(file)
    assert after.get("/admin/account").status_code == 401
    statuses = [sign_in(before).status_code, after.get("/admin/account").status_code]
    cookie = before.get_cookie("net_session")
    assert cookie is not None
    after.set_cookie("net_session", cookie.value)

    assert statuses == [303, 401]
    assert after.get("/admin/account").status_code == 200


def test_a_key_that_is_gone_goes_on_with_those_who_know_it(admin_app: MakeApp) -> None:
    app = admin_app()
    add_person(app)
    client = app.test_client()
    sign_in(client)

    (app.extensions["net"].configuration.instance_folder / "secret-key").unlink()

    assert client.get("/admin/account").status_code == 200


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("NET_SECRET_KEY", "too short a key"),
        ("NET_ADMIN_PASSWORD", "too short"),
        ("NET_DATABASE_URL", "mysql://me:s3cret@host/db"),
        ("NET_LIMITS_URL", "http://me:s3cret@host"),
    ],
)
def test_a_secret_that_cannot_be_used_is_named_and_not_shown(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_configuration({variable: value})

    assert str(caught.value).startswith(f"{variable} must be a ")
    assert value not in str(caught.value)


def test_no_secret_shows_when_the_settings_are_printed() -> None:
    names = ["secret_key", "admin_password", "database_url", "limits_url"]
    configuration = Configuration(**dict.fromkeys([*names, "studies_url"], "s3cret"))  # type: ignore[arg-type]

    assert "s3cret" not in repr(configuration)
