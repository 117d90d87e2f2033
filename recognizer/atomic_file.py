"""Write a file in one step, so that no reader ever sees a part of it."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path


def write_atomically(path: Path, content: bytes, *, syncs_folder: bool = False) -> None:
    """Write a file so that whoever reads it sees the old content or the new, never a part.

    Args:
        path: of the file, new or not.
        content: all of it.
        syncs_folder: whether the new file shall survive a loss of power, too, where folders can
            be synced.

    Raises:
        OSError: it cannot be written, and the old file is as it was; or its folder, which holds
            the new one already, cannot be written to the disk.
    """
    # Not tempfile's: its files are for their owner alone, and a server may be another.
    temporary = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:  # a full disk shall not be filled further
        temporary.unlink(missing_ok=True)
        raise
    if syncs_folder and hasattr(os, "O_DIRECTORY"):
        _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # that is what file systems say that sync no folders
            raise
    finally:
        os.close(descriptor)
