"""The small data sets, read once, and networks fitted to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.trainer.small_runs import fitted_weights
from trainer.data.collection import Data, load_data
from trainer.release import numbers


@pytest.fixture(scope="session")
def data(data_folder: Path) -> Data:
    return load_data(data_folder)


@pytest.fixture(scope="module", autouse=True)
def _few_numbers() -> Iterator[None]:
    """Few of the numbers that the gates ask runs about."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbers, "_NUMBERS", 40)
        yield


@pytest.fixture(scope="session")
def weights(data_folder: Path) -> NDArray[np.float32]:
    return fitted_weights(data_folder)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    return folder
