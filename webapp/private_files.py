"""Files and folders that nobody but their owner may read, from the moment they are made.

The instance folder holds keys, hashes of passwords and what people drew; its files keep that to
themselves also where somebody opened the folder.
"""

from __future__ import annotations

import os
from pathlib import Path

OTHERS_MASK = 0o077  # of a process whose files are its owner's alone


def private_opener(path: str, flags: int) -> int:
    """Open a file for :func:`open`, made readable for its owner alone."""
    return os.open(path, flags, 0o600)


def make_private_file(path: Path) -> None:
    """Make an empty file, with its folder, unless it is there; SQLite's logs take over its mode."""
    make_private_folder(path.parent)
    path.touch(mode=0o600)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, unless it is there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
