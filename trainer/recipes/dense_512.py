"""One hidden layer of 512 units: the simplest network, as a yardstick.

97.92 % on MNIST's test images and 94.85 % on drawings by held-out writers after the fifth and last
epoch; 45 seconds on two cores of a Xeon, busy with other work, measuring included:
``python -m trainer train dense-512``.
"""

from __future__ import annotations

import keras
from keras import layers

from trainer.recipes.settings.dense_512 import Settings
from trainer.training.batches import Batches, ImageBatches, Material

USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False


def build_network(settings: Settings) -> keras.Model:
    """Pixels, one layer of rectified units, probabilities; 407,050 parameters."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1), name="picture"),
            layers.Flatten(),
            layers.Dense(settings.units, activation="relu"),
            layers.Dense(10, activation="softmax", dtype="float32"),
        ],
        name="dense_512",
    )


def make_batches(settings: Settings, material: Material, epoch: int) -> Batches:
    """The images as they are, in a new order each epoch."""
    return ImageBatches(material, settings.batch_size, settings.seed, epoch)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """RMSprop on integer labels."""
    optimizer = keras.optimizers.RMSprop(settings.learning_rate)
    network.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None: five epochs, whatever they give."""
    return []
