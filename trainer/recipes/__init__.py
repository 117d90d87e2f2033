"""Recipes: named, complete training set-ups, one a file.

A recipe is a module with the parts that :class:`Recipe` names.  How a network is fitted,
validated, stopped and resumed is for :mod:`trainer.training`, the same for all of them.  Only the
modules themselves import Keras; what can be set is known without it (:func:`find_settings`).
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Protocol

from recognizer.suggestions import did_you_mean
from trainer.errors import SettingsError
from trainer.training.common_settings import CommonSettings

if TYPE_CHECKING:
    import keras

    from trainer.training.batches import Batches, Material

RECIPE_NAMES = (
    "dense-512",
    "dense-deep",
    "conv-100",
    "conv-3-block",
    "conv-tuned",
    "resnet",
    "vgg",
    "ink",
    "strokes",
)


class Recipe(Protocol):
    """What the module of a recipe holds.

    Attributes:
        USES_DRAWINGS: whether it is trained on strokes too, and needs them.
        READS_DIRECTIONS: whether a network of it reads direction maps, too; such a recipe has the
            functions of :class:`StrokeRecipe`.
        LEARNS_TO_REFUSE: whether it is trained on letters and symbols too, and needs them.
        Settings: a frozen dataclass, a child of ``CommonSettings``; it stands in a module of its
            own under :mod:`trainer.recipes.settings`.
    """

    USES_DRAWINGS: bool
    READS_DIRECTIONS: bool
    LEARNS_TO_REFUSE: bool
    Settings: type[Any]

    def build_network(self, settings: Any) -> keras.Model:
        """A new network: (batch, 28, 28, 1) in [0, 1] -> (batch, 10) probabilities of 0-9."""

    def make_batches(self, settings: Any, material: Material, epoch: int) -> Batches:
        """The batches to train on, beginning with epoch ``epoch`` (from 0)."""

    def compile_network(
        self, network: keras.Model, settings: Any, epochs: int, steps_per_epoch: int
    ) -> None:
        """Give it its optimizer and loss, for a training of so many epochs."""

    def make_callbacks(self, settings: Any) -> list[keras.callbacks.Callback]:
        """Keras's callbacks that steer the training, looking at val_loss or val_accuracy."""


class StrokeRecipe(Recipe, Protocol):
    """A recipe whose one network gives two: one reads pictures, one reads strokes.

    Its ``build_network`` gives the network as it is trained: ``picture`` and ``directions`` in,
    the chances of the digits and of anything else out, (batch, 11).
    """

    def picture_network(self, trained: keras.Model, settings: Any) -> keras.Model:
        """(batch, 28, 28, 1) -> (batch, 10) probabilities and (batch, 1) digitness."""

    def drawing_network(self, trained: keras.Model, settings: Any) -> keras.Model:
        """The same of ``picture`` and ``directions``, (batch, 14, 14, 8)."""


def find_recipe(name: str) -> Recipe:
    """The recipe's module; importing it imports Keras.

    Raises:
        SettingsError: there is no recipe of this name.
    """
    module: Any = importlib.import_module(f"{__name__}.{_module_name(name)}")
    return module  # type: ignore[no-any-return]


def find_settings(name: str) -> type[CommonSettings]:
    """The recipe's ``Settings``, without importing Keras.

    Raises:
        SettingsError: there is no recipe of this name.
    """
    module: Any = importlib.import_module(f"{__name__}.settings.{_module_name(name)}")
    return module.Settings  # type: ignore[no-any-return]


def _module_name(recipe: str) -> str:
    if recipe not in RECIPE_NAMES:
        known = ", ".join(RECIPE_NAMES)
        guess = did_you_mean(recipe.replace("_", "-"), RECIPE_NAMES)
        raise SettingsError(f"there is no recipe {recipe!r}; there are: {known}{guess}")
    return recipe.replace("-", "_")
