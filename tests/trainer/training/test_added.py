"""Own data is repeated until it has the share of an epoch that a setting gives it."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from recognizer.runs.folder import read_details
from trainer.batches.base import Material
from trainer.data.mnist import Images
from trainer.data.outliers import Outlier
from trainer.data.stroke_files import LabelledDrawing
from trainer.runs.writer import RunWriter
from trainer.training.added import join, origins, repeat_for_share

_LINE = (np.array([[0.0, 0.0], [1.0, 5.0]]),)


def material(images: int, drawings: int, outliers: int, source: str) -> Material:
    return Material(
        Images(np.zeros((images, 28, 28), np.uint8), np.zeros(images, np.int64)),
        [LabelledDrawing(1, source, "w", _LINE) for _ in range(drawings)],
        [Outlier("", "symbol", source, "w", _LINE) for _ in range(outliers)],
    )


def shares(own: Material, rest: Material) -> tuple[float, float, float]:
    whole = join(rest, own)
    return (
        len(own.images) / len(whole.images),
        len(own.drawings) / len(whole.drawings),
        len(own.outliers) / len(whole.outliers),
    )


@pytest.mark.parametrize("share", [0.05, 0.1, 0.5, 0.9])
def test_each_kind_has_its_share_among_its_kind(share: float) -> None:
    rest = material(6_000, 1_000, 400, "site")

    own = repeat_for_share(material(3, 7, 2, "own"), share, rest)

    assert shares(own, rest) == pytest.approx((share, share, share), abs=0.002)


def test_every_one_is_trained_on_however_small_the_share() -> None:
    rest, own = material(100, 100, 100, "site"), material(50, 60, 70, "own")

    repeated = repeat_for_share(own, 0.1, rest)

    assert [len(repeated.images), len(repeated.drawings), len(repeated.outliers)] == [50, 60, 70]
    assert list(repeated.drawings) == list(own.drawings)


def test_without_a_share_the_data_stays_as_it_is() -> None:
    repeated = repeat_for_share(material(3, 7, 2, "own"), 0, material(900, 900, 900, "site"))

    assert [len(repeated.images), len(repeated.drawings), len(repeated.outliers)] == [3, 7, 2]


def test_where_no_drawings_are_trained_on_own_ones_share_with_the_pictures() -> None:
    repeated = repeat_for_share(material(1, 3, 0, "own"), 0.2, material(4_000, 0, 0, "mnist"))

    assert (len(repeated.images), len(repeated.drawings)) == (250, 750)


def test_nothing_own_stays_nothing() -> None:
    repeated = repeat_for_share(material(0, 0, 0, "own"), 0.5, material(9, 9, 9, "site"))

    assert [len(repeated.images), len(repeated.drawings), len(repeated.outliers)] == [0, 0, 0]


def test_a_name_in_another_encoding_than_the_systems_can_be_told_and_stored(tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    odd.mkdir()
    (odd / os.fsdecode(b"\xff.jsonl")).touch()

    (found,) = origins([odd]).values()
    run = RunWriter.create(tmp_path / "models", "ink", {"seed": 1}, [found["file"]])

    assert read_details(run.folder)["added"] == [str(odd)]


def test_two_files_of_one_name_are_both_told(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "mine.jsonl" for folder in ("monday", "tuesday")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(path.parent.name)

    found = origins(paths)

    assert list(found) == ["added/mine.jsonl", "added/2/mine.jsonl"]
    assert [one["file"] for one in found.values()] == [str(path) for path in paths]
    assert len({one["sha256"] for one in found.values()}) == 2
