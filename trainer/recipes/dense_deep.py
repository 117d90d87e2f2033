"""Dense layers only: about the best without convolutions, which know which pixels are neighbours.

98.64 % on MNIST's test images and 95.35 % on drawings by held-out writers after the last epoch;
2.5 minutes on two cores of a Xeon, busy with other work: ``python -m trainer train dense-deep``.
"""

from __future__ import annotations

import keras
from keras import layers

from trainer.recipes.settings.dense_deep import Settings
from trainer.training.batches import Batches, ImageBatches, Material

USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False


def build_network(settings: Settings) -> keras.Model:
    """Pixels, layers of rectified units, probabilities; 575,050 parameters."""
    network = keras.Sequential([keras.Input((28, 28, 1), name="picture")], name="dense_deep")
    network.add(layers.Flatten())
    for level in range(settings.depth):
        network.add(layers.Dense(max(settings.units >> level, 10), activation="relu"))
        network.add(layers.Dropout(settings.dropout))
    network.add(layers.Dense(10, activation="softmax", dtype="float32"))
    return network


def make_batches(settings: Settings, material: Material, epoch: int) -> Batches:
    """The images as they are, with one-hot labels, in a new order each epoch."""
    return ImageBatches(material, settings.batch_size, settings.seed, epoch, one_hot=True)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """Adam on one-hot labels."""
    schedule = keras.optimizers.schedules.CosineDecay(
        settings.learning_rate, epochs * steps_per_epoch
    )
    network.compile(
        keras.optimizers.Adam(schedule), "categorical_crossentropy", metrics=["accuracy"]
    )


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None."""
    return []
