"""The survey of the data folder: made by ``trainer data show``, again when a file has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer.data.location import data_folder, folder_to_fill
from trainer.errors import DataError
from webapp.admin.trainer_facts import Answer, KeptFacts, Question
from webapp.configuration import Configuration

_KEPT_IN = "data-survey"  # of the instance folder
_FOLDERS_OF_PICTURES = "0123456789"


@dataclass(frozen=True)
class Survey:
    """What is known of the data folder.

    Attributes:
        folder: where the data lies, or would.
        pictures: the folder of what the trainer has drawn.
        has_files: whether there is anything to count.
        answer: the trainer's last, or None.
        is_current: whether the answer is about the files as they are now.
        is_being_made: whether a new answer is on its way.
    """

    folder: Path
    pictures: Path
    has_files: bool
    answer: Answer | None
    is_current: bool
    is_being_made: bool

    @property
    def facts(self) -> Mapping[str, Any] | None:
        """What ``trainer data show --json`` printed; None where it has not."""
        return self.answer.facts if self.answer and self.has_files else None

    @property
    def problem(self) -> str | None:
        """Why nothing is known of the data; None where something is."""
        return self.answer.problem if self.answer and self.facts is None else None

    @property
    def version(self) -> str:
        """A text that changes whenever the page would."""
        return f"{self.answer.version if self.answer else ''}-{int(self.is_being_made)}"


def look_at_data(configuration: Configuration, *, again: bool = False) -> Survey:
    """Read the survey that is kept, and have it made anew where it is out of date.

    Args:
        configuration: names the folders.
        again: whether to count anew though no file has changed.
    """
    folder = _folder(configuration)
    kept = KeptFacts(configuration.instance_folder / _KEPT_IN)
    pictures = kept.folder / "pictures"  # the same files each time, so that nothing old piles up
    revision = revision_of(folder)
    if revision is None:
        return Survey(folder, pictures, False, None, True, False)
    known = kept.refresh(_question(folder, pictures, revision), again=again)
    is_current = known.answer is not None and known.answer.revision == revision
    return Survey(folder, pictures, True, known.answer, is_current, known.is_being_asked)


def revision_of(folder: Path) -> str | None:
    """Make a text that changes when the data files do; None where there is none."""
    files = sorted(_files(folder))
    if not files:
        return None
    return hashlib.sha256(os.fsencode("\n".join(files))).hexdigest()[:16]


def _folder(configuration: Configuration) -> Path:
    try:
        return data_folder(configuration.data_folder)
    except DataError:  # it is named, but not made yet
        return folder_to_fill(configuration.data_folder)


def _files(folder: Path) -> Iterator[str]:
    try:
        files = [path for path in folder.iterdir() if _is_data(path.name.lower())]
        for digit in _FOLDERS_OF_PICTURES:
            files += (folder / digit).rglob("*")
        for path in files:
            if path.is_file():
                facts = path.stat()
                yield f"{path.relative_to(folder)} {facts.st_size} {facts.st_mtime_ns}"
    except OSError:
        return  # it is going just now, or is not there at all


def _is_data(name: str) -> bool:
    return name.endswith((".npz", ".jsonl", ".jsonl.gz")) or "ubyte" in name


def _question(folder: Path, pictures: Path, revision: str) -> Question:
    arguments = ["data", "show", "--json", "--anyway", "--data-dir", str(folder)]
    return Question([*arguments, "--output", str(pictures)], revision)
