"""A first lesson works: the preset ``try`` gives a network that reads MNIST.

The flagship is held to it with a quarter of the samples, which is harder and takes a third as long.
"""

from __future__ import annotations

import pytest

from trainer.data.collection import Data
from trainer.data.model_inputs import images_as_inputs
from trainer.data.splits import Split, main_split
from trainer.recipes import find_recipe
from trainer.settings.definition import apply_settings
from trainer.training.fitting import Assignment, fit_batches, fit_network
from trainer.training.interruption import Interruption
from trainer.training.material import held_out, training_material
from trainer.training.presets import preset_settings
from trainer.training.served import served_networks
from trainer.training.watch import Watch

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(  # the simplest one, and the flagship
    ("name", "fewer"), [("dense-512", []), ("strokes", ["samples_per_epoch=1000"])]
)
def test_the_preset_try_reads_mnist_better_than_nine_times_in_ten(
    name: str, fewer: list[str], real_collection: Data
) -> None:
    recipe, data = find_recipe(name), real_collection
    preset = [f"{key}={value}" for key, value in preset_settings(name, "try").items()]
    settings = apply_settings(recipe.Settings(), [*preset, *fewer])
    whole = main_split(data.drawings)
    # Drawing what is held out decides nothing here and takes its time.
    split = Split(whole.train[::4], whole.validation[::40])
    assignment = Assignment(
        name="model",
        material=training_material(recipe, settings, data, split),
        validation=held_out(recipe, settings, data, split),
        epochs=settings.epochs,
    )

    fitting = fit_batches(recipe, settings, assignment)
    fitted = fit_network(recipe, fitting, assignment, Watch(Interruption()))

    picture_network = served_networks(recipe, settings, fitted.network)["model.onnx"]
    inputs, labels = images_as_inputs(data.mnist.test)
    answers = picture_network.predict(inputs[::5], batch_size=500, verbose=0)
    digits = (answers[0] if isinstance(answers, list) else answers).argmax(axis=1)
    assert (digits == labels[::5]).mean() > 0.9
