"""A workshop: a place of jobs whose workers are real processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.trainer.conftest import data_folder  # noqa: F401  # small data sets, drawn once
from tests.webapp.jobs.workshop import Workshop


@pytest.fixture
def make_workshop(tmp_path: Path, data_folder: Path) -> Iterator[Callable[..., Workshop]]:  # noqa: F811
    """Makes workshops: ``make_workshop(NET_DATABASE_URL=…)``."""
    made = []

    def make(**settings: object) -> Workshop:
        made.append(Workshop(tmp_path, data_folder, **settings))
        return made[-1]

    yield make
    for workshop in made:
        workshop.close()


@pytest.fixture
def workshop(make_workshop: Callable[..., Workshop]) -> Workshop:
    """One with a SQLite database."""
    return make_workshop()
