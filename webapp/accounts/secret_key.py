"""The key that signs cookies: from the settings, or made once and kept in the instance folder."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import structlog

from webapp.configuration import Configuration

KEY_FILE = "secret-key"  # in the instance folder

_log = structlog.get_logger()


class SecretKey:
    """Gives the same key to every process that shares the instance folder, also after a restore.

    Where the folder cannot be written to, the key holds for this process alone, so that people
    have to sign in again after a restart, and the log says so.
    """

    def __init__(self, configuration: Configuration) -> None:
        """Take the settings' key; otherwise nothing is read before it is needed."""
        self._path = configuration.instance_folder / KEY_FILE
        self._is_given = bool(configuration.secret_key)
        self._key = configuration.secret_key
        self._file: object = None  # which one was read

    def read(self) -> str:
        """Return the key; its file is read again when another one is in its place."""
        if not self._is_given:
            self._look()
        return self._key

    def _look(self) -> None:
        file = _identity(self._path)
        if self._key and file in (None, self._file):
            return
        try:
            self._key = _read(self._path) or _make(self._path)
            self._file = file or _identity(self._path)
        except (OSError, UnicodeError) as error:
            if not self._key:
                _log.warning(
                    "sessions end with this process: no key can be kept", reason=str(error)
                )
                self._key = secrets.token_hex(32)


def _identity(path: Path) -> object:
    with suppress(OSError):
        status = path.stat()
        return status.st_ino, status.st_mtime_ns, status.st_size
    return None


def _read(path: Path) -> str:
    with suppress(FileNotFoundError):
        return path.read_text("ascii").strip()
    return ""


def _make(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")  # hidden: no back-up has it
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        # A link is made by one process only, and the file behind it is complete.
        with suppress(FileExistsError):
            os.link(draft, path)
        if not _read(path):  # an earlier one, emptied by a loss of power
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return _read(path)
