"""A folder for what is half done, beside what it is for, so that a rename puts it in its place.

It is locked while a process works in it.  One whose lock is free was left by a process that was
killed: whoever makes the next one beside it clears it away, and a back-up leaves it out.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from recognizer.file_lock import take_lock

ASIDE = "aside"  # in a working folder: what was in the place of something new
_PREFIX = ".net-work-"
_PREFIXES = (_PREFIX, ".restore-", ".net-backup-")  # the others are those of earlier versions


@contextmanager
def working_folder(parent: Path) -> Iterator[Path]:
    """Make a folder that nobody else may enter, and remove it at the end; clear away old ones.

    Raises:
        OSError: ``parent`` is not there, or cannot be written to.
    """
    clear_left_overs(parent)
    while True:
        folder = Path(tempfile.mkdtemp(dir=parent, prefix=_PREFIX))
        descriptor = os.open(folder, os.O_RDONLY)
        take_lock(descriptor)
        if folder.is_dir():  # nobody took it for a left-over before it was locked
            break
        os.close(descriptor)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def clear_left_overs(parent: Path) -> None:
    """Remove the working folders of processes that were killed.

    What they had moved aside, and put nothing in the place of, goes back there first.
    """
    for folder in [path for path in parent.glob(".*") if path.name.startswith(_PREFIXES)]:
        with suppress(OSError):  # it is gone, or somebody else's, or a process is at it
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if take_lock(descriptor, waits=False):
                    _put_back(folder / ASIDE, parent)
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(descriptor)


def _put_back(aside: Path, parent: Path) -> None:
    for path in aside.glob("*"):
        if not (parent / path.name).exists():
            os.rename(path, parent / path.name)
