"""The recipe ``conv-tuned``.

The search: ``python -m trainer tune conv-tuned --trials 30 --set epochs=5`` (docs/training.md).

99.48 % on MNIST's test images and 97.48 % on drawings by held-out writers after the last epoch;
8 minutes on two cores of a Xeon, busy with other work: ``python -m trainer train conv-tuned``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.settings.common import CommonSettings
from trainer.settings.definition import N_, Span, setting

if TYPE_CHECKING:
    import keras

    from trainer.batches.base import Batches, Material

SUMMARY = N_("A small convolutional network with the best settings that a search found.")
USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False
MILLISECONDS_A_SAMPLE = 0.7


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        12,
        N_("Number of epochs: in each, the network sees every training image once."),
        low=1,
        high=1_000,
    )
    batch_size: int = setting(
        128,
        N_("Images in a batch: the weights change once after each batch."),
        low=1,
        high=8_192,
        search=(64, 128, 256),
    )
    depth: int = setting(
        3,
        N_("Blocks, each a convolution and a pooling layer."),
        low=1,
        high=4,
        search=Span(1, 3, 1),
    )
    filters: int = setting(
        24,
        N_("Filters of the first block; each further block has twice as many."),
        low=1,
        high=256,
        search=(16, 24, 32, 48),
    )
    kernel_size: int = setting(
        7, N_("Side of the filters, in pixels."), low=1, high=11, search=(3, 5, 7)
    )
    units: int = setting(
        256, N_("Units of the hidden layer."), low=1, high=4_096, search=(64, 128, 256)
    )
    dropout: float = setting(
        0.26,
        N_("Dropout: part of the values left out at random before and behind the hidden layer."),
        low=0,
        high=0.9,
        search=Span(0, 0.6),
    )
    learning_rate: float = setting(
        0.0036,
        N_("Adam's starting step size; it then falls smoothly to 0."),
        low=1e-7,
        high=1,
        search=Span(2e-4, 1e-2, logarithmic=True),
    )


def build_network(settings: Settings) -> keras.Model:
    """Blocks of convolution and pooling, then one hidden layer; 507,594 parameters."""
    import keras
    from keras import layers

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
    from trainer.batches.pictures import ImageBatches

    return ImageBatches(material, settings.batch_size, settings.seed, epoch)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """Adam on integer labels."""
    import keras

    schedule = keras.optimizers.schedules.CosineDecay(
        settings.learning_rate, epochs * steps_per_epoch
    )
    network.compile(
        keras.optimizers.Adam(schedule), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None: the search prunes, a training does not."""
    return []
