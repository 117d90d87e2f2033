"""Save a network as a ``.keras`` file that older releases of Keras 3 load too.

Keras refuses a file that names a setting it does not know, even where the setting
says nothing: those of Keras 3.15 would shut out 3.12, the last for Python 3.10.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import keras

from recognizer.atomic_file import write_atomically

# Settings newer than Keras 3.12, with the values by which they change nothing.
_SAYS_NOTHING = {
    "input_axes": None,
    "output_axes": None,
    "quantization_config": None,
    "renorm": False,
    "renorm_clipping": None,
    "renorm_momentum": 0.99,
}


def save_keras(network: keras.Model, path: Path) -> None:
    """Save a network, leaving out of its configuration what says nothing.

    Args:
        network: any Keras model.
        path: of the file, ending in ``.keras``; replaced in one step.
    """
    parts = _saved_parts(network)
    configuration = _without_idle_settings(json.loads(parts["config.json"]))
    parts["config.json"] = json.dumps(configuration).encode()
    portable = io.BytesIO()
    with zipfile.ZipFile(portable, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    write_atomically(path, portable.getvalue())


def _saved_parts(network: keras.Model) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.keras"
        network.save(file)
        with zipfile.ZipFile(file) as saved:
            return {name: saved.read(name) for name in saved.namelist()}


def _without_idle_settings(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_idle_settings(entry)
            for key, entry in value.items()
            if key not in _SAYS_NOTHING or entry != _SAYS_NOTHING[key]
        }
    if isinstance(value, list):
        return [_without_idle_settings(entry) for entry in value]
    return value
