"""Recipes: named, complete training set-ups, one a file; every file in this folder is one.

A recipe is a module with the parts that :class:`Recipe` names.  How a network is fitted,
validated, stopped and resumed is for :mod:`trainer.training`, the same for all of them.  Its
functions import Keras when they are called, so that a server without TensorFlow can tell what
there is to train and to set.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from recognizer.suggestions import did_you_mean
from trainer.errors import SettingsError
from trainer.settings.description import SettingDescription, describe_settings

if TYPE_CHECKING:
    import keras

    from trainer.batches.base import Batches, Material

RECIPE_NAMES = tuple(
    sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))
)


class Recipe(Protocol):
    """What the module of a recipe holds.

    Attributes:
        SUMMARY: a sentence for people, marked for translation.
        USES_DRAWINGS: whether it is trained on strokes too, and needs them.
        READS_DIRECTIONS: whether a network of it reads direction maps, too; such a recipe has the
            functions of :class:`StrokeRecipe`.
        LEARNS_TO_REFUSE: whether it is trained on letters and symbols too, and needs them.
        MILLISECONDS_A_SAMPLE: that a training took of two processors of a Xeon with bfloat16 units
            (docs/training.md), for the time that a person is told to expect.
        Settings: a frozen dataclass, a child of :class:`trainer.settings.common.CommonSettings`.
    """

    SUMMARY: str
    USES_DRAWINGS: bool
    READS_DIRECTIONS: bool
    LEARNS_TO_REFUSE: bool
    MILLISECONDS_A_SAMPLE: float
    Settings: type[Any]

    def build_network(self, settings: Any) -> keras.Model:
        """A new network: (batch, 28, 28, 1) in [0, 1] -> (batch, 10) probabilities of 0-9."""

    def make_batches(self, settings: Any, material: Material, epoch: int) -> Batches:
        """The batches to train on, beginning with epoch ``epoch`` (from 0)."""

    def compile_network(
        self, network: keras.Model, settings: Any, epochs: int, steps_per_epoch: int
    ) -> None:
        """Give it its optimizer and loss, for a training of so many epochs.

        Args:
            network: as ``build_network`` gave it.
            settings: of this recipe.
            epochs: of the whole training, also where it is gone on with.
            steps_per_epoch: batches in an epoch, by which a learning rate falls.
        """

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
    """The recipe's module.

    Raises:
        SettingsError: there is no recipe of this name.
    """
    if name not in RECIPE_NAMES:
        known = ", ".join(RECIPE_NAMES)
        guess = did_you_mean(name.replace("_", "-"), RECIPE_NAMES)
        raise SettingsError(f"there is no recipe {name!r}; there are: {known}{guess}")
    module: Any = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    return module  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Description:
    """One recipe: its name, a sentence about it, whether it needs strokes, settings."""

    name: str
    summary: str
    uses_drawings: bool
    settings: tuple[SettingDescription, ...]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        settings = [setting.as_json() for setting in self.settings]
        facts = {"name": self.name, "summary": self.summary, "uses_drawings": self.uses_drawings}
        return {**facts, "settings": settings}


def describe(name: str) -> Description:
    """Describe a recipe.

    Raises:
        SettingsError: there is no recipe of this name.
    """
    recipe = find_recipe(name)
    settings = describe_settings(recipe.Settings)
    return Description(name, recipe.SUMMARY, recipe.USES_DRAWINGS, settings)
