"""The archives of USPS, EMNIST and scikit-learn's digits become files of pictures, or nothing."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.trainer.data.fetch.archives import emnist_zip, usps_bz2
from trainer.data.fetch.session import make_files
from trainer.data.fetch.sources import TEST_SOURCES, find_source
from trainer.data.mnist import Images, load_mnist
from trainer.data.picture_sets import load_test_set
from trainer.errors import DataError

NAMES = tuple(source.name for source in TEST_SOURCES)


@pytest.fixture(scope="module")
def digits(data_folder: Path) -> Images:
    return load_mnist(data_folder).test[:20]


def convert(
    name: str, archive: bytes, folder: Path, problems: list[str] | None = None
) -> dict[str, int]:
    path = folder / find_source(name).file
    path.write_bytes(archive)
    on_problem = [].append if problems is None else problems.append
    return make_files(find_source(name), path, folder, on_problem)


def smaller(inks: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Only the ink, as these sets are cut."""
    cut = [ink[4:24, 4:24] for ink in inks]
    return np.stack([cv2.resize(one, (side, side), interpolation=cv2.INTER_AREA) for one in cut])


def sklearn_csv(inks: NDArray[np.uint8], labels: NDArray[np.int64]) -> bytes:
    values = np.rint(inks.reshape(len(inks), -1) / 255 * 16).astype(int)
    lines = (",".join(map(str, [*row, label])) for row, label in zip(values, labels, strict=True))
    return gzip.compress("".join(f"{line}\n" for line in lines).encode())


def archive_of(name: str, digits: Images) -> bytes:
    if name == "usps":
        return usps_bz2(smaller(digits.ink, 16), digits.labels)
    if name == "emnist-digits":
        return emnist_zip(digits.ink, digits.labels)
    return sklearn_csv(smaller(digits.ink, 8), digits.labels)


@pytest.mark.parametrize("name", NAMES)
def test_digits_come_back_upright_as_ink_on_paper(
    name: str, digits: Images, tmp_path: Path
) -> None:
    source = find_source(name)

    written = convert(name, archive_of(name, digits), tmp_path)

    assert written == {source.gives[0]: 20}
    read = load_test_set(source, tmp_path)
    assert read.labels.tolist() == digits.labels.tolist()
    assert read.ink.shape == (20, 28, 28)
    for ink, original in zip(read.ink, digits.ink, strict=True):
        same = np.corrcoef(ink.ravel(), original.ravel())[0, 1]
        flipped = np.corrcoef(ink.T.ravel(), original.ravel())[0, 1]
        assert same > max(0.75, flipped)


def test_pictures_in_mnists_form_stay_as_they_are(digits: Images, tmp_path: Path) -> None:
    convert("emnist-digits", emnist_zip(digits.ink, digits.labels), tmp_path)

    read = load_test_set(find_source("emnist-digits"), tmp_path)

    assert (read.ink == digits.ink).all()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_archive_gives_the_same_bytes(name: str, digits: Images, tmp_path: Path) -> None:
    gives = tmp_path / find_source(name).gives[0]
    archive = archive_of(name, digits)

    convert(name, archive, tmp_path)
    first = gives.read_bytes()
    convert(name, archive, tmp_path)

    assert gives.read_bytes() == first


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_without_ink_is_left_out_and_named(
    name: str, digits: Images, tmp_path: Path
) -> None:
    blank = Images(digits.ink.copy(), digits.labels)
    blank.ink[3] = 0
    problems: list[str] = []

    written = convert(name, archive_of(name, blank), tmp_path, problems)

    gives = find_source(name).gives[0]
    assert written == {gives: 19}
    assert problems == [f"picture 3 of {gives} carries no ink"]


