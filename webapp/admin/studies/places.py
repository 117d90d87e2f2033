"""Where studies are kept: in files of this machine, and in a database that machines share."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer.errors import SettingsError
from trainer.search.options import check_study_name
from webapp.admin.trainer_facts import KeptFacts, Question
from webapp.configuration import Configuration

LOCAL, SHARED = "local", "shared"
_FILE = "study.db"
_SECONDS = 10  # for which what a shared database said counts as new: nobody tells of a change


@dataclass(frozen=True)
class StudyPlace:
    """One place of studies.

    Attributes:
        key: ``local`` or ``shared``, as in addresses.
        folder: of the studies' folders.
        url: of the shared database; empty for files.
        kept_in: folder of the answers about it.
    """

    key: str
    folder: Path
    url: str
    kept_in: Path

    def listing(self) -> tuple[KeptFacts, Question]:
        """Find what is kept about all studies of this place, and what to ask to know it."""
        revision = _revision(self.folder.glob(f"*/{_FILE}")) if self.key == LOCAL else _now()
        return KeptFacts(self.kept_in / "list"), self._question(["--list"], revision)

    def study(self, name: str) -> tuple[KeptFacts, Question]:
        """Find what is kept about a study whose name is one, and what to ask to know it."""
        files = [self.folder / name / _FILE]
        revision = _revision(files) if self.key == LOCAL else _now()
        return KeptFacts(self._kept_about(name) / "facts"), self._question(
            [f"--show={name}"], revision
        )

    def importance(self, name: str, revision: str) -> tuple[KeptFacts, Question]:
        """Find what is kept about how much each setting matters, and what to ask to know it."""
        question = self._question([f"--show={name}", "--importance"], revision)
        return KeptFacts(self._kept_about(name) / "importance"), question

    def has_file(self, name: str) -> bool:
        """Whether a study of this name is kept in a file."""
        return (self.folder / name / _FILE).is_file()

    def _kept_about(self, name: str) -> Path:
        return self.kept_in / "studies" / name

    def _question(self, arguments: Sequence[str], revision: str) -> Question:
        # An address may hold a password, which a list of processes would show.
        storage = ["--storage="] if self.key == LOCAL else []
        asked = ["tune", *arguments, "--json", f"--output={self.folder}", *storage]
        return Question(asked, revision, self._environment())

    def _environment(self) -> Mapping[str, str]:
        return {"NET_STUDIES_URL": self.url} if self.url else {}


def study_places(configuration: Configuration) -> list[StudyPlace]:
    """Every place that the settings name."""
    kept_in = configuration.instance_folder / "studies"
    folder = configuration.studies_folder
    places = [StudyPlace(LOCAL, folder, "", kept_in / LOCAL)]
    if configuration.studies_url:
        # Another database has another folder: its studies may be called the same.
        database = hashlib.sha256(configuration.studies_url.encode()).hexdigest()[:12]
        kept = kept_in / f"{SHARED}-{database}"
        places.append(StudyPlace(SHARED, folder, configuration.studies_url, kept))
    return places


def is_study_name(name: str) -> bool:
    """Whether a study may be called so."""
    try:
        check_study_name(name)
    except SettingsError:
        return False
    return True


def _revision(files: Iterator[Path] | Sequence[Path]) -> str:
    facts = sorted(_facts(file) for file in files)
    return hashlib.sha256(os.fsencode("\n".join(facts))).hexdigest()[:16]


def _facts(file: Path) -> str:
    try:
        found = file.stat()
    except OSError:
        return f"{file.parent.name} is gone"
    return f"{file.parent.name} {found.st_size} {found.st_mtime_ns}"


def _now() -> str:
    return str(int(time.time() / _SECONDS))
