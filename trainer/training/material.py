"""What a network is trained on and what is held out: the split that all runs share."""

from __future__ import annotations

from typing import Any

import numpy as np

from trainer.data.collection import Data
from trainer.data.model_inputs import Inputs, Labels, drawings_as_inputs, images_as_inputs
from trainer.data.splits import Split
from trainer.recipes import Recipe
from trainer.training.added import NOTHING, join
from trainer.training.batches import Material


def training_material(
    recipe: Recipe, settings: Any, data: Data, split: Split, added: Material = NOTHING
) -> Material:
    """All but the last of the training images, drawings where the recipe uses them, own data."""
    images = data.mnist.train[: len(data.mnist.train) - settings.validation_images]
    return join(Material(images, split.train if recipe.USES_DRAWINGS else []), added)


def held_out(recipe: Recipe, settings: Any, data: Data, split: Split) -> tuple[Inputs, Labels]:
    """Samples of the kinds that the recipe is trained on, held out: inputs and labels."""
    first = len(data.mnist.train) - settings.validation_images
    inputs, labels = images_as_inputs(data.mnist.train[first:])
    if not recipe.USES_DRAWINGS:
        return inputs, labels
    drawn_inputs, drawn_labels = drawings_as_inputs(split.validation)
    return np.concatenate([drawn_inputs, inputs]), np.concatenate([drawn_labels, labels])
