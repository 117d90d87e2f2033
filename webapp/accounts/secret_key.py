"""The key that signs cookies: from the settings, or made once and kept in the instance folder."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import structlog

from webapp.configuration import Configuration

_log = structlog.get_logger()


def read_or_make_key(configuration: Configuration) -> str:
    """Return the same key to every process that shares the instance folder.

    Where the folder cannot be written to, the key holds for this process alone, so that people
    have to sign in again after a restart, and the log says so.
    """
    if configuration.secret_key:
        return configuration.secret_key
    path = configuration.instance_folder / "secret-key"
    try:
        return _read(path) or _make(path)
    except OSError as error:
        _log.warning("sessions end with this process: no key can be kept", reason=str(error))
        return secrets.token_hex(32)


def _read(path: Path) -> str:
    with suppress(FileNotFoundError):
        return path.read_text("ascii").strip()
    return ""


def _make(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    try:
        # A link is made by one process only, and the file behind it is complete.
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    return _read(path)
