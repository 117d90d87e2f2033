from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

from trainer.data.fetch import sources
from trainer.data.survey.files import describe_files


def test_a_file_of_ones_own_has_no_source(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text("{}\n")

    (mine,) = describe_files([tmp_path])

    assert (mine["set"], mine["bytes"], mine["source"]) == ("mine", 3, None)
    assert mine["sha256"] == hashlib.sha256(b"{}\n").hexdigest()


def test_idx_files_are_mnist_and_a_folder_with_only_some_of_them_is_for_others_to_name(
    tmp_path: Path,
) -> None:
    names = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
    for name in names[:3]:
        (tmp_path / f"{name}-ubyte").write_bytes(b"")
    assert describe_files([tmp_path]) == []
    (tmp_path / f"{names[3]}-ubyte").write_bytes(b"")

    files = describe_files([tmp_path])

    assert [Path(file["file"]).name for file in files] == [f"{name}-ubyte" for name in names]
    assert {file["set"] for file in files} == {"mnist"}
    assert {file["source"]["is_published"] for file in files} == {None}


def test_the_published_file_is_known_by_its_checksum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"as published"
    published = dataclasses.replace(
        sources.find_source("mnist"), sha256=hashlib.sha256(content).hexdigest()
    )
    monkeypatch.setattr("trainer.data.survey.files.ALL_SOURCES", (published,))
    (tmp_path / "mnist.npz").write_bytes(content)

    (mnist,) = describe_files([tmp_path / "mnist.npz"])

    assert mnist["source"]["is_published"] is True