def zipped(**members: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name, content in members.items():
            file.writestr(f"gzip/emnist-digits-test-{name}-ubyte.gz", content)
    return archive.getvalue()


ROW = b",".join([b"1"] * 64)
DAMAGED = {
    "usps": {
        "no bz2": (b"1 1:0.5\n", "cannot be read as USPS"),
        "cut off": (bz2.compress(b"1 1:0.5\n" * 9_999)[:-9], "cannot be read as USPS"),
        "empty": (bz2.compress(b""), "cannot be read as USPS"),
        "too many values": (bz2.compress(b"1 257:0.5\n"), "cannot be read as USPS"),
        "a value too large": (bz2.compress(b"1 1:1.5\n"), "values outside -1 to 1"),
        "a value that is none": (bz2.compress(b"1 1:nan\n"), "values outside -1 to 1"),
        "a label too small": (bz2.compress(b"0 1:0.5\n"), "labels outside 1 to 10"),
        "words": (bz2.compress(b"seven one:ink\n"), "cannot be read as USPS"),
        "nothing drawn": (
            bz2.compress(b"1 " + b" ".join(b"%d:-1" % n for n in range(1, 257)) + b"\n"),
            "no picture of usps-test.npz carries ink",
        ),
    },
    "emnist-digits": {
        "no zip": (b"no archive", "not a zip file"),
        "a member missing": (zipped(**{"images-idx3": b""}), "cannot be read as"),
        "no gzip": (
            zipped(**{"images-idx3": b"no", "labels-idx1": b"no"}),
            "cannot be read as EMNIST",
        ),
        "no idx": (
            zipped(**dict.fromkeys(("images-idx3", "labels-idx1"), gzip.compress(b"no"))),
            "cannot be read as an idx file",
        ),
        "labels missing": (
            emnist_zip(np.ones((3, 28, 28), np.uint8), np.zeros(2, np.int64)),
            "3 images, 2 labels",
        ),
        "letters": (
            emnist_zip(np.ones((1, 28, 28), np.uint8), np.array([36])),
            "labels outside 0 to 9",
        ),
    },
    "sklearn-digits": {
        "no gzip": (b"1,2", "cannot be read as scikit-learn's digits"),
        "too few columns": (gzip.compress(b"1,2\n"), "its shape is"),
        "a value too large": (gzip.compress(b"17" + ROW[1:] + b",3\n"), "values outside 0 to 16"),
        "a label too large": (gzip.compress(ROW + b",10\n"), "labels outside 0 to 9"),
        "words": (gzip.compress(b"zero,one\n"), "cannot be read as scikit-learn's digits"),
    },
}


@pytest.mark.filterwarnings("ignore:loadtxt")
@pytest.mark.parametrize(
    ("name", "damage"),
    [(name, damage) for name, damages in DAMAGED.items() for damage in damages],
)
def test_a_damaged_archive_changes_nothing(name: str, damage: str, tmp_path: Path) -> None:
    source, (archive, message) = find_source(name), DAMAGED[name][damage]
    before = tmp_path / source.gives[0]
    before.write_bytes(b"as it was")

    with pytest.raises(DataError, match=message):
        convert(name, archive, tmp_path)

    assert before.read_bytes() == b"as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([before.name, source.file])


@pytest.mark.parametrize("name", NAMES)
def test_an_archive_that_unpacks_to_far_too_much_is_refused(
    name: str, digits: Images, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.data.fetch.picture_archives._MAX_BYTES", 500)

    with pytest.raises(DataError, match="unpacks to far more than it should"):
        convert(name, archive_of(name, digits), tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no pictures", "cannot be read as pictures"),
        ({"inks": np.zeros((2, 8, 8), np.uint8), "labels": np.zeros(2, np.uint8)}, "with ink"),
        ({"inks": np.ones((2, 8, 8), np.uint8), "labels": np.zeros(1, np.uint8)}, "a label for"),
        ({"inks": np.ones((2, 8, 8)), "labels": np.zeros(2, np.uint8)}, "does not hold pictures"),
        ({"inks": np.ones((1, 8, 8), np.uint8), "labels": np.full(1, 10)}, "labels outside 0-9"),
        ({"x_test": np.ones((1, 8, 8), np.uint8)}, "cannot be read as pictures"),
    ],
)
def test_a_file_of_pictures_that_is_damaged_is_named(
    content: bytes | dict[str, NDArray[np.uint8]], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "usps-test.npz"
    path.write_bytes(content) if isinstance(content, bytes) else np.savez(path, **content)

    with pytest.raises(DataError, match=message) as raised:
        load_test_set(find_source("usps"), tmp_path)

    assert str(path) in str(raised.value)
