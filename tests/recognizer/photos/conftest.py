"""Runs and data that pictures are read with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer.runs.loaded_run import LoadedRun
from recognizer.runs.registry import Registry


@pytest.fixture(scope="session")
def run(released_registry: Registry) -> LoadedRun:
    """The released run."""
    return released_registry.current()


@pytest.fixture(scope="session")
def mnist(data_folder: Path) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """MNIST's test images, (10000, 28, 28), and their labels."""
    with np.load(data_folder / "mnist.npz") as file:
        return file["x_test"], file["y_test"].astype(np.int64)
