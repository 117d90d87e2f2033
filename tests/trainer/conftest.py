"""Small data sets of our own, drawn by hand once, so that training is tested anywhere."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from recognizer.geometry import draw
from trainer.data.collection import Data, load_data
from trainer.data.location import data_folder as find_data_folder
from trainer.report.pictures.picture import Picture

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# One way to write each digit: x, y pairs in a box of about 10 by 14, y downwards.
HANDWRITTEN: dict[int, list[list[tuple[float, float]]]] = {
    0: [[(5, 0), (1, 3), (0, 8), (2, 13), (6, 14), (9, 10), (10, 5), (8, 1), (5, 0)]],
    1: [[(2, 3), (5, 0), (5, 14)]],
    2: [[(0, 3), (3, 0), (8, 1), (9, 4), (5, 9), (0, 14), (10, 14)]],
    3: [[(0, 1), (5, 0), (9, 3), (4, 6), (9, 10), (6, 14), (0, 13)]],
    4: [[(4, 0), (0, 8), (10, 8)], [(7, 2), (7, 14)]],
    5: [[(9, 0), (1, 0), (0, 6), (6, 6), (9, 10), (5, 14), (0, 13)]],
    6: [[(8, 0), (2, 5), (0, 11), (4, 14), (8, 12), (7, 8), (1, 9)]],
    7: [[(0, 0), (10, 0), (4, 14)]],
    8: [[(5, 6), (1, 3), (5, 0), (9, 3), (5, 6), (0, 10), (5, 14), (10, 10), (5, 6)]],
    9: [[(9, 4), (5, 7), (1, 4), (4, 0), (9, 2), (9, 8), (7, 14)]],
}
OTHERS: dict[str, dict[str, list[list[tuple[float, float]]]]] = {
    "upper": {"K": [[(1, 0), (1, 14)], [(9, 0), (1, 7), (9, 14)]], "O": [HANDWRITTEN[0][0]]},
    "lower": {"m": [[(0, 14), (0, 6), (4, 6), (4, 14), (4, 6), (9, 6), (9, 14)]]},
    "symbols": {
        "+": [[(0, 5), (10, 5)], [(5, 0), (5, 10)]],
        "=": [[(0, 3), (9, 3)], [(0, 6), (9, 6)]],
    },
}
SITES = {"here": 3, "there": 4}  # writers of each


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete data folder: 400 + 100 pictures, 210 digits and 35 others by seven writers."""
    folder = tmp_path_factory.mktemp("data")
    random = np.random.default_rng(7)
    _write_mnist(folder / "mnist.npz", random)
    for name, site in zip(("pendigits-train", "unipen-digits-train"), SITES, strict=True):
        _write_drawings(folder / f"{name}.jsonl.gz", site, random)
    for name, shapes in OTHERS.items():
        _write_others(folder / f"unipen-{name}-train.jsonl.gz", shapes, random)
    return folder


@pytest.fixture(scope="session")
def real_data() -> Path:
    folder = find_data_folder()
    if not (folder / "mnist.npz").is_file():
        pytest.skip("needs the real data sets: name their folder in NET_DATA_DIR")
    return folder


@pytest.fixture(scope="session")
def real_collection(real_data: Path) -> Data:
    """The real data sets, read once; nobody changes them."""
    return load_data(real_data, outliers="required")


@pytest.fixture(scope="module")
def quick_pictures() -> Iterator[None]:
    """Reports whose pictures take no time to be drawn, and are as large as real ones."""
    with pytest.MonkeyPatch.context() as patch:
        png = b"\x89PNG\r\n\x1a\n".ljust(30_000, b"\0")
        patch.setattr(Picture, "light_png", png)
        patch.setattr(Picture, "dark_png", png)
        yield


def _write_mnist(path: Path, random: np.random.Generator) -> None:
    labels = (np.arange(500) % 10).astype(np.uint8)
    ink = np.stack([draw(_vary(HANDWRITTEN[int(label)], random)) for label in labels])
    np.savez(path, x_train=ink[:400], y_train=labels[:400], x_test=ink[400:], y_test=labels[400:])


def _write_drawings(path: Path, site: str, random: np.random.Generator) -> None:
    rows = [
        {
            "label": str(digit),
            "source": site,
            "writer": f"writer {writer}",
            "strokes": [stroke.tolist() for stroke in _vary(HANDWRITTEN[digit], random)],
        }
        for writer in range(SITES[site])
        for digit in range(10)
        for _ in range(3)
    ]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def _write_others(
    path: Path, shapes: dict[str, list[list[tuple[float, float]]]], random: np.random.Generator
) -> None:
    rows = [
        {
            "label": label,
            "source": site,
            "writer": f"writer {writer}",
            "strokes": [stroke.tolist() for stroke in _vary(strokes, random)],
        }
        for site, writers in SITES.items()
        for writer in range(writers)
        for label, strokes in shapes.items()
    ]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def _vary(
    strokes: list[list[tuple[float, float]]], random: np.random.Generator
) -> list[np.ndarray]:
    slant = np.eye(2) + random.normal(0, 0.08, (2, 2))
    return [
        np.array(stroke) @ slant + random.normal(0, 0.3, (len(stroke), 2)) for stroke in strokes
    ]
