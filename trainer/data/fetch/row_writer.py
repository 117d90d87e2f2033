"""Write a stroke file: gzipped JSON lines, under its name only when it is whole."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from types import TracebackType

from trainer.data.rows import Row


class RowWriter:
    """Rows into one file, within ``with``; an error leaves what was there before.

    The same rows give the same bytes, so that the checksum in a run's run.json tells the data.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._temporary = path.with_name(f".{path.name}.{os.getpid()}")

    def __enter__(self) -> RowWriter:
        self._raw = self._temporary.open("wb")
        self._file = gzip.GzipFile(filename="", fileobj=self._raw, mode="wb", mtime=0)
        return self

    def write(self, row: Row) -> None:
        """Append one row."""
        line = json.dumps(row.as_json(), ensure_ascii=False, separators=(",", ":"))
        self._file.write(f"{line}\n".encode())
        self.rows += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        try:
            with self._raw:
                self._file.close()
                self._raw.flush()
                os.fsync(self._raw.fileno())
            if kind is None:
                self._temporary.replace(self.path)
        finally:
            self._temporary.unlink(missing_ok=True)
