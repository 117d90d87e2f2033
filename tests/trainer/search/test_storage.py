from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from optuna.study import StudyDirection
from sqlalchemy import make_url

from tests.trainer.search.conftest import PASSWORD
from trainer.errors import SettingsError
from trainer.search.storage import Storage, StorageError, with_retries


def test_one_is_alone_at_a_time(open_storage: Callable[[], Storage]) -> None:
    first, second = open_storage(), open_storage()
    came_in = threading.Event()

    def come_in() -> None:
        with second.alone():
            came_in.set()

    with first.alone():
        thread = threading.Thread(target=come_in)
        thread.start()
        assert not came_in.wait(0.3)
    assert came_in.wait(30)
    thread.join()


def test_a_killed_process_does_not_stay_alone(
    storage_url: str, open_storage: Callable[[], Storage]
) -> None:
    code = (
        "import sys, time\nfrom trainer.search.storage import Storage\n"
        "with Storage(sys.argv[1]).alone():\n    print('in', flush=True)\n    time.sleep(600)\n"
    )
    command = [sys.executable, "-c", code, storage_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in\n"
        process.kill()

        with open_storage().alone():
            pass


def test_a_storage_keeps_studies_while_somebody_is_alone(
    open_storage: Callable[[], Storage],
) -> None:
    storage = open_storage()

    with storage.alone():
        number = storage.opened().create_new_study([StudyDirection.MAXIMIZE], "one")

    assert open_storage().opened().get_study_name_from_id(number) == "one"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_the_address_hides_the_password(scheme: str) -> None:
    storage = Storage(f"{scheme}://me:s3cret@host/studies")

    assert storage.address == "postgresql+psycopg://me:***@host/studies"


@pytest.mark.parametrize(
    "url", ["mysql://host/studies", "nothing", "sqlite://", "postgresql://me:s3cret@host:x/studies"]
)
def test_what_is_no_database_of_ours_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Storage(url)

    assert "--storage takes" in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("change", [{"password": "s3cret2"}, {"port": 1}, {"database": "absent"}])
def test_a_server_that_refuses_is_told_without_the_password(
    database_url: str, change: dict[str, object]
) -> None:
    url = make_url(database_url).set(**change)

    with (
        pytest.raises(StorageError) as caught,
        Storage(url.render_as_string(hide_password=False)).alone(),
    ):
        pass

    assert "127.0.0.1" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert PASSWORD not in str(caught.value)


def test_a_file_may_lie_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "{braces} & 100% ?" / "study.db"

    with closing(Storage.in_file(path)) as storage, storage.alone():
        storage.opened()

    assert path.is_file()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "study.db").write_text("this is a text and no database, as anybody can see")
    storage = Storage.in_file(tmp_path / "study.db")

    with pytest.raises(StorageError, match="not a database"):
        storage.opened()


def test_a_database_that_was_away_for_a_moment_is_asked_again() -> None:
    answers = [StorageError("away"), StorageError("still away"), 7]

    def ask() -> int:
        answer = answers.pop(0)
        if isinstance(answer, StorageError):
            raise answer
        return int(answer)

    assert with_retries(ask) == 7
    answers[:] = [StorageError("away")]
    with pytest.raises(StorageError, match="away"):
        with_retries(ask, seconds=-1)
