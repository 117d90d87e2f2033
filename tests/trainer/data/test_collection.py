"""A run gets the drawings that its recipe asks for, and pictures always."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from trainer.data.collection import load_data
from trainer.data.stroke_files import DIGIT_FILES
from trainer.errors import DataError


@pytest.fixture
def pictures_only(data_folder: Path, tmp_path: Path) -> Path:
    shutil.copy(data_folder / "mnist.npz", tmp_path)
    return tmp_path


def test_required_drawings_come_with_their_origins(data_folder: Path) -> None:
    data = load_data(data_folder)

    assert len(data.drawings) == 210
    assert set(data.origins) == {"mnist", "pendigits-train", "unipen-digits-train"}


def test_required_drawings_that_are_missing_are_an_error(pictures_only: Path) -> None:
    with pytest.raises(DataError, match=r"no .*pendigits-train\.jsonl\.gz"):
        load_data(pictures_only)


def test_required_drawings_of_which_there_is_none_are_an_error(pictures_only: Path) -> None:
    for name in DIGIT_FILES:
        (pictures_only / name).write_bytes(gzip.compress(b""))

    with pytest.raises(DataError, match=r"holds no drawing: .* are empty"):
        load_data(pictures_only)
    assert load_data(pictures_only, drawings="optional").drawings == []


def test_optional_drawings_may_be_missing(pictures_only: Path) -> None:
    data = load_data(pictures_only, drawings="optional")

    assert data.drawings == []
    assert set(data.origins) == {"mnist"}


def test_optional_drawings_that_are_there_are_read(data_folder: Path, pictures_only: Path) -> None:
    shutil.copy(data_folder / "unipen-digits-train.jsonl.gz", pictures_only)

    data = load_data(pictures_only, drawings="optional")

    assert len(data.drawings) == 120
    assert set(data.origins) == {"mnist", "unipen-digits-train"}


def test_optional_drawings_that_are_damaged_are_an_error(pictures_only: Path) -> None:
    (pictures_only / "pendigits-train.jsonl.gz").write_bytes(b"no gzip")

    with pytest.raises(DataError, match="cut off or damaged"):
        load_data(pictures_only, drawings="optional")


def test_unwanted_drawings_are_not_read(data_folder: Path) -> None:
    data = load_data(data_folder, drawings="none")

    assert data.drawings == []
    assert set(data.origins) == {"mnist"}
