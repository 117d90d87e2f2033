"""What a network is trained on and what is held out: the split that all runs share."""

from __future__ import annotations

from typing import Any

import numpy as np

from recognizer import directions
from trainer.batches.base import Material
from trainer.data.collection import Data
from trainer.data.fragments import is_fragment
from trainer.data.model_inputs import (
    Labels,
    NetworkInputs,
    drawings_as_direction_maps,
    drawings_as_inputs,
    images_as_inputs,
)
from trainer.data.outliers import Outlier, split_outliers
from trainer.data.splits import Split
from trainer.errors import SettingsError
from trainer.recipes import Recipe
from trainer.training.added import NOTHING, join, repeat_for_share


def training_material(
    recipe: Recipe, settings: Any, data: Data, split: Split, added: Material = NOTHING
) -> Material:
    """The first of the training images, what the recipe uses of the rest, own data.

    Args:
        recipe: says what it is trained on.
        settings: of the recipe; ``training_images``, ``validation_images`` and ``added_share``
            count.
        data: with MNIST's training images, those that are held out at their end.
        split: of the drawings by writers.
        added: a person's own, repeated until it is ``added_share`` of all.
    """
    images = data.mnist.train[: count_training_images(settings, len(data.mnist.train))]
    drawings = split.train if recipe.USES_DRAWINGS else []
    if recipe.LEARNS_TO_REFUSE:  # a lone upright that is labelled 4 is no 4
        drawings = [
            one for one in drawings if not is_fragment(str(one.label), one.strokes, one.source)
        ]
    material = Material(images, drawings, _outliers(recipe, data, split))
    return join(material, repeat_for_share(added, settings.added_share, material))


def count_training_images(settings: Any, available: int) -> int:
    """How many of MNIST's training images are trained on.

    Args:
        settings: of the recipe.
        available: training images, with those that are held out.

    Raises:
        SettingsError: none are left.
    """
    left: int = available - settings.validation_images
    if left <= 0:
        raise SettingsError(
            f"validation_images={settings.validation_images} leaves none of the {available} images "
            "to train on"
        )
    wanted: int = settings.training_images or left
    return min(left, wanted)


def _outliers(recipe: Recipe, data: Data, split: Split) -> list[Outlier]:
    """Letters and symbols by writers who are trained on, less those that anybody may mistake."""
    if not recipe.LEARNS_TO_REFUSE:
        return []
    trained, _ = split_outliers(data.outliers, split)
    return [outlier for outlier in trained if not outlier.is_look_alike]


def held_out(
    recipe: Recipe, settings: Any, data: Data, split: Split
) -> tuple[NetworkInputs, Labels]:
    """Samples of the kinds that the recipe is trained on, held out: inputs and labels.

    Args:
        recipe: says what kinds there are.
        settings: of the recipe; ``validation_images`` counts.
        data: with MNIST's training images, those that are held out at their end.
        split: of the drawings by writers.
    """
    first = len(data.mnist.train) - settings.validation_images
    pictures, labels = images_as_inputs(data.mnist.train[first:])
    if not recipe.USES_DRAWINGS:
        return pictures, labels
    drawn, drawn_labels = drawings_as_inputs(split.validation)
    both = np.concatenate([drawn, pictures])
    all_labels = np.concatenate([drawn_labels, labels])
    if not recipe.READS_DIRECTIONS:
        return both, all_labels
    maps = np.zeros((len(both), *directions.SHAPE), np.float32)
    maps[: len(drawn)] = drawings_as_direction_maps(split.validation)
    return {"picture": both, "directions": maps}, all_labels
