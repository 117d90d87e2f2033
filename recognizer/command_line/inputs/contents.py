"""Find what a file holds: one picture, one drawing as JSON, or drawings a line, plain or gzipped.

A file is read as a stream, an entry at a time and never more of one than it may
have, and what cannot be read comes out as an error in its place.  What a drawing
or a picture may be is for the recognizer to say.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import BinaryIO, cast

from recognizer.command_line.inputs.encodings import recoded
from recognizer.command_line.inputs.entry import Entry, FileError, cannot_be_read
from recognizer.command_line.inputs.pipe import Pipe, standard_input
from recognizer.limits import MAX_DRAWING_BYTES, MAX_PICTURE_BYTES
from recognizer.text_files import text_encoding

STANDARD_INPUT = "-"
SHORT_FILE = 1 << 18  # bytes of JSON text that are read at once

_HEAD = 16  # bytes that tell what a file is
_GZIP_MAGIC = b"\x1f\x8b"
_TEXT_CONTROLS = b"\t\n\v\f\r"
_ENDINGS_OF_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

Watch = Callable[[BinaryIO, str], BinaryIO]


class _LongFileError(Exception):
    """The file would not be read at once."""


def read_entries(file: str, watch: Watch | None = None) -> Iterator[Entry | None]:
    """The drawings of one file in their order, or its one picture.

    None stands where standard input has nothing more for the moment: whoever writes there may
    wait for the answers so far.

    Args:
        file: a path, or ``-`` for standard input.  One whose name ends in .jsonl or .ndjson
            holds a drawing a line; any other does so if its first line is a whole JSON value.
            A picture is known by its content.
        watch: given the opened file and its name, returns what to read in its place: a way
            to see how far the reading is.
    """
    return _entries(file, watch, any_length=True)


def read_short_file(file: str) -> list[Entry] | None:
    """All that a file of few drawings or one picture holds; None for one to read as a stream."""
    try:
        return [entry for entry in _entries(file, None, any_length=False) if entry is not None]
    except _LongFileError:
        return None


def is_picture_file(file: str) -> bool:
    """Whether a file holds a picture; False also where that cannot be seen."""
    try:
        with open(file, "rb") as stream:
            return _is_picture(stream.read(_HEAD))
    except (OSError, ValueError):
        return False


def _entries(file: str, watch: Watch | None, *, any_length: bool) -> Iterator[Entry | None]:
    lines = _Lines()
    try:
        with ExitStack() as stack:
            lines.stream = _open(file, watch, stack, any_length)
            head = cast(io.BufferedReader, lines.stream).peek(_HEAD)[:_HEAD]
            if _is_picture(head):
                yield _picture(file, lines.stream)
                return
            if encoding := text_encoding(head):
                lines.stream = stack.enter_context(recoded(lines.stream, encoding))
            for number, text in _texts(lines, file):
                yield None if text is None else Entry(file, number, text)
    # ValueError: a name that holds a NUL byte.
    except (OSError, EOFError, zlib.error, ValueError) as error:
        yield cannot_be_read(file, lines.number + 1, error)


class _Lines:
    """The lines of a stream that are not blank, cut where they are too long for a drawing."""

    def __init__(self) -> None:
        self.stream: BinaryIO = io.BytesIO()
        self.number = 0  # of the line read last

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        """The number of each line and its text; no text where there is none for the moment."""
        longest = MAX_DRAWING_BYTES + 2
        while True:
            if isinstance(self.stream, Pipe) and self.stream.would_wait():
                yield self.number, None
            if not (text := self.stream.readline(longest)):
                return
            self.number += 1
            if len(text) == longest and not text.endswith(b"\n"):
                self._skip_to_end_of_line()
            if stripped := text.strip():
                yield self.number, stripped

    def _skip_to_end_of_line(self) -> None:
        while (text := self.stream.readline(MAX_DRAWING_BYTES)) and not text.endswith(b"\n"):
            pass


def _picture(file: str, stream: BinaryIO) -> Entry:
    content = stream.read(MAX_PICTURE_BYTES + 1)
    if len(content) <= MAX_PICTURE_BYTES:
        return Entry(file, 1, content, is_picture=True)
    message = f"image may have at most {MAX_PICTURE_BYTES} bytes"
    return Entry(file, 1, FileError(message, "image", "picture_too_many_bytes"))


def _texts(lines: _Lines, file: str) -> Iterator[tuple[int, bytes | None]]:
    """The JSON text of each drawing, and the number of its first line."""
    if file.lower().endswith(_ENDINGS_OF_LINES):
        yield from lines
        return
    number, first = next(((at, text) for at, text in lines if text is not None), (1, b""))
    if not first and file == STANDARD_INPUT:
        return
    if _is_whole(first):
        yield number, first
        yield from lines
    else:
        yield number, first + b"\n" + lines.stream.read(max(0, MAX_DRAWING_BYTES + 1 - len(first)))


def _is_whole(text: bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_picture(head: bytes) -> bool:
    """Whether a file that begins so is to be read as a picture: whatever is no text is.

    Every format that the recognizer reads has bytes there that no text has; of all others it says
    itself that it does not.
    """
    is_text = text_encoding(head) or not any(
        byte < 32 and byte not in _TEXT_CONTROLS for byte in head
    )
    return not is_text


def _open(file: str, watch: Watch | None, stack: ExitStack, any_length: bool) -> BinaryIO:
    """Open a file for reading, unpacked if it is gzipped."""
    if file == STANDARD_INPUT:
        packed = cast(io.BufferedReader, standard_input())
    else:
        raw = cast(BinaryIO, stack.enter_context(io.FileIO(file)))
        if watch is not None:
            raw = stack.enter_context(watch(raw, file))
        packed = stack.enter_context(io.BufferedReader(cast(io.RawIOBase, raw)))
    head = packed.peek(_HEAD)[:_HEAD]
    is_packed = head.startswith(_GZIP_MAGIC)
    if not any_length and (is_packed or not _is_picture(head)):
        _check_length(packed, is_packed)
    return (
        cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=packed))) if is_packed else packed
    )


def _check_length(stream: io.BufferedReader, is_packed: bool) -> None:
    if is_packed or os.fstat(stream.fileno()).st_size > SHORT_FILE:
        raise _LongFileError
