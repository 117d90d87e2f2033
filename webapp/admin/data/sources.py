"""The public data sets: whose they are, and whether they lie in the data folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer.data.fetch.sources import SOURCES


@dataclass(frozen=True)
class PublicSet:
    """A data set that ``trainer data fetch`` brings.

    Attributes:
        name: as the command calls it.
        credit: who made it, and its licence.
        page: its address.
        missing: files of it that are not there.
        present: files of it that are.
    """

    name: str
    credit: str
    page: str
    missing: Sequence[str]
    present: Sequence[str]


def public_sets(folder: Path) -> list[PublicSet]:
    """Every public data set, and what of it lies in a folder."""
    return [
        PublicSet(
            source.name,
            source.credit,
            source.url,
            missing=[file for file in source.gives if not (folder / file).is_file()],
            present=[file for file in source.gives if (folder / file).is_file()],
        )
        for source in SOURCES
    ]
