"""The options that several commands have: where data and runs lie, and who wants something."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

_MODELS = Path(__file__).resolve().parents[2] / "models"

Commands = argparse._SubParsersAction  # of ArgumentParser; what `add_to` is given


def add_data_dir(command: argparse.ArgumentParser) -> None:
    """Add ``--data-dir``, for :func:`trainer.data.location.data_folder`."""
    command.add_argument(
        "--data-dir", type=Path, metavar="DIR",
        help="where the data sets lie; default: NET_DATA_DIR, else data/ in the project",
    )  # fmt: skip


def add_models(command: argparse.ArgumentParser) -> None:
    """Add ``--models``, the folder of the runs and of ``current``."""
    command.add_argument(
        "--models", type=Path, default=_models(), metavar="DIR",
        help="where the runs lie; default: NET_MODELS_DIR, else models/ in the project",
    )  # fmt: skip


def add_store(command: argparse.ArgumentParser) -> None:
    """Add ``--store``, which other machines serve from."""
    command.add_argument(
        "--store", default=os.environ.get("NET_MODELS_STORE", ""), metavar="URL",
        help="where machines without a common folder have their runs from, as s3://bucket/prefix; "
        "default: NET_MODELS_STORE, else none",
    )  # fmt: skip


def add_by(command: argparse.ArgumentParser) -> None:
    """Add ``--by``, for whoever runs a command in somebody else's name, as the admin pages do."""
    command.add_argument(
        "--by", metavar="NAME",
        help="who wants it, kept in the history; default: the user of this process",
    )  # fmt: skip


def _models() -> Path:
    return Path(os.environ.get("NET_MODELS_DIR") or _MODELS)
