from __future__ import annotations

import random
from pathlib import Path

import pytest

from trainer.data.splits import Split, sites, split_by_person, split_by_site
from trainer.data.stroke_files import LabelledDrawing, load_drawings


@pytest.fixture
def drawings(data_folder: Path) -> list[LabelledDrawing]:
    return load_drawings(data_folder)


def _writers(drawings: list[LabelledDrawing]) -> set[tuple[str, str]]:
    return {(drawing.source, drawing.writer) for drawing in drawings}


def test_no_writer_stands_on_both_sides(drawings: list[LabelledDrawing]) -> None:
    split = split_by_person(drawings, 0.3, seed=1)

    assert not _writers(split.train) & _writers(split.validation)
    assert len(split.train) + len(split.validation) == len(drawings)


def test_every_site_gives_a_writer(drawings: list[LabelledDrawing]) -> None:
    split = split_by_person(drawings, 0.01, seed=1)

    assert sorted(source for source, _ in _writers(split.validation)) == ["here", "there"]


def test_a_writer_of_the_same_name_elsewhere_is_another_person() -> None:
    drawings = [LabelledDrawing(0, site, f"writer {n}", ()) for site in "ab" for n in range(10)]

    split = split_by_person(drawings, 0.2, seed=3)

    chosen = {site: {w for s, w in _writers(split.validation) if s == site} for site in "ab"}
    assert len(chosen["a"]) == len(chosen["b"]) == 2
    assert chosen["a"] != chosen["b"]


def test_the_order_of_the_rows_does_not_change_the_split(drawings: list[LabelledDrawing]) -> None:
    shuffled = random.Random(5).sample(drawings, len(drawings))

    first, second = (split_by_person(rows, 0.3, seed=1) for rows in (drawings, shuffled))

    assert first.as_json() == second.as_json()


def test_another_seed_holds_out_other_writers(drawings: list[LabelledDrawing]) -> None:
    chosen = {str(split_by_person(drawings, 0.3, seed).as_json()) for seed in range(8)}

    assert len(chosen) > 1


def test_a_site_held_out_is_held_out_whole(drawings: list[LabelledDrawing]) -> None:
    split = split_by_site(drawings, "here")

    assert sites(split.train) == ["there"]
    assert sites(split.validation) == ["here"]


def test_the_split_is_stored_by_writer(drawings: list[LabelledDrawing]) -> None:
    split = Split(drawings[:90], drawings[90:120])

    assert split.as_json() == {
        "train": ["here/writer 0", "here/writer 1", "here/writer 2"],
        "validation": ["there/writer 0"],
    }
