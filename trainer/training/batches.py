"""One epoch of fresh batches: half pictures, half strokes, changed at random on the fly."""

from __future__ import annotations

from collections.abc import Sequence

import keras
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import IMAGE_SIZE, draw
from trainer.augmentation.images import ImageAugmentation, augment_image
from trainer.augmentation.strokes import StrokeAugmentation, augment_strokes, pen_width
from trainer.data.mnist import Images
from trainer.data.stroke_files import LabelledDrawing

Inputs = NDArray[np.float32]
Labels = NDArray[np.int64]


class MixedBatches(keras.utils.PyDataset):  # type: ignore[misc]
    """The batches of one epoch, made in threads, since OpenCV releases the interpreter's lock.

    Every batch has its own random state, made of the seed, the epoch and its place, so that the
    same settings give the same batches whichever thread makes them, also after a resume.

    Args:
        images: pictures to change and use.
        drawings: drawings to change, draw and use.
        batch_size: even; half of a batch are pictures.
        steps: batches in the epoch.
        seed: of the training.
        epoch: number of the epoch, from 0.
    """

    def __init__(
        self,
        images: Images,
        drawings: Sequence[LabelledDrawing],
        *,
        batch_size: int,
        steps: int,
        seed: int,
        epoch: int,
    ) -> None:
        super().__init__(workers=2, use_multiprocessing=False, max_queue_size=12)
        self._images = images
        self._drawings = drawings
        self._half = batch_size // 2
        self._steps = steps
        self._seed = seed
        self._epoch = epoch
        self._image_augmentation = ImageAugmentation()
        self._stroke_augmentation = StrokeAugmentation()
        random = np.random.default_rng([seed, epoch])
        self._image_order = _order(len(images), steps * self._half, random)
        self._drawing_order = _order(len(drawings), steps * self._half, random)

    def __len__(self) -> int:
        return self._steps

    def __getitem__(self, index: int) -> tuple[Inputs, Labels]:
        """Batch ``index``: (batch, 28, 28, 1) float32 in [0, 1] and (batch,) int64."""
        random = np.random.default_rng([self._seed, self._epoch, index])
        rows = slice(index * self._half, (index + 1) * self._half)
        image_rows, drawing_rows = self._image_order[rows], self._drawing_order[rows]
        ink = np.empty((2 * self._half, IMAGE_SIZE, IMAGE_SIZE), np.uint8)
        labels = np.empty(2 * self._half, np.int64)
        labels[: self._half] = self._images.labels[image_rows]
        for place, row in enumerate(image_rows):
            ink[place] = augment_image(self._images.ink[row], self._image_augmentation, random)
        for place, row in enumerate(drawing_rows, start=self._half):
            ink[place] = self._draw(self._drawings[row], random)
            labels[place] = self._drawings[row].label
        return (ink / np.float32(255))[..., np.newaxis], labels

    def _draw(self, drawing: LabelledDrawing, random: np.random.Generator) -> NDArray[np.uint8]:
        how = self._stroke_augmentation
        return draw(augment_strokes(drawing.strokes, how, random), pen_width(how, random))


def _order(rows: int, wanted: int, random: np.random.Generator) -> NDArray[np.int64]:
    """``wanted`` row numbers, every row as often as the others, give or take one."""
    rounds = -(-wanted // rows)
    return np.concatenate([random.permutation(rows) for _ in range(rounds)])[:wanted]
