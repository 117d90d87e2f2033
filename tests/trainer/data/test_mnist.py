"""MNIST is read from whatever lies about: one npz, four idx files, or what Keras fetches."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import keras
import numpy as np
import pytest

from trainer.data.mnist import load_mnist
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


PARTS = {
    "train-images": ("x_train", 3),
    "train-labels": ("y_train", 1),
    "t10k-images": ("x_test", 3),
    "t10k-labels": ("y_test", 1),
}


def write_idx(data_folder: Path, folder: Path, spelling: str = "-", ending: str = "") -> list[Path]:
    """The fixture's MNIST as the four files that its makers publish."""
    paths = []
    with np.load(data_folder / "mnist.npz") as file:
        for part, (key, dimensions) in PARTS.items():
            array = file[key]
            header = struct.pack(f">HBB{dimensions}I", 0, 8, dimensions, *array.shape)
            content = header + array.astype(np.uint8).tobytes()
            path = folder / f"{part}{spelling}idx{dimensions}-ubyte{ending}"
            path.write_bytes(gzip.compress(content) if ending else content)
            paths.append(path)
    return paths


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("spelling", ["-", "."])
def test_idx_files_hold_the_same_as_the_npz(
    data_folder: Path, tmp_path: Path, spelling: str, ending: str
) -> None:
    paths = write_idx(data_folder, tmp_path, spelling, ending)

    mnist, expected = load_mnist(tmp_path), load_mnist(data_folder)

    np.testing.assert_array_equal(mnist.train.ink, expected.train.ink)
    np.testing.assert_array_equal(mnist.test.labels, expected.test.labels)
    assert mnist.origin["file"] == ", ".join(path.name for path in paths)
    assert len(mnist.origin["sha256"].split(", ")) == 4


def test_the_npz_counts_before_idx_files(data_folder: Path, tmp_path: Path) -> None:
    write_idx(data_folder, tmp_path)
    (tmp_path / "mnist.npz").write_bytes((data_folder / "mnist.npz").read_bytes())

    assert load_mnist(tmp_path).origin["file"] == "mnist.npz"


def test_an_idx_file_that_is_missing_is_named(data_folder: Path, tmp_path: Path) -> None:
    write_idx(data_folder, tmp_path)[3].unlink()

    with pytest.raises(DataError, match="not t10k-labels"):
        load_mnist(tmp_path)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda content: content[:-1], "313600 bytes of data, but has 313599"),
        (lambda content: content + b"x", "but has 313601"),
        (lambda content: content[:3], "cannot be read as an idx file"),
        (lambda content: b"\0\0\x0d" + content[3:], "not an idx file of unsigned bytes"),
        (lambda content: b"PK" + content[2:], "not an idx file of unsigned bytes"),
        (lambda _: struct.pack(">HBB65I", 0, 8, 65, *[1] * 65) + b"x", "cannot be read as an idx"),
        (lambda _: struct.pack(">HBB4I", 0, 8, 4, 0, *[2**32 - 1] * 3), "cannot be read as an idx"),
    ],
    ids=["cut off", "too long", "no header", "floats", "something else", "65 dimensions", "huge"],
)
def test_a_damaged_idx_file_is_refused(
    data_folder: Path, tmp_path: Path, damage: object, message: str
) -> None:
    images = write_idx(data_folder, tmp_path)[0]
    images.write_bytes(damage(images.read_bytes()))  # type: ignore[operator]

    with pytest.raises(DataError, match=f"train-images-idx3-ubyte .*{message}"):
        load_mnist(tmp_path)


def test_a_cut_off_gzipped_idx_file_is_refused(data_folder: Path, tmp_path: Path) -> None:
    images = write_idx(data_folder, tmp_path, ending=".gz")[0]
    images.write_bytes(images.read_bytes()[:-50])

    with pytest.raises(DataError, match="cannot be read as an idx file"):
        load_mnist(tmp_path)
