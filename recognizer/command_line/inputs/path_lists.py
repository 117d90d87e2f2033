"""Read a list of paths, a path a line or between NUL bytes, from a file or standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO

from recognizer.command_line.inputs.contents import STANDARD_INPUT
from recognizer.command_line.inputs.entry import Entry, FileError, cannot_be_read

LONGEST_PATH = 1 << 16  # bytes; no system takes one as long

_BLOCK = 1 << 16


def read_paths(file: str, nul_separated: bool = False) -> Iterator[str | Entry]:
    """The paths that a list names, in its order; an entry where it cannot be read further.

    Args:
        file: the list, or ``-`` for standard input.
        nul_separated: paths end with a NUL byte, as ``find -print0`` writes them, and may hold
            anything else; otherwise with the end of the line, and blank lines are left out.
    """
    number = 0
    try:
        with ExitStack() as stack:
            stream = (
                sys.stdin.buffer
                if file == STANDARD_INPUT
                else stack.enter_context(open(file, "rb", buffering=0))
            )
            for number, item in enumerate(_items(stream, b"\0" if nul_separated else b"\n"), 1):
                path = item if nul_separated else item.removesuffix(b"\r")
                if len(path) > LONGEST_PATH:
                    yield Entry(file, number, FileError("not a list of paths: a line is too long"))
                    return
                if path.strip():
                    yield _path(path)
    except OSError as error:
        yield cannot_be_read(file, number + 1, error)


def _path(item: bytes) -> str:
    # In a list "-" is a file's name: standard input may hold the list itself.
    return os.path.join(".", "-") if item == b"-" else os.fsdecode(item)


def _items(stream: BinaryIO, separator: bytes) -> Iterator[bytes]:
    """The pieces between separators; the last may be a piece of one that is too long."""
    rest = b""
    while block := stream.read(_BLOCK):
        *whole, rest = (rest + block).split(separator)
        yield from whole
        if len(rest) > LONGEST_PATH:
            break
    if rest:
        yield rest
