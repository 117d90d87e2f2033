"""The files that data sets lie in: their checksums, and whose they are where that is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from recognizer.runs.folder import sha256
from trainer.data.fetch.sources import ALL_SOURCES, Source
from trainer.data.idx import find_idx_files
from trainer.data.mnist import FILE_NAME
from trainer.data.own import find_own, origin_of
from trainer.data.picture_sets import find_test_sets
from trainer.errors import DataError


def describe_files(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Read every file of data at some paths; pictures, of which there may be many, are left out.

    Args:
        paths: files and folders, as :func:`trainer.data.survey.finding.survey` takes them.

    Returns:
        of each file ``file`` (its path), ``set`` (the name of its data set), ``bytes``, ``sha256``,
        and ``source``: ``name``, ``credit`` (maker and licence), ``url``, and ``is_published``
        (whether it has the published checksum, null where none is published); null of a file that
        none of the public sets gives.
    """
    return [_described(file) for path in paths for file in _files(path)]


def _files(path: Path) -> Iterator[Path]:
    folder = path.parent if path.name == FILE_NAME else path
    if (folder / FILE_NAME).is_file():
        yield folder / FILE_NAME
    elif folder.is_dir():
        yield from _idx_files(folder)
    yield from find_own(path)[0]
    yield from (file for _, file in find_test_sets(path))


def _idx_files(folder: Path) -> list[Path]:
    try:
        return find_idx_files(folder) or []
    except DataError:
        return []  # the survey names what is missing


def _described(file: Path) -> dict[str, Any]:
    digest = sha256(file)
    if find_own(file)[0]:
        data_set, gives = origin_of(file), file.name
    elif tests := find_test_sets(file):
        data_set, gives = tests[0][0].name, file.name
    else:
        data_set, gives = "mnist", FILE_NAME
    return {
        "file": str(file),
        "set": data_set,
        "bytes": file.stat().st_size,
        "sha256": digest,
        "source": _source(gives, file, digest),
    }


def _source(gives: str, file: Path, digest: str) -> dict[str, Any] | None:
    for source in ALL_SOURCES:
        if gives in source.gives:
            return {
                "name": source.name,
                "credit": source.credit,
                "url": source.url,
                "is_published": _is_published(source, file, digest),
            }
    return None


def _is_published(source: Source, file: Path, digest: str) -> bool | None:
    """Only where the file is the published one itself, and nothing made of it."""
    if source.sha256 is None or source.file != file.name:
        return None
    return digest == source.sha256
