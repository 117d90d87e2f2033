"""Pictures of strangers are measured by repository, and those held out only when asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recognizer.runs.loaded_run import LoadedRun, load_run
from recognizer.runs.pointer import read_current
from tests.recognizer.photos.pictures import encode, paper_with_seven
from trainer.errors import DataError
from trainer.figures import held_out_pictures, real_pictures
from trainer.figures.figure import Figure

_HELD_OUT = sorted(real_pictures.HELD_OUT)[0]


@pytest.fixture(scope="module")
def run(released_models: Path) -> LoadedRun:
    return load_run(released_models, read_current(released_models))


def _put(folder: Path, rows: list[tuple[str, str, str]]) -> None:
    """A 7 for each row of file, label and repository."""
    (folder / "photos").mkdir()
    lines = []
    for file, label, repository in rows:
        (folder / "photos" / file).write_bytes(encode(paper_with_seven()))
        row = {"file": file, "label": label, "kind": "photo", "source": f"{repository}@c0ffee"}
        lines.append(json.dumps(row))
    (folder / "photos" / "labels.jsonl").write_text("\n".join(lines), "utf-8")


def _values(figures: list[Figure]) -> dict[tuple[str, str], float]:
    return {(figure.row, figure.name): figure.value for figure in figures}


def test_what_is_wrong_and_sure_is_told_apart_by_repository(run: LoadedRun, tmp_path: Path) -> None:
    _put(
        tmp_path,
        [("a.png", "7", "one/open"), ("b.png", "1", "one/open"), ("c.png", "7", _HELD_OUT)],
    )

    values = _values(real_pictures.measure(run, tmp_path))

    row = "photo, one digit: one/open"
    assert {name for name, _ in values} == {row}
    assert values[row, "right"] == values[row, "sure and wrong"] == 0.5
    assert values[row, "blank"] == values[row, "not_a_digit"] == values[row, "unsure"] == 0


def test_held_out_repositories_are_measured_apart(run: LoadedRun, tmp_path: Path) -> None:
    _put(tmp_path, [("a.png", "7", "one/open"), ("c.png", "77", _HELD_OUT)])

    values = _values(held_out_pictures.measure(run, tmp_path))

    assert {name for name, _ in values} == {f"photo, several digits: {_HELD_OUT}"}


def test_without_pictures_nothing_is_measured(run: LoadedRun, tmp_path: Path) -> None:
    assert real_pictures.measure(run, tmp_path) == []


@pytest.mark.parametrize("line", ['{"file": "a.png"}', "[]", '{"source": 5}', "{"])
def test_a_damaged_list_of_labels_is_named(run: LoadedRun, tmp_path: Path, line: str) -> None:
    _put(tmp_path, [])
    (tmp_path / "photos" / "labels.jsonl").write_text(line, "utf-8")

    with pytest.raises(DataError, match=r"labels\.jsonl"):
        real_pictures.measure(run, tmp_path)
