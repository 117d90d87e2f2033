"""Load the network that a run was sealed with.

Keras's safe mode has been bypassed more than once, so a ``model.keras`` is loaded only
if it is the very file that the run's run.json has the checksum of.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recognizer.errors import RunError, reason_of
from recognizer.runs.folder import read_details, sha256

if TYPE_CHECKING:
    import keras

ORIGINAL_FILE = "model.keras"
ORIGINAL_DRAWING_FILE = "drawing.keras"


def load_original(run: Path, file: str = ORIGINAL_FILE) -> keras.Model:
    """A network of a run, by default the main one, as Keras knows it.

    Args:
        run: its folder.
        file: of the network, :data:`ORIGINAL_FILE` or :data:`ORIGINAL_DRAWING_FILE`.

    Raises:
        RunError: the run is not sealed yet, or its network is missing or changed.
    """
    path = _verified(run, file)

    import trainer.quiet_start  # noqa: F401  # isort: skip  # before Keras is imported

    import keras

    return keras.models.load_model(path, compile=False)


def _verified(run: Path, file: str) -> Path:
    files = read_details(run).get("files")
    checksum = files.get(file) if isinstance(files, dict) else None
    if not checksum:
        raise RunError(f"{run.name}: run.json has no checksum of {file}: is it finished?")
    path = run / file
    try:
        actual = sha256(path)
    except OSError as error:
        raise RunError(f"{run.name}: {file} cannot be read: {reason_of(error)}") from error
    if actual != checksum:
        raise RunError(f"{run.name}: {file} is not the file that run.json has the checksum of")
    return path
