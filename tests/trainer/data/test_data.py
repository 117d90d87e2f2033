from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import keras
import numpy as np
import pytest

from trainer.data.location import data_folder as find_data_folder
from trainer.data.mnist import load_mnist
from trainer.data.stroke_files import load_drawings
from trainer.errors import DataError


def test_mnist_is_read_from_a_local_file(data_folder: Path) -> None:
    mnist = load_mnist(data_folder)

    assert mnist.train.ink.shape == (400, 28, 28)
    assert mnist.test.labels.tolist() == [n % 10 for n in range(100)]
    assert mnist.origin["file"] == "mnist.npz"


def test_the_real_mnist_has_its_known_sizes(real_data: Path) -> None:
    mnist = load_mnist(real_data)

    assert (len(mnist.train), len(mnist.test)) == (60_000, 10_000)


def test_without_a_local_file_keras_fetches_mnist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = np.zeros((3, 28, 28), np.uint8), np.array([1, 2, 3], np.uint8)
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: (pair, pair))

    mnist = load_mnist(tmp_path)

    assert mnist.train.labels.tolist() == [1, 2, 3]
    assert mnist.origin == {"file": "keras"}


def test_without_file_and_network_the_error_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError("no route to host")

    monkeypatch.setattr(keras.datasets.mnist, "load_data", fail)

    with pytest.raises(DataError, match=r"mnist\.npz.*no route to host"):
        load_mnist(tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x_train": np.zeros((400, 28, 27), np.uint8)}, r"shape \(400, 28, 27\)"),
        ({"x_test": np.zeros((100, 28, 28), np.float32)}, "float32"),
        ({"y_test": np.zeros(99, np.uint8)}, "100 images, but 99 labels"),
        ({"y_train": np.full(400, 10, np.uint8)}, "outside 0-9"),
    ],
)
def test_a_file_that_is_not_mnist_is_refused(
    data_folder: Path, tmp_path: Path, change: dict[str, np.ndarray], message: str
) -> None:
    with np.load(data_folder / "mnist.npz") as file:
        np.savez(tmp_path / "mnist.npz", **{**file, **change})

    with pytest.raises(DataError, match=message):
        load_mnist(tmp_path)


def test_a_cut_off_mnist_is_refused(data_folder: Path, tmp_path: Path) -> None:
    whole = (data_folder / "mnist.npz").read_bytes()
    (tmp_path / "mnist.npz").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(DataError, match="cannot be read as MNIST"):
        load_mnist(tmp_path)


def test_drawings_carry_label_site_and_writer(data_folder: Path) -> None:
    drawings = load_drawings(data_folder)

    assert len(drawings) == 210
    assert {drawing.source for drawing in drawings} == {"here", "there"}
    assert len({(drawing.source, drawing.writer) for drawing in drawings}) == 7
    assert drawings[12].label == 4
    assert [stroke.shape for stroke in drawings[12].strokes] == [(3, 2), (2, 2)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('{"label": "12", "source": "s", "writer": "w", "strokes": [[[1, 2]]]}', "outside 0-9"),
        ('{"label": "A", "source": "s", "writer": "w", "strokes": [[[1, 2]]]}', "not a labelled"),
        ('{"label": "1", "writer": "w", "strokes": [[[1, 2]]]}', "source"),
        ('{"label": "1", "source": "s", "writer": "w", "strokes": []}', "no points"),
        ('{"label": "1", "source": "s", "writer": "w", "strokes": [[[1, NaN]]]}', "not finite"),
        (
            '{"label": "1", "source": "s", "writer": "w", "strokes": [[[1, 2, 3]]]}',
            "not a labelled",
        ),
        ("[1, 2", "not a labelled"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    data_folder: Path, tmp_path: Path, row: str, message: str
) -> None:
    shutil.copytree(data_folder, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "pendigits-train.jsonl.gz"
    with gzip.open(path, "at", encoding="utf-8") as file:
        file.write(row + "\n")

    with pytest.raises(DataError, match=rf"pendigits-train\.jsonl\.gz:91 .*{message}"):
        load_drawings(tmp_path)


def test_a_cut_off_stroke_file_is_refused(data_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(data_folder, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "unipen-digits-train.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-100])

    with pytest.raises(DataError, match="cut off"):
        load_drawings(tmp_path)


def test_a_missing_stroke_file_tells_how_to_name_the_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="NET_DATA_DIR"):
        load_drawings(tmp_path)


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
