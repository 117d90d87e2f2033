"""The recipe ``conv-3-block``.

99.55 % on MNIST's test images and 97.70 % on drawings by held-out writers, with the weights that
EarlyStopping restored after 27 epochs; 25 minutes on two cores of a Xeon, busy with other work:
``python -m trainer train conv-3-block``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.augmentation.images import ImageAugmentation
from trainer.settings.common import CommonSettings
from trainer.settings.definition import N_, Span, setting

if TYPE_CHECKING:
    import keras

    from trainer.batches.base import Batches, Material

SUMMARY = N_(
    "Three blocks of convolutions with normalisation and dropout, on images changed at random."
)
USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False
MILLISECONDS_A_SAMPLE = 0.9


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        30,
        N_("Number of epochs at most; the training ends earlier when nothing improves."),
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
    filters: int = setting(
        32,
        N_("Filters of the first block; each further block has twice as many."),
        low=1,
        high=256,
        search=(16, 32, 48),
    )
    dropout: float = setting(
        0.15,
        N_(
            "Dropout: part of the values left out at random behind each block; twice as much "
            "behind the hidden layer."
        ),
        low=0,
        high=0.45,
        search=Span(0, 0.4),
    )
    learning_rate: float = setting(
        0.002,
        N_("Adam's starting step size; it is divided by 4 when nothing improves."),
        low=1e-7,
        high=1,
        search=Span(3e-4, 1e-2, logarithmic=True),
    )
    patience: int = setting(
        3,
        N_("Epochs without a lower validation loss before the step size is divided by 4."),
        low=1,
        high=100,
    )
    stop_patience: int = setting(
        8, N_("Epochs without a lower validation loss before the training ends."), low=1, high=1_000
    )


def build_network(settings: Settings) -> keras.Model:
    """28x28 -> 14x14 -> 7x7 -> 3x3, then one hidden layer; 242,218 parameters."""
    import keras
    from keras import layers

    network = keras.Sequential([keras.Input((28, 28, 1), name="picture")], name="conv_3_block")
    for block in range(3):
        _add_block(network, settings.filters << block, settings.dropout)
    network.add(layers.Flatten())
    network.add(layers.Dense(128, activation="relu"))
    network.add(layers.Dropout(2 * settings.dropout))
    network.add(layers.Dense(10, activation="softmax", dtype="float32"))
    return network


def _add_block(network: keras.Sequential, filters: int, dropout: float) -> None:
    from keras import layers

    network.add(layers.Conv2D(filters, 3, padding="same", use_bias=False))
    network.add(layers.BatchNormalization(momentum=0.95))
    network.add(layers.MaxPooling2D())
    network.add(layers.ReLU())  # behind the pooling, which gives the same at a quarter of the cost
    network.add(layers.Dropout(dropout))


def make_batches(settings: Settings, material: Material, epoch: int) -> Batches:
    """Images turned, sheared, scaled, moved and warped a little, new ones each epoch."""
    from trainer.batches.pictures import ImageBatches

    return ImageBatches(
        material, settings.batch_size, settings.seed, epoch, augmentation=ImageAugmentation()
    )


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """Adam on integer labels."""
    import keras

    optimizer = keras.optimizers.Adam(settings.learning_rate)
    network.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """Slower where nothing improves, and an end with the best weights where nothing helps."""
    import keras

    return [
        keras.callbacks.ReduceLROnPlateau(factor=0.25, patience=settings.patience, min_lr=1e-6),
        keras.callbacks.EarlyStopping(patience=settings.stop_patience, restore_best_weights=True),
    ]
