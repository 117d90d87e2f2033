"""Write a stroke file: gzipped JSON lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from trainer.data.rows import Row


@dataclass(eq=False)
class RowWriter:
    """Takes the rows of one file.

    Attributes:
        path: of the file.
        rows: how many it has.
    """

    path: Path
    _file: gzip.GzipFile
    rows: int = 0

    def write(self, row: Row) -> None:
        """Append one row."""
        line = json.dumps(row.as_json(), ensure_ascii=False, separators=(",", ":"))
        self._file.write(f"{line}\n".encode())
        self.rows += 1


@contextmanager
def writing_rows(path: Path) -> Iterator[RowWriter]:
    """Write a file of rows within a ``with`` block.

    The same rows give the same bytes, so that the checksum in a run's run.json tells the data.
    """
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as file,
    ):
        yield RowWriter(path, file)
