"""See that a file is the one that was meant.

Where a checksum is published, it decides.  Where none is, the host's own record is asked, and
the SHA-256 seen at the first fetch is written beside the file, so that a later fetch that brings
something else is noticed.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import urllib.request
from pathlib import Path

from recognizer.atomic_file import write_atomically
from recognizer.runs.folder import sha256
from trainer.errors import DataError

_TIMEOUT = 30  # seconds


def verify(path: Path, expected: str | None, record: str | None) -> str:
    """Hold a file to what is known of it.

    Args:
        path: of the file.
        expected: its SHA-256, as hexadecimal digits; None where none is published.
        record: address of Zenodo's JSON about it; None where there is none.

    Returns:
        what it was held to, for people.

    Raises:
        DataError: it is another file.
    """
    actual = sha256(path)
    if expected is not None:
        _expect(path, actual, expected, "the published one")
        return "the published SHA-256"
    told = _told_by(record, path.name) if record else None
    if told is not None:
        algorithm, _, digits = told.partition(":")
        _expect(path, _digest(path, algorithm), digits, f"the {algorithm.upper()} of {record}")
    seen = _seen_before(path)
    if seen is not None:
        _expect(path, actual, seen, "the one seen at the first fetch")
    write_atomically(_record_of(path), f"{actual}  {path.name}\n".encode())
    if told is not None:
        return f"the {told.partition(':')[0].upper()} that its host tells"
    if seen is not None:
        return "the SHA-256 of the first fetch"
    return "nothing: its host tells none" if record else "nothing: none is published"


def _seen_before(path: Path) -> str | None:
    """The SHA-256 written down at the first fetch of a file, if there was one."""
    record = _record_of(path)
    words = record.read_text("utf-8", errors="replace").split() if record.is_file() else []
    return words[0] if words else None


def _record_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")  # as sha256sum writes and checks


def _expect(path: Path, actual: str, expected: str, which: str) -> None:
    if actual != expected.lower():
        raise DataError(f"{path} has another checksum ({actual}) than {which} ({expected})")


def _told_by(record: str, name: str) -> str | None:
    """A Zenodo record's ``md5:…`` of a file; None where the record cannot be had."""
    try:
        # The addresses stand in sources.py.
        with urllib.request.urlopen(record, timeout=_TIMEOUT) as answer:  # nosec B310
            files = json.loads(answer.read(1 << 20))["files"]
        told = next(str(file["checksum"]) for file in files if file["key"] == name)
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError, StopIteration):
        return None
    return told if told.partition(":")[0] in hashlib.algorithms_guaranteed else None


def _digest(path: Path, algorithm: str) -> str:
    digest = hashlib.new(algorithm, usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
