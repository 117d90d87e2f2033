"""Where the data lies: what the command says counts more than the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.data.location import data_folder as find_data_folder
from trainer.data.location import folder_to_fill
from trainer.errors import DataError


def test_the_environment_variable_names_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NET_DATA_DIR", str(tmp_path))

    assert find_data_folder() == tmp_path


def test_the_option_counts_more_than_the_environment_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NET_DATA_DIR", "/does/not/exist")

    assert find_data_folder(tmp_path) == tmp_path
    with pytest.raises(DataError, match="/does/not/exist"):
        find_data_folder()


def test_the_home_of_nobody_is_a_folder_that_does_not_exist() -> None:
    with pytest.raises(DataError, match="~nobody-of-this-name/data does not exist"):
        find_data_folder("~nobody-of-this-name/data")

    assert str(folder_to_fill("~nobody-of-this-name/data")) == "~nobody-of-this-name/data"
