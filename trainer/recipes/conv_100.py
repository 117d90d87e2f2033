"""Convolution, pooling, dense, a hundred epochs: what most tutorials build, trained to its end.

99.34 % on MNIST's test images and 97.42 % on drawings by held-out writers after the hundredth
epoch; 16 minutes on two cores of a Xeon, busy with other work:
``python -m trainer train conv-100``.
"""

from __future__ import annotations

import keras
from keras import layers

from trainer.recipes.settings.conv_100 import Settings
from trainer.training.batches import Batches, ImageBatches, Material

USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False


def build_network(settings: Settings) -> keras.Model:
    """Convolution and pooling twice, one hidden layer; 422,154 parameters."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1), name="picture"),
            layers.Conv2D(
                settings.filters, settings.kernel_size, activation="relu", padding="same"
            ),
            layers.MaxPooling2D(),
            layers.Conv2D(2 * settings.filters, 3, activation="relu", padding="same"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(settings.units, activation="relu"),
            layers.Dense(10, activation="softmax", dtype="float32"),
        ],
        name="conv_100",
    )


def make_batches(settings: Settings, material: Material, epoch: int) -> Batches:
    """The images as they are, with one-hot labels, in a new order each epoch."""
    return ImageBatches(material, settings.batch_size, settings.seed, epoch, one_hot=True)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """Adam on one-hot labels, the learning rate constant to the end."""
    optimizer = keras.optimizers.Adam(settings.learning_rate)
    network.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None: a hundred epochs, each evaluated on held-out images, the last one kept."""
    return []
