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

from recognizer.geometry import IMAGE_SIZE, draw
from trainer.augmentation.images import ImageAugmentation, augment_images
from trainer.augmentation.strokes import StrokeAugmentation, augment_drawings, pen_widths
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


class ImageBatches(Batches):
    """Pictures only; drawings among the material are drawn once, and are pictures from then on.

    Args:
        augmentation: how to change them; None leaves them as they are.
        one_hot: labels as (batch, 10) float32 instead of (batch,) int64.
    """

    def __init__(
        self,
        material: Material,
        batch_size: int,
        seed: int,
        epoch: int,
        *,
        augmentation: ImageAugmentation | None = None,
        one_hot: bool = False,
    ) -> None:
        self._ink, numbers = _as_images(material)
        self._labels = np.eye(10, dtype=np.float32)[numbers] if one_hot else numbers
        self._augmentation = augmentation
        super().__init__(batch_size, -(-len(numbers) // batch_size), seed, epoch)

    def _shuffle(self, random: np.random.Generator) -> None:
        self._order = random.permutation(len(self._ink))

    def _make(self, index: int, random: np.random.Generator) -> tuple[Ink, Labels]:
        rows = self._order[index * self.batch_size : (index + 1) * self.batch_size]
        ink = self._ink[rows]
        if self._augmentation is not None:
            ink = augment_images(ink, self._augmentation, random)
        return ink, self._labels[rows]


class MixedBatches(Batches):
    """Half pictures, half drawings, all changed at random; ``batch_size`` is even."""

    def __init__(
        self, material: Material, batch_size: int, seed: int, epoch: int, *, steps: int
    ) -> None:
        self._material = material
        self._half = batch_size // 2
        self._image_augmentation = ImageAugmentation()
        self._stroke_augmentation = StrokeAugmentation()
        super().__init__(2 * self._half, steps, seed, epoch)

    def _shuffle(self, random: np.random.Generator) -> None:
        wanted = self.steps * self._half
        self._image_order = order_rows(len(self._material.images), wanted, random)
        self._drawing_order = order_rows(len(self._material.drawings), wanted, random)

    def _make(self, index: int, random: np.random.Generator) -> tuple[Ink, Labels]:
        rows = slice(index * self._half, (index + 1) * self._half)
        images, drawings = self._material.images, self._material.drawings
        image_rows, drawing_rows = self._image_order[rows], self._drawing_order[rows]
        ink = np.empty((2 * self._half, IMAGE_SIZE, IMAGE_SIZE), np.uint8)
        ink[: self._half] = augment_images(images.ink[image_rows], self._image_augmentation, random)
        how = self._stroke_augmentation
        strokes = augment_drawings([drawings[row].strokes for row in drawing_rows], how, random)
        widths = pen_widths(self._half, how, random)
        for place, (drawn, width) in enumerate(zip(strokes, widths, strict=True), self._half):
            ink[place] = draw(drawn, float(width))
        drawn_labels = [drawings[row].label for row in drawing_rows]
        return ink, np.concatenate([images.labels[image_rows], drawn_labels])


def _as_images(material: Material) -> tuple[Ink, NDArray[np.int64]]:
    images = material.images
    if not material.drawings:  # no copy: TensorFlow keeps the batches of every fit it has seen
        return images.ink, images.labels
    drawn = np.stack([draw(drawing.strokes) for drawing in material.drawings])
    labels = [drawing.label for drawing in material.drawings]
    return np.concatenate([images.ink, drawn]), np.concatenate([images.labels, labels])


def order_rows(rows: int, wanted: int, random: np.random.Generator) -> NDArray[np.int64]:
    """``wanted`` row numbers, every row as often as the others, give or take one."""
    rounds = -(-wanted // rows) if wanted else 1
    return np.concatenate([random.permutation(rows) for _ in range(rounds)])[:wanted]
