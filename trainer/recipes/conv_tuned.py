"""A small convolutional network with the best settings that a search found.

The search: ``python -m trainer tune conv-tuned --trials 30 --set epochs=5`` (docs/training.md).

99.48 % on MNIST's test images and 97.48 % on drawings by held-out writers after the last epoch;
8 minutes on two cores of a Xeon, busy with other work: ``python -m trainer train conv-tuned``.
"""

from __future__ import annotations

import keras
from keras import layers

from trainer.recipes.settings.conv_tuned import Settings
from trainer.training.batches import Batches, ImageBatches, Material

USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False


def build_network(settings: Settings) -> keras.Model:
    """Blocks of convolution and pooling, then one hidden layer; 507,594 parameters."""
    network = keras.Sequential([keras.Input((28, 28, 1), name="picture")], name="conv_tuned")
    for block in range(settings.depth):
        network.add(
            layers.Conv2D(
                settings.filters << block, settings.kernel_size, padding="same", activation="relu"
            )
        )
        network.add(layers.MaxPooling2D())
    network.add(layers.Flatten())
    network.add(layers.Dropout(settings.dropout))
    network.add(layers.Dense(settings.units, activation="relu"))
    network.add(layers.Dropout(settings.dropout))
    network.add(layers.Dense(10, activation="softmax", dtype="float32"))
    return network


def make_batches(settings: Settings, material: Material, epoch: int) -> Batches:
    """The images as they are, in a new order each epoch."""
    return ImageBatches(material, settings.batch_size, settings.seed, epoch)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """Adam on integer labels."""
    schedule = keras.optimizers.schedules.CosineDecay(
        settings.learning_rate, epochs * steps_per_epoch
    )
    network.compile(
        keras.optimizers.Adam(schedule), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None: the search prunes, a training does not."""
    return []
