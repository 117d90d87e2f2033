"""Find the drawings in files: one JSON document, or JSON lines, plain or gzipped.

A file is read as a stream, a drawing at a time, and what cannot be read comes
out as an error in its place.  What a drawing may hold is for
:mod:`recognizer.strokes`.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO, cast

from recognizer.errors import RecognizerError
from recognizer.strokes import MAX_BYTES, Drawing, parse_drawing

STANDARD_INPUT = "-"

_GZIP_MAGIC = b"\x1f\x8b"
_ENDINGS_OF_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

Watch = Callable[[BinaryIO, str], BinaryIO]


class FileError(RecognizerError):
    """A file cannot be opened, or not be read to its end."""


@dataclass(frozen=True)
class Entry:
    """A drawing in a file, or why there is none.

    Attributes:
        file: as it was named; ``-`` is standard input.
        line: where the drawing begins, from 1.
        content: the drawing, or the error met in its place.
    """

    file: str
    line: int
    content: Drawing | RecognizerError


def read_entries(file: str, watch: Watch | None = None) -> Iterator[Entry]:
    """The drawings of one file, in their order.

    Args:
        file: a path, or ``-`` for standard input.  One whose name ends in .jsonl or .ndjson
            holds a drawing a line; any other does so if its first line is a whole JSON value.
        watch: given the opened file and its name, returns what to read in its place: a way
            to see how far the reading is.
    """
    lines = _Lines()
    try:
        with ExitStack() as stack:
            lines.stream = _open(file, watch, stack)
            for number, text in _texts(lines, file):
                yield Entry(file, number, _parse(text))
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Entry(file, lines.number + 1, FileError(f"cannot be read: {reason}"))


class _Lines:
    """The lines of a stream that are not blank, cut where they are too long for a drawing."""

    def __init__(self) -> None:
        self.stream: BinaryIO = io.BytesIO()
        self.number = 0  # of the line read last

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        longest = MAX_BYTES + 2
        while text := self.stream.readline(longest):
            self.number += 1
            if len(text) == longest and not text.endswith(b"\n"):
                self._skip_to_end_of_line()
            if stripped := text.strip():
                yield self.number, stripped

    def _skip_to_end_of_line(self) -> None:
        while (text := self.stream.readline(MAX_BYTES)) and not text.endswith(b"\n"):
            pass


def _texts(lines: _Lines, file: str) -> Iterator[tuple[int, bytes]]:
    """The JSON text of each drawing, and the number of its first line."""
    if file.lower().endswith(_ENDINGS_OF_LINES):
        yield from lines
        return
    number, first = next(iter(lines), (1, b""))
    if not first and file == STANDARD_INPUT:
        return
    if _is_whole(first):
        yield number, first
        yield from lines
    else:
        yield number, first + b"\n" + lines.stream.read(max(0, MAX_BYTES + 1 - len(first)))


def _is_whole(text: bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _parse(text: bytes) -> Drawing | RecognizerError:
    try:
        return parse_drawing(text)
    except RecognizerError as error:
        return error


def _open(file: str, watch: Watch | None, stack: ExitStack) -> BinaryIO:
    """Open a file for reading, unpacked if it is gzipped."""
    if file == STANDARD_INPUT:
        packed = cast(io.BufferedReader, sys.stdin.buffer)
    else:
        raw = cast(BinaryIO, stack.enter_context(io.FileIO(file)))
        if watch is not None:
            raw = stack.enter_context(watch(raw, file))
        packed = io.BufferedReader(cast(io.RawIOBase, raw))
    if packed.peek(2).startswith(_GZIP_MAGIC):
        return cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=packed)))
    return packed
