"""Bring one data set: download or find its archive, verify it, make the files of it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from recognizer.atomic_file import write_atomically
from recognizer.errors import reason_of
from recognizer.file_lock import locked
from trainer.data.fetch.checksums import verify
from trainer.data.fetch.download import Progress, download
from trainer.data.fetch.pendigits import convert_pendigits
from trainer.data.fetch.picture_archives import (
    convert_emnist,
    convert_sklearn_digits,
    convert_usps,
)
from trainer.data.fetch.sources import Source
from trainer.data.fetch.unipen_archive import convert_unipen
from trainer.data.mnist import FILE_NAME, load_mnist
from trainer.errors import DataError

DOWNLOADS = "downloads"  # below the data folder; may be removed when all is fetched
_UNFINISHED = ".fetch-"  # the beginning of the name of a folder of half-made files
_PACKAGE = "package:"  # instead of http: where a file is of an installed package


@dataclass
class Fetched:
    """What came of it.

    Attributes:
        name: of the data set.
        files: rows (or images) by file name; empty where all of them were there already.
        held_to: the checksum that the archive was held to, in words.
        problems: parts of the archive that could not be read and were left out.
    """

    name: str
    files: dict[str, int] = field(default_factory=dict)
    held_to: str = ""
    problems: list[str] = field(default_factory=list)


def fetch(
    source: Source,
    folder: Path,
    on_progress: Progress,
    *,
    mirror: str | None = None,
    sha256: str | None = None,
    again: bool = False,
    retries: int = 4,
) -> Fetched:
    """Put a data set's files into ``folder``, which is made where it is missing.

    Another fetch into the folder is waited for.

    Args:
        source: which data set.
        folder: the data folder.
        on_progress: told of the download, in bytes.
        mirror: an address to take the archive from, by its file name, instead of its own.
        sha256: what the archive must have instead of the published checksum.
        again: make the files anew though they are there.
        retries: of the download.

    Raises:
        DataError: it cannot be had, or is not what it should be; no file was changed.
    """
    if not again and all((folder / name).is_file() for name in source.gives):
        return Fetched(source.name)
    archive = folder / DOWNLOADS / source.file
    fetched = Fetched(source.name)
    try:
        archive.parent.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            is_new = not archive.is_file()
            if is_new:
                url = f"{mirror.rstrip('/')}/{source.file}" if mirror else source.url
                if url.startswith(_PACKAGE):
                    content = _in_package(url.removeprefix(_PACKAGE)).read_bytes()
                    write_atomically(archive, content)
                else:
                    download(url, archive, on_progress, retries)
            fetched.held_to = _verified(archive, source, sha256, mirror, is_new)
            fetched.files = make_files(source, archive, folder, fetched.problems.append)
    except OSError as error:
        raise DataError(f"{folder} cannot be written: {reason_of(error)}") from error
    return fetched


def make_files(
    source: Source, archive: Path, folder: Path, on_problem: Callable[[str], None]
) -> dict[str, int]:
    """Make all of a data set's files of its archive, or none; also clears what a killed fetch left.

    Args:
        source: which data set.
        archive: as it was downloaded.
        folder: to write to; nobody else makes files in it meanwhile.
        on_problem: told of each part of the archive that is left out.

    Returns:
        the number of rows (or images) in each file, by its name.

    Raises:
        DataError: the archive is not what it should be.
        OSError: the folder cannot be written to.
    """
    for left in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=folder) as name:
        made = _CONVERSIONS[source.name](archive, Path(name), on_problem)
        for file in made:
            with (Path(name) / file).open("rb+") as whole:
                os.fsync(whole.fileno())
        for file in made:  # only when nothing can fail any more that takes up space
            (Path(name) / file).replace(folder / file)
    return made


def _verified(
    archive: Path, source: Source, sha256: str | None, mirror: str | None, is_new: bool
) -> str:
    record = None if mirror else source.record
    try:
        return verify(archive, sha256 or source.sha256, record)
    except DataError as error:
        if not is_new:  # a file that somebody put there is not ours to remove
            raise DataError(f"{error}; remove it to fetch it anew") from error
        archive.unlink()
        raise DataError(f"{error}; what came was thrown away") from error


def _in_package(place: str) -> Path:
    package, _, path = place.partition("/")
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return Path(found.submodule_search_locations[0]) / path


def _convert_mnist(
    archive: Path, folder: Path, on_problem: Callable[[str], None]
) -> dict[str, int]:
    mnist = load_mnist(archive.parent)  # raises where it is not MNIST
    shutil.copyfile(archive, folder / FILE_NAME)
    return {FILE_NAME: len(mnist.train) + len(mnist.test)}


_CONVERSIONS = {
    "mnist": _convert_mnist,
    "pendigits": convert_pendigits,
    "unipen": convert_unipen,
    "usps": convert_usps,
    "emnist-digits": convert_emnist,
    "sklearn-digits": convert_sklearn_digits,
}
