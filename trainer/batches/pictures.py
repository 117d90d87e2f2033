"""Batches of pictures, and of pictures and drawn strokes half and half."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import IMAGE_SIZE, draw
from trainer.augmentation.images import ImageAugmentation, augment_images
from trainer.augmentation.strokes import StrokeAugmentation, augment_drawings, pen_widths
from trainer.batches.base import Batches, Ink, Labels, Material, order_rows


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
