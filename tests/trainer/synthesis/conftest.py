"""The small data sets, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.data.collection import Data, load_data


@pytest.fixture(scope="session")
def data(data_folder: Path) -> Data:
    return load_data(data_folder)
