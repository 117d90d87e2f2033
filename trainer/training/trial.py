"""One trial of a search: a network trained for its held-out figures alone, nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trainer.data.collection import Data
from trainer.data.splits import main_split
from trainer.recipes import find_recipe
from trainer.runs.training_log import EpochResult
from trainer.training.fitting import Assignment, fit_network
from trainer.training.interruption import Interruption
from trainer.training.material import held_out, training_material
from trainer.training.watch import Watch


def train_trial(
    recipe_name: str, settings: Any, data: Data, on_epoch: Callable[[EpochResult], None]
) -> EpochResult:
    """Train a recipe's main network on the training part, validate it on what is held out.

    Args:
        recipe_name: which recipe.
        settings: of the recipe.
        data: as loaded; MNIST's test images are not looked at.
        on_epoch: told of each epoch; what it raises ends the trial and comes out of here.

    Returns:
        The last epoch's figures.
    """
    recipe = find_recipe(recipe_name)
    split = main_split(data.drawings)
    results: list[EpochResult] = []
    assignment = Assignment(
        name="trial",
        material=training_material(recipe, settings, data, split),
        validation=held_out(recipe, settings, data, split),
        epochs=settings.epochs,
        measured_on=0,
    )

    def tell(name: str, result: EpochResult) -> None:
        results.append(result)
        on_epoch(result)

    fit_network(recipe, settings, assignment, Watch(Interruption(), on_epoch=(tell,)))
    return results[-1]
