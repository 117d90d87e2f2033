"""Read a list of paths, a path a line or between NUL bytes, from a file or standard input."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO, cast

from recognizer.command_line.inputs.contents import STANDARD_INPUT
from recognizer.command_line.inputs.encodings import recoded
from recognizer.command_line.inputs.entry import Entry, FileError, cannot_be_read
from recognizer.command_line.inputs.pipe import Pipe, standard_input
from recognizer.text_files import text_encoding

LONGEST_PATH = 1 << 16  # bytes; no system takes one as long

_BLOCK = 1 << 16
_HEAD = 16  # bytes that tell the encoding


def read_paths(file: str, nul_separated: bool = False) -> Iterator[str | Entry | None]:
    """The paths that a list names, in its order; an entry where it cannot be read further.

    None stands where a list from standard input goes on later.

    Args:
        file: the list, or ``-`` for standard input.
        nul_separated: paths end with a NUL byte, as ``find -print0`` writes them, and may hold
            anything else; otherwise with the end of the line, and blank lines are left out.
    """
    number = 0
    try:
        with ExitStack() as stack:
            stream: BinaryIO = (
                cast(BinaryIO, standard_input())
                if file == STANDARD_INPUT
                else stack.enter_context(open(file, "rb"))
            )
            head = cast(io.BufferedReader, stream).peek(_HEAD)[:_HEAD]
            if encoding := text_encoding(head, marked_only=nul_separated):
                stream = stack.enter_context(recoded(stream, encoding))
            for item in _items(stream, b"\0" if nul_separated else b"\n"):
                if item is None:
                    yield None
                    continue
                number += 1
                path = item if nul_separated else item.removesuffix(b"\r")
                if len(path) > LONGEST_PATH:
                    yield Entry(file, number, FileError("not a list of paths: a line is too long"))
                    return
                if path if nul_separated else path.strip():
                    yield _path(path)
    except (OSError, UnicodeError) as error:
        yield cannot_be_read(file, number + 1, error)


def _path(item: bytes) -> str:
    # In a list "-" is a file's name: standard input may hold the list itself.
    return os.path.join(".", "-") if item == b"-" else os.fsdecode(item)


def _items(stream: BinaryIO, separator: bytes) -> Iterator[bytes | None]:
    """The pieces between separators; the last may be a piece of one that is too long."""
    rest = b""
    while True:
        if isinstance(stream, Pipe) and stream.would_wait(separator):
            yield None
        if not (block := cast(io.BufferedReader, stream).read1(_BLOCK)):
            break
        *whole, rest = (rest + block).split(separator)
        yield from whole
        if len(rest) > LONGEST_PATH:
            break
    if rest:
        yield rest
