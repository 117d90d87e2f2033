"""The batches of a training, epoch after epoch: made on the fly, the same for the same seed.

They are made in threads, since OpenCV and much of NumPy release the interpreter's lock.  Every
batch has its own random state, made of the seed, the epoch and its place, so that the same
settings give the same batches whichever thread makes them, also after a resume.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from trainer.data.mnist import Images
from trainer.data.outliers import Outlier
from trainer.data.stroke_files import LabelledDrawing

Ink = NDArray[np.uint8]
Inputs = NDArray[np.float32]
Labels = NDArray[np.int64] | NDArray[np.float32]  # numbers, or one-hot rows
Batch = tuple[Inputs, Labels]


@dataclass(frozen=True, eq=False)
class Material:
    """What a network is trained on.

    Attributes:
        images: pictures of digits.
        drawings: of digits, where the recipe uses them.
        outliers: letters and symbols, where the recipe learns to refuse.
    """

    images: Images
    drawings: Sequence[LabelledDrawing]
    outliers: Sequence[Outlier] = ()


class Batches(keras.utils.PyDataset):  # type: ignore[misc]
    """The batches of one epoch, then those of the next.

    Args:
        batch_size: samples in a batch.
        steps: batches in an epoch.
        seed: of the training.
        epoch: number of the epoch to begin with, from 0.
    """

    def __init__(self, batch_size: int, steps: int, seed: int, epoch: int) -> None:
        super().__init__(workers=2, use_multiprocessing=False, max_queue_size=12)
        self.batch_size = batch_size
        self.steps = steps
        self._seed = seed
        self.begin(epoch)

    def __len__(self) -> int:
        return self.steps

    def __getitem__(self, index: int) -> Batch:
        """Batch ``index``: (batch, 28, 28, 1) float32 in [0, 1], and its labels."""
        ink, labels = self._make(index, np.random.default_rng([self._seed, self._epoch, index]))
        return (ink / np.float32(255))[..., np.newaxis], labels

    def begin(self, epoch: int) -> None:
        """Make the batches of this epoch from now on; no thread may be making any."""
        self._epoch = epoch
        self._shuffle(np.random.default_rng([self._seed, epoch]))

    def _shuffle(self, random: np.random.Generator) -> None:
        """Decide which sample comes when in this epoch."""
        raise NotImplementedError

    def _make(self, index: int, random: np.random.Generator) -> tuple[Ink, Labels]:
        """Ink (batch, 28, 28) uint8 and labels of batch ``index``."""
        raise NotImplementedError


class EpochOrder(keras.callbacks.Callback):  # type: ignore[misc]
    """Tells the batches which epoch begins.

    Keras's own ``on_epoch_end`` of a dataset is called once more than there are epochs.
    """

    def __init__(self, batches: Batches) -> None:
        super().__init__()
        self._batches = batches

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
        """Keras starts the threads that make batches after this."""
        self._batches.begin(epoch)


def order_rows(rows: int, wanted: int, random: np.random.Generator) -> NDArray[np.int64]:
    """``wanted`` row numbers, every row as often as the others, give or take one.

    Args:
        rows: that there are, at least 1; numbered from 0.
        wanted: how many numbers, fewer or more than there are rows.
        random: of the epoch.
    """
    rounds = -(-wanted // rows) if wanted else 1
    return np.concatenate([random.permutation(rows) for _ in range(rounds)])[:wanted]
