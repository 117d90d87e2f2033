"""The one setting that says where the data sets lie."""

from __future__ import annotations

import os
from pathlib import Path

from trainer.errors import DataError

ENVIRONMENT_VARIABLE = "NET_DATA_DIR"
_PROJECT = Path(__file__).resolve().parents[2]
_USUAL_FOLDERS = (_PROJECT / "data", _PROJECT.parent / "shared" / "data")


def data_folder(given: str | Path | None = None) -> Path:
    """The folder to read data from.

    Args:
        given: what ``--data-dir`` says; without it the environment variable ``NET_DATA_DIR``
            counts, then ``data/`` in the project, then ``../shared/data`` beside it.

    Raises:
        DataError: the folder that was named does not exist.
    """
    named = given or os.environ.get(ENVIRONMENT_VARIABLE)
    if named:
        folder = Path(os.path.expanduser(named))  # Path's own fails where there is no such user
        if not folder.is_dir():
            raise DataError(f"the data folder {folder} does not exist")
        return folder
    return next((folder for folder in _USUAL_FOLDERS if folder.is_dir()), _USUAL_FOLDERS[0])


def folder_to_fill(given: str | Path | None = None) -> Path:
    """The folder to put data into, which may be missing still.

    Args:
        given: what ``--data-dir`` says; without it ``NET_DATA_DIR`` counts, then ``data/`` in the
            project.
    """
    named = given or os.environ.get(ENVIRONMENT_VARIABLE) or _PROJECT / "data"
    return Path(os.path.expanduser(named))
