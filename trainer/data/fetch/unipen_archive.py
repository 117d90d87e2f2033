"""Turn the archive of UNIPEN train_r01_v07 into stroke files.

``data/<category>/<site>/…`` holds files of segments, which include the pen data that lies under
``include/<site>/…``.  Four categories are of single characters: 1a digits, 1b capitals, 1c small
letters, 1d symbols.  The sites that this project trains on go into ``-train`` files; all others
into ``-test`` files, which training never reads.
"""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import IO

from trainer.data.fetch.row_writer import writing_rows
from trainer.data.rows import Row
from trainer.data.unipen.segments import read_segments
from trainer.errors import DataError

CATEGORIES = {"1a": "digits", "1b": "upper", "1c": "lower", "1d": "symbols"}
TRAINING_SITES = ("gmd", "ibm", "kai", "mot", "syn", "uqb")

_ROOT = "train_r01_v07"
_MAX_BYTES = 4 << 30  # of everything unpacked; it has half a gigabyte
_BLOCK = 1 << 20  # bytes that are written at a time


def convert_unipen(
    archive: Path, folder: Path, on_problem: Callable[[str], None]
) -> dict[str, int]:
    """Write the stroke files of the four categories into ``folder``.

    Half a gigabyte is unpacked beside them.

    Returns:
        the number of rows in each file, by its name.

    Raises:
        DataError: the archive is damaged or holds no digits.
    """
    _unpack(archive, folder)
    rows: dict[str, int] = {}
    for category, kind in CATEGORIES.items():
        rows |= _convert(folder, category, folder / f"unipen-{kind}", on_problem)
        if not any(rows.values()):
            raise DataError(f"{archive} holds no digit in {_ROOT}/data/{category}")
    return rows


def _unpack(archive: Path, root: Path) -> None:
    total = 0
    try:
        with tarfile.open(archive, "r|*") as members:
            for member in members:
                path = _wanted(member)
                if path is None:
                    continue
                total += member.size
                if total > _MAX_BYTES:
                    raise DataError(f"{archive} is far larger than it should be")
                _write(members.extractfile(member), root / path)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise DataError(f"{archive} is cut off or damaged: {error}") from error


def _wanted(member: tarfile.TarInfo) -> PurePosixPath | None:
    """Where a member belongs below the root, if it is a file that is needed."""
    parts = PurePosixPath(member.name).parts
    if not member.isfile() or _ROOT not in parts or ".." in parts:
        return None
    path = PurePosixPath(*parts[parts.index(_ROOT) + 1 :])
    is_segments = len(path.parts) > 3 and path.parts[0] == "data" and path.parts[1] in CATEGORIES
    return path if is_segments or path.parts[:1] == ("include",) else None


def _write(content: IO[bytes] | None, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        while content and (block := content.read(_BLOCK)):
            file.write(block)


def _convert(
    root: Path, category: str, stem: Path, on_problem: Callable[[str], None]
) -> dict[str, int]:
    with ExitStack() as open_files:
        train, test = (
            open_files.enter_context(writing_rows(stem.with_name(f"{stem.name}-{part}.jsonl.gz")))
            for part in ("train", "test")
        )
        for row in _rows(root, category, on_problem):
            (train if row.source in TRAINING_SITES else test).write(row)
    return {writer.path.name: writer.rows for writer in (train, test)}


def _rows(root: Path, category: str, on_problem: Callable[[str], None]) -> Iterator[Row]:
    def name_problem(sentence: str) -> None:
        on_problem(sentence.replace(f"{root}/", ""))

    below = root / "data" / category
    for path in sorted(path for path in below.rglob("*") if path.is_file()):
        site = path.relative_to(below).parts[0]
        try:
            for segment in read_segments(path, [root / "include"], on_problem=name_problem):
                writer = segment.writer or path.stem
                yield Row(segment.label, site, writer, segment.strokes)
        except DataError as error:
            name_problem(str(error))
