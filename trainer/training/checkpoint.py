"""Put a half-trained network down after an epoch, and take it up again exactly there."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from recognizer.atomic_file import write_atomically
from trainer.errors import TrainerError
from trainer.training.averaging import WeightAverage
from trainer.training.normalization import random_states

Arrays = Mapping[str, NDArray[Any]]

# What Keras's EarlyStopping and ReduceLROnPlateau remember from one epoch to the next.
_REMEMBERED = ("wait", "best", "best_epoch", "stopped_epoch", "cooldown_counter")


class Checkpoint(keras.callbacks.Callback):  # type: ignore[misc]
    """The state of a training in a file: weights, optimizer, average, chance and callbacks.

    Attributes:
        epoch: whole epochs that the file holds; 0 where there is none.
        has_ended: whether a callback found then that more of them would not help.
    """

    def __init__(
        self,
        path: Path | None,
        name: str,
        network: keras.Model,
        averaging: WeightAverage,
        steering: Sequence[keras.callbacks.Callback] = (),
    ) -> None:
        """Read the file at ``path``, if it exists; :meth:`restore` uses it.

        Args:
            path: of the file; None keeps nothing.
            name: of the training.  What another one of the run left there is passed over: it has
                come to its end, and a loss of power brought its file back.
            network: compiled later.
            averaging: its average of weights.
            steering: callbacks with a memory.

        Raises:
            CheckpointError: it is empty, cut off or something else.
        """
        super().__init__()
        self._path = path
        self._name = name
        self._network = network
        self._averaging = averaging
        self._steering = steering
        self._stored: Arrays | None = None
        if path is not None and path.exists():
            stored = _read(path)
            self._stored = stored if str(stored.get("name", name)) == name else None
        self.epoch = int(self._stored["epoch"]) if self._stored is not None else 0
        self.has_ended = any(memory.get("stopped_epoch") for memory in self._memories())

    def restore(self, steps: int) -> None:
        """Give the compiled network and the average their state back.

        Args:
            steps: batches in an epoch.

        Raises:
            CheckpointError: the file is of another network.
        """
        if self._stored is None:
            return
        try:
            self._restore(self._stored, steps)
        except (KeyError, TypeError, ValueError) as error:
            raise CheckpointError(self._path, "is of another network") from error

    def _restore(self, stored: Arrays, steps: int) -> None:
        network = self._network
        network.set_weights(list(_numbered(stored, "weight")))
        optimizer = _numbered(stored, "optimizer")
        for variable, value in zip(network.optimizer.variables, optimizer, strict=True):
            variable.assign(value)
        for state, value in zip(random_states(network), _numbered(stored, "chance"), strict=True):
            state.assign(value)
        average = list(_numbered(stored, "average"))
        self._averaging.go_on(average or None, self.epoch * steps)
        self._remind(stored)

    def on_train_begin(self, logs: object = None) -> None:
        """Give the callbacks their memory back; Keras has just made them forget."""
        if self._stored is not None:
            self._remind(self._stored)
            self._stored = None

    def _remind(self, stored: Arrays) -> None:
        for i, (callback, memory) in enumerate(zip(self._steering, self._memories(), strict=True)):
            vars(callback).update(memory)
            best = list(_numbered(stored, f"callback{i}best"))
            if best:
                callback.best_weights = best

    def _memories(self) -> list[dict[str, float | None]]:
        if self._stored is None:
            return []
        memories: list[dict[str, float | None]] = json.loads(str(self._stored["memories"]))
        return memories

    def save(self, epoch: int) -> None:
        """Store the state after ``epoch`` whole epochs, replacing the last one."""
        if self._path is None:
            return
        network = self._network
        arrays = _number("weight", network.get_weights())
        arrays |= _number("optimizer", map(np.asarray, network.optimizer.variables))
        arrays |= _number("average", self._averaging.weights or ())
        arrays |= _number("chance", map(np.asarray, random_states(network)))
        for i, callback in enumerate(self._steering):
            arrays |= _number(f"callback{i}best", getattr(callback, "best_weights", None) or ())
        memories = json.dumps([_memory(callback) for callback in self._steering])
        buffer = io.BytesIO()
        about = {"name": self._name, "epoch": epoch, "memories": memories}
        np.savez(buffer, **about, **arrays)  # type: ignore[arg-type]
        write_atomically(self._path, buffer.getvalue())


class CheckpointError(TrainerError):
    """A checkpoint that cannot be gone on from."""

    def __init__(self, path: Path | None, what: str) -> None:
        super().__init__(
            f"{path} {what}: remove it, and --resume begins with the first epoch again"
        )


def _read(path: Path) -> Arrays:
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            arrays = dict(stored)
        int(arrays["epoch"]), json.loads(str(arrays["memories"]))
    except (PermissionError, MemoryError):
        raise  # the file may be whole
    except Exception as error:  # zipfile, zlib and numpy each raise their own for a broken file
        raise CheckpointError(path, "is empty, cut off or no checkpoint") from error
    if not all(np.isfinite(array).all() for array in arrays.values() if array.dtype.kind == "f"):
        raise CheckpointError(path, "holds weights that are no numbers")
    return arrays


def _memory(callback: keras.callbacks.Callback) -> dict[str, float | None]:
    known = vars(callback)
    values = {name: known[name] for name in _REMEMBERED if name in known}
    return {name: value if value is None else float(value) for name, value in values.items()}


def _number(kind: str, arrays: Any) -> dict[str, NDArray[Any]]:
    return {f"{kind}{i}": array for i, array in enumerate(arrays)}


def _numbered(stored: Arrays, kind: str) -> Iterator[NDArray[Any]]:
    number = 0
    while f"{kind}{number}" in stored:
        yield stored[f"{kind}{number}"]
        number += 1
