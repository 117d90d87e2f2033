"""The recipe ``conv-100``.

99.34 % on MNIST's test images and 97.42 % on drawings by held-out writers after the hundredth
epoch; 16 minutes on two cores of a Xeon, busy with other work:
``python -m trainer train conv-100``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.settings.common import CommonSettings
from trainer.settings.definition import N_, Span, setting

if TYPE_CHECKING:
    import keras

    from trainer.batches.base import Batches, Material

SUMMARY = N_(
    "Convolution, pooling, dense, a hundred epochs: what most tutorials build, trained to its end."
)
USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False
MILLISECONDS_A_SAMPLE = 0.17


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        100,
        N_("Number of epochs: in each, the network sees every training image once."),
        low=1,
        high=1_000,
    )
    batch_size: int = setting(
        128,
        N_("Images in a batch: the weights change once after each batch."),
        low=1,
        high=8_192,
        search=(32, 64, 128, 256),
    )
    filters: int = setting(
        32,
        N_("Filters of the first convolution; the second has twice as many."),
        low=1,
        high=512,
        search=(16, 32, 64),
    )
    kernel_size: int = setting(
        5,
        N_("Side of the filters of the first convolution, in pixels."),
        low=1,
        high=11,
        search=(3, 5, 7),
    )
    units: int = setting(
        128, N_("Units of the hidden layer."), low=1, high=4_096, search=(64, 128, 256)
    )
    learning_rate: float = setting(
        0.001,
        N_("Step size of the Adam optimizer: how much each step changes the weights."),
        low=1e-7,
        high=1,
        search=Span(1e-4, 1e-2, logarithmic=True),
    )


def build_network(settings: Settings) -> keras.Model:
    """Convolution and pooling twice, one hidden layer; 422,154 parameters."""
    import keras
    from keras import layers

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
    from trainer.batches.pictures import ImageBatches

    return ImageBatches(material, settings.batch_size, settings.seed, epoch, one_hot=True)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """Adam on one-hot labels, the learning rate constant to the end."""
    import keras

    optimizer = keras.optimizers.Adam(settings.learning_rate)
    network.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None: a hundred epochs, each evaluated on held-out images, the last one kept."""
    return []
