"""The folder that a command writes its results to: made when needed, and never a run's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recognizer.errors import reason_of
from trainer.errors import TrainerError


def prepare_output(folder: Path) -> Path:
    """Make the folder if there is none; called before the long work that fills it.

    Raises:
        TrainerError: it lies in a run, whose files are under checksums, or cannot be made.
    """
    whole = folder.absolute()
    if any((place / "run.json").exists() for place in (whole, *whole.parents)):
        raise TrainerError(f"{folder} lies in a run, which is never written to; name another")
    with written_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def written_to(folder: Path) -> Iterator[None]:
    """What goes wrong with the disk within the ``with`` block becomes a sentence.

    Raises:
        TrainerError: the folder cannot be written to.
    """
    try:
        yield
    except OSError as error:
        raise TrainerError(f"{folder} cannot be written to: {reason_of(error)}") from error
