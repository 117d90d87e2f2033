"""A job's log: what its command prints, kept within bounds, and read on from where one stopped."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from webapp.private_files import make_private_folder, private_opener

MAX_BYTES = 4 << 20  # then the older half goes
_MOST_AT_ONCE = 1 << 16  # bytes that one reading gives
_CUT = b"(the beginning of this log was dropped)\n"


class LogFile:
    """The log of one job, written by one process."""

    def __init__(self, path: Path, limit: int = MAX_BYTES) -> None:
        self._path = path
        self._limit = limit
        make_private_folder(path.parent)

    def append(self, content: bytes) -> None:
        """Add to the end; the older half goes when it becomes too long.

        What cannot be written is lost: a full disk shall not end what is being logged.
        """
        with suppress(OSError):
            self._append(content)

    def _append(self, content: bytes) -> None:
        with open(self._path, "ab", opener=private_opener) as file:
            file.write(content)
            size = file.tell()
        if size > self._limit:
            self._drop_the_older_half()

    def _drop_the_older_half(self) -> None:
        with self._path.open("rb") as file:
            file.seek(-self._limit // 2, os.SEEK_END)
            file.readline()  # the rest of a line
            kept = file.read()
        shorter = self._path.with_suffix(".shorter")
        with open(shorter, "wb", opener=private_opener) as file:
            file.write(_CUT + kept)
        shorter.replace(self._path)


@dataclass(frozen=True)
class Part:
    """A piece of a log.

    Attributes:
        text: of it.
        next: from where to read on, bytes from the log's beginning.
        is_anew: the log was shortened in between, so what was read before is void.
    """

    text: str
    next: int
    is_anew: bool


def read_from(path: Path, offset: int) -> Part:
    """Read on in a log that may not be there yet.

    Args:
        path: of the log.
        offset: ``next`` of the part before; negative: so many bytes before its end.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            start = max(0, size + offset) if offset < 0 else offset
            is_anew = start > size
            start = 0 if is_anew else start
            file.seek(start)
            content = _whole_lines(file.read(_MOST_AT_ONCE))
    except FileNotFoundError:
        return Part("", 0, offset > 0)
    return Part(content.decode("utf-8", "replace"), start + len(content), is_anew)


def _whole_lines(content: bytes) -> bytes:
    """Leave the beginning of a line for later: half a character is read as a wrong one."""
    end = content.rfind(b"\n") + 1
    return content[:end] if end else content
