"""Turn the archive of pendigits into stroke files.

Of the archive only ``pendigits-orig.tra.Z`` and ``pendigits-orig.tes.Z`` are read: UNIPEN text,
compressed by Unix's ``compress``.  The number of the writer stands second in the comment behind
each segment (``.COMMENT 8 12 43``: the digit, the writer, the sample).  The writers of the second
file are not among those of the first; training never reads it.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import uncompresspy  # type: ignore[import-untyped]

from trainer.data.fetch.row_writer import writing_rows
from trainer.data.rows import Row, digit_of
from trainer.data.unipen.segments import Segment, read_segments
from trainer.errors import DataError

SITE = "pendigits"
PARTS = {
    "pendigits-orig.tra": "pendigits-train.jsonl.gz",
    "pendigits-orig.tes": "pendigits-test.jsonl.gz",
}

_MAX_BYTES = 64 << 20  # of one part, decompressed; they have 3 MB and 1.5
_BLOCK = 1 << 20  # bytes that are written at a time


def convert_pendigits(
    archive: Path, folder: Path, on_problem: Callable[[str], None]
) -> dict[str, int]:
    """Write the stroke files of both parts into ``folder``, and what they are made of beside them.

    Returns:
        the number of rows in each file, by its name.

    Raises:
        DataError: the archive is damaged, or a part of it holds no digit.
    """
    texts = {folder / part: folder / gives for part, gives in PARTS.items()}
    _unpack(archive, list(texts))
    return {gives.name: _convert(text, gives, on_problem) for text, gives in texts.items()}


def _unpack(archive: Path, texts: list[Path]) -> None:
    try:
        with zipfile.ZipFile(archive) as members, warnings.catch_warnings():
            warnings.simplefilter("error")  # odd headers and partial codes are told so
            for text in texts:
                _decompress(members, f"{text.name}.Z", text)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, Warning) as error:
        raise DataError(f"{archive} is not the archive of pendigits: {error}") from error


def _decompress(members: zipfile.ZipFile, member: str, text: Path) -> None:
    written = 0
    with members.open(member) as compressed, text.open("wb") as file:
        stream = uncompresspy.LZWFile(compressed)
        while block := stream.read(_BLOCK):
            written += file.write(block)
            if written > _MAX_BYTES:
                raise ValueError(f"{member} is far larger than it should be")


def _convert(text: Path, gives: Path, on_problem: Callable[[str], None]) -> int:
    def name_problem(sentence: str) -> None:
        on_problem(sentence.replace(f"{text.parent}/", ""))

    with writing_rows(gives) as writer:
        for number, segment in enumerate(read_segments(text, on_problem=name_problem)):
            try:
                writer.write(_row(segment, f"digit {number} of {text.name}"))
            except DataError as error:
                name_problem(str(error))
        if not writer.rows:
            raise DataError(f"{text.name} holds no digit that can be read")
    return writer.rows


def _row(segment: Segment, place: str) -> Row:
    fields = segment.comment.split()
    if len(fields) < 2:
        raise DataError(f"{place} names no writer in a comment behind it")
    row = Row(segment.label, SITE, fields[1], segment.strokes)
    digit_of(row, place)
    return row
