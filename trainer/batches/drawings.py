"""Batches of pictures, drawings and things that are no digit, with the drawings' direction maps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer import directions
from recognizer.directions import DirectionMaps, map_all_directions
from recognizer.geometry import IMAGE_SIZE, draw_paths, place
from trainer.augmentation.crossings import cross, rule
from trainer.augmentation.images import ImageAugmentation, augment_images
from trainer.augmentation.photographs import photograph
from trainer.augmentation.scribbles import draw_scribble
from trainer.augmentation.spoiling import paste_side_by_side, put_side_by_side, strike_out
from trainer.augmentation.strokes import StrokeAugmentation, augment_drawings, pen_widths
from trainer.batches.base import Batches, Ink, Material, order_rows
from trainer.data.stroke_files import LabelledDrawing

NOT_A_DIGIT = 10  # the label of everything else
Strokes = Sequence[NDArray[np.float64]]
_MAPPED_TOGETHER = 16  # drawings; more do not fit the processor's cache


@dataclass(frozen=True)
class Mixture:
    """What a batch is made of, as shares of it.

    Attributes:
        images: pictures of digits.
        pasted: two pictures of digits beside each other.
        letters: letters and symbols; none, where the material has none.
        made_up: scribbles, digits struck out, and drawings of two digits, a third each.
        pictures_only: share of the drawings that come without their direction maps, as photos do.
        photographed: share of the pictures, and of the drawings without maps, that look like
            photos.
        crossed: share of the drawings of 0, 1 and 7 that get a slash, a bar or a foot.
        ruled: share of the drawings of 1 that become straight lines, where they nearly are.
    """

    images: float = 0.44
    pasted: float = 0.03
    letters: float = 0.1
    made_up: float = 0.06
    pictures_only: float = 0.3
    photographed: float = 0.15
    crossed: float = 0.0
    ruled: float = 0.0


class DrawnBatches(Batches):
    """The rest of each batch is drawings of digits.

    A batch's inputs are the pictures, (batch, 28, 28, 1) float32 in [0, 1], and the direction
    maps, (batch, 14, 14, 8) float32, all 0 for pictures; its labels are 0 to 9, or 10 for what is
    no digit.
    """

    def __init__(
        self,
        material: Material,
        batch_size: int,
        seed: int,
        epoch: int,
        *,
        steps: int,
        mixture: Mixture,
        strokes: StrokeAugmentation,
        images: ImageAugmentation,
    ) -> None:
        self._material = material
        self._mixture = mixture
        self._how = strokes
        self._image_how = images
        letters = round(mixture.letters * batch_size) if material.outliers else 0
        self._images, self._pasted = (
            round(share * batch_size) for share in (mixture.images, mixture.pasted)
        )
        self._letters, self._made_up = letters, round(mixture.made_up * batch_size)
        self._digits = batch_size - self._images - self._pasted - letters - self._made_up
        super().__init__(batch_size, steps, seed, epoch)

    def __getitem__(self, index: int) -> tuple[dict[str, Any], NDArray[np.int64]]:  # type: ignore[override]
        """Batch ``index``."""
        random = np.random.default_rng([self._seed, self._epoch, index])
        pictures, picture_labels = self._pictures(index, random)
        drawn, maps, drawn_labels = self._drawings(index, random)
        ink = np.concatenate([pictures, drawn])
        all_maps = np.concatenate([np.zeros((len(pictures), *directions.SHAPE), np.float32), maps])
        inputs = {"picture": (ink / np.float32(255))[..., np.newaxis], "directions": all_maps}
        return inputs, np.concatenate([picture_labels, drawn_labels])

    def _shuffle(self, random: np.random.Generator) -> None:
        material, steps = self._material, self.steps
        self._image_order = order_rows(len(material.images), steps * self._images, random)
        self._digit_order = order_rows(len(material.drawings), steps * self._digits, random)
        self._letter_order = order_rows(len(material.outliers), steps * self._letters, random)

    def _pictures(self, index: int, random: np.random.Generator) -> tuple[Ink, NDArray[np.int64]]:
        images = self._material.images
        rows = self._image_order[index * self._images : (index + 1) * self._images]
        ink = augment_images(images.ink[rows], self._image_how, random)
        pairs = random.integers(len(images), size=(self._pasted, 2))
        pasted = [
            paste_side_by_side(images.ink[left], images.ink[right], random)
            for left, right in pairs.tolist()
        ]
        ink = np.concatenate([ink, np.array(pasted, np.uint8).reshape(-1, IMAGE_SIZE, IMAGE_SIZE)])
        labels = np.concatenate([images.labels[rows], np.full(self._pasted, NOT_A_DIGIT)])
        return photograph(ink, self._mixture.photographed, random), labels

    def _drawings(
        self, index: int, random: np.random.Generator
    ) -> tuple[Ink, DirectionMaps, NDArray[np.int64]]:
        rows = self._digit_order[index * self._digits : (index + 1) * self._digits]
        digits = [self._material.drawings[row] for row in rows]
        letter_rows = self._letter_order[index * self._letters : (index + 1) * self._letters]
        letters = [self._material.outliers[row].strokes for row in letter_rows]
        written = [self._write(digit, random) for digit in digits]
        strokes = written + letters + self._make_up(random)
        labels = np.full(len(strokes), NOT_A_DIGIT, np.int64)
        labels[: len(digits)] = [digit.label for digit in digits]
        changed = augment_drawings(strokes, self._how, random)
        widths = pen_widths(len(changed), self._how, random)
        paths = [place(drawing, width) for drawing, width in zip(changed, widths, strict=True)]
        ink = np.stack([draw_paths(*pair) for pair in zip(paths, widths, strict=True)])
        maps = _map_in_blocks(paths)
        bare = random.random(len(ink)) < self._mixture.pictures_only
        maps[bare] = 0
        ink[bare] = photograph(ink[bare], self._mixture.photographed, random)
        return ink, maps, labels

    def _write(self, digit: LabelledDrawing, random: np.random.Generator) -> Strokes:
        crosses, rules = random.random(2) < (self._mixture.crossed, self._mixture.ruled)
        if crosses:
            return cross(digit.strokes, digit.label, random)
        return rule(digit.strokes, random) if rules and digit.label == 1 else digit.strokes

    def _make_up(self, random: np.random.Generator) -> list[Strokes]:
        makers = (self._scribble, self._struck_out, self._two_digits)
        return [makers[place % len(makers)](random) for place in range(self._made_up)]

    def _scribble(self, random: np.random.Generator) -> Strokes:
        return draw_scribble(random)

    def _struck_out(self, random: np.random.Generator) -> Strokes:
        return strike_out(self._any_digit(random), random)

    def _two_digits(self, random: np.random.Generator) -> Strokes:
        return put_side_by_side(self._any_digit(random), self._any_digit(random), random)

    def _any_digit(self, random: np.random.Generator) -> Strokes:
        drawings = self._material.drawings
        return drawings[int(random.integers(len(drawings)))].strokes


def _map_in_blocks(drawings: Sequence[Strokes]) -> DirectionMaps:
    blocks = range(0, len(drawings), _MAPPED_TOGETHER)
    return np.concatenate(
        [map_all_directions(drawings[at : at + _MAPPED_TOGETHER]) for at in blocks]
    )
