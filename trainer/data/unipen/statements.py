"""Cut UNIPEN text into its statements, and put those of included files in their place.

A statement is a keyword (a dot and capitals at the start of a line) and everything up to the
next one.  What the keywords mean is for those who read the statements.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from recognizer.errors import reason_of
from trainer.errors import DataError

MAX_FILE_BYTES = 256 << 20  # the largest file of train_r01_v07 has under 2 MB

_START = re.compile(r"^[ \t]*\.(?=[A-Z])", re.MULTILINE)
_DOCUMENTATION = (".doc", ".lex")  # describe tablets and words; no pen data


@dataclass(frozen=True)
class Statement:
    """A keyword without its dot, the text behind it, and its place, as ``a.dat:12``."""

    keyword: str
    text: str
    place: str


def read_statements(path: Path, search_paths: Sequence[Path] = ()) -> Iterator[Statement]:
    """The statements of a file in their order, ``.INCLUDE`` replaced by what it includes.

    Args:
        path: of the file.
        search_paths: folders to look for included files in, after the including file's own.

    Raises:
        DataError: the file or one that it includes is missing, too large, or includes itself.
            Documentation (``.doc``, ``.lex``) may be missing: it moves no component's number.
    """
    return _follow(path, search_paths, ())


def _follow(
    path: Path, search_paths: Sequence[Path], including: tuple[Path, ...]
) -> Iterator[Statement]:
    here = (*including, path.resolve())
    for statement in _cut(path):
        if statement.keyword != "INCLUDE":
            yield statement
            continue
        name = statement.text.strip()
        included = _find(name, [path.parent, *search_paths], here)
        if included is not None:
            yield from _follow(included, search_paths, here)
        elif not name.endswith(_DOCUMENTATION):
            raise DataError(f"{statement.place} includes {name[:80]!r}, which is not there")


def _cut(path: Path) -> Iterator[Statement]:
    text = _read(path)
    starts = [match.end() for match in _START.finditer(text)]
    line, counted = 1, 0
    for start, end in itertools.pairwise([*starts, len(text) + 1]):
        line += text.count("\n", counted, start)
        counted = start
        keyword, *rest = re.split(r"\s", text[start : end - 1], maxsplit=1)
        yield Statement(keyword, rest[0] if rest else "", f"{path}:{line}")


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise DataError(f"{path} is larger than {MAX_FILE_BYTES >> 20} MiB")
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {reason_of(error)}") from error
    return content.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def _find(name: str, folders: Sequence[Path], passed: Sequence[Path]) -> Path | None:
    """The first file of that name within one of the folders that is not being read already."""
    for folder in folders:
        try:
            candidate = (folder / name).resolve()
            is_there = candidate.is_relative_to(folder.resolve()) and candidate.is_file()
        except (OSError, ValueError):  # no file can have such a name
            continue
        if is_there and candidate not in passed:
            return candidate
    return None
