from __future__ import annotations

import json
import math
from io import StringIO
from pathlib import Path

import optuna
import pytest
from rich.console import Console

from tests.trainer.search.conftest import PASSWORD
from tests.trainer.search.searches import begin, worker_of
from trainer.command_line import main
from trainer.errors import SettingsError
from trainer.search.overview import list_studies, show_study
from trainer.search.storage import Storage


def _searched(storage: Storage) -> None:
    worker_of(begin(storage), storage).work(2, math.inf)


def test_studies_on_a_server_are_listed_and_shown_without_the_password(
    database_url: str, tmp_path: Path
) -> None:
    storage = Storage(database_url)
    _searched(storage)
    storage.close()
    printed = StringIO()
    console = Console(file=printed, width=160)

    assert list_studies(database_url, tmp_path, console) == 0
    assert show_study("small", database_url, tmp_path, console) == 0

    assert "2 complete" in printed.getvalue()
    assert "train small --settings" in printed.getvalue()
    assert PASSWORD not in printed.getvalue()
    assert (tmp_path / "small" / "trials.csv").is_file()


def test_a_study_in_a_file_is_told_to_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    storage = Storage.in_file(tmp_path / "small" / "study.db")
    _searched(storage)
    storage.close()

    assert show_study("small", None, tmp_path, None) == 0

    shown = json.loads(capsys.readouterr().out)
    assert shown["trials"] == {"complete": 2}
    assert set(shown["best"]["settings"]) == {"seed", "epochs", "width", "rate"}


def test_how_much_each_setting_matters_is_told_to_who_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    storage = Storage.in_file(tmp_path / "small" / "study.db")
    worker_of(begin(storage, pruner="none"), storage).work(6, math.inf)
    storage.close()

    show_study("small", None, tmp_path, None, with_importance=True)

    shares = json.loads(capsys.readouterr().out)["importance"]
    assert set(shares) == {"width", "rate"}
    assert sum(shares.values()) == pytest.approx(1)


def test_a_study_that_cannot_be_read_hides_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    storage = Storage.in_file(tmp_path / "small" / "study.db")
    _searched(storage)
    storage.close()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "study.db").write_text("no database" * 100)

    assert list_studies(None, tmp_path, None) == 0
    broken, small = json.loads(capsys.readouterr().out)
    printed = StringIO()
    list_studies(None, tmp_path, Console(file=printed, width=200))

    assert small["trials"] == {"complete": 2}
    assert broken["error"].endswith("cannot be used: file is not a database")
    assert (broken["recipe"], broken["best"]) == (None, None)
    assert "file is not a database" in printed.getvalue()


def test_a_folder_of_any_name_is_told_as_it_is_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "[/b] :b: thử"
    storage = Storage.in_file(output / "small" / "study.db")
    _searched(storage)
    storage.close()

    assert main(["tune", "--show", "small", "--output", str(output)]) == 0

    assert f"see {output / 'small'}" in capsys.readouterr().out


def test_a_study_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no study 'absent' in .*; there are: none"):
        show_study("absent", None, tmp_path, None)

    assert list(tmp_path.iterdir()) == []


def test_a_study_of_somebody_else_is_told(tmp_path: Path) -> None:
    storage = Storage.in_file(tmp_path / "foreign" / "study.db")
    with storage.alone():
        storage.opened()
    optuna.create_study(storage=storage.opened(), study_name="foreign")
    storage.close()

    with pytest.raises(SettingsError, match="not begun by this command"):
        show_study("foreign", None, tmp_path, None)
