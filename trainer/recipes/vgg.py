"""The recipe ``vgg``.

Simonyan, Zisserman: Very deep convolutional networks for large-scale image recognition, 2015; here
for 28x28 pixels, and with batch normalisation (Ioffe, Szegedy 2015), which that paper did not know.

99.64 % on MNIST's test images and 97.70 % on drawings by held-out writers after the last epoch; 16
minutes on one core of an EPYC with bfloat16 units: ``python -m trainer train vgg``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recognizer.geometry import IMAGE_SIZE
from trainer.recipes import resnet
from trainer.settings.definition import N_, Span, setting

if TYPE_CHECKING:
    import keras


SUMMARY = N_(
    "Stacked 3x3 convolutions, pooling, dense layers with dropout, on images changed at random."
)
USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False
MILLISECONDS_A_SAMPLE = 0.5

_WIDTHS = (1, 2, 4, 4)  # of blocks on 28x28, 14x14, 7x7 and 4x4 pixels; in filters of the first
_HIDDEN_LAYERS = 2


@dataclass(frozen=True)
class Settings(resnet.Settings):
    """Everything that decides what the recipe gives."""

    batch_size: int = setting(
        128,
        N_("Images in a batch: the weights change once after each batch."),
        low=1,
        high=8_192,
        search=(64, 128, 256),
    )
    depth: int = setting(
        2,
        N_("Convolutions of each of the last two blocks; the first two blocks have one each."),
        low=1,
        high=4,
        search=Span(1, 3, 1),
    )
    filters: int = setting(
        32,
        N_("Filters of the first block; the second has twice, the others four times as many."),
        low=1,
        high=256,
        search=(16, 24, 32),
    )
    units: int = setting(
        128, N_("Units of each hidden layer."), low=1, high=4_096, search=(64, 128, 256)
    )
    dropout: float = setting(
        0.25,
        N_(
            "Dropout: part of the values left out at random before each dense layer, against "
            "overfitting."
        ),
        high=0.9,
        search=Span(0, 0.6),
    )
    averaging: float = setting(
        0.999,
        N_(
            "The stored weights are a running average; this is the part of it that each step "
            "keeps. 0: no averaging."
        ),
        high=0.99999,
    )


def build_network(settings: Settings) -> keras.Model:
    """Picture in, probabilities out; 620,714 parameters.

    Six convolutions and three dense layers: the smallest network of the paper, less its last block.
    """
    import keras
    from keras import layers

    picture = keras.Input((IMAGE_SIZE, IMAGE_SIZE, 1), name="picture")
    network = keras.Sequential([picture], name="vgg")
    for block, width in enumerate(_WIDTHS):
        _add_block(network, settings.filters * width, 1 if block < 2 else settings.depth)
    network.add(layers.Flatten())
    for _ in range(_HIDDEN_LAYERS):
        network.add(layers.Dropout(settings.dropout))
        network.add(layers.Dense(settings.units, activation="relu"))
    network.add(layers.Dropout(settings.dropout))
    network.add(layers.Dense(10, activation="softmax", dtype="float32", name="probabilities"))
    return network


def _add_block(network: keras.Sequential, filters: int, depth: int) -> None:
    """Convolutions of 3x3, which see together as far as one of 5x5 or 7x7, then pooling."""
    from keras import layers

    for convolution in range(depth):
        network.add(layers.Conv2D(filters, 3, padding="same", use_bias=False))
        if convolution == depth - 1:  # before what follows, which costs a quarter then
            network.add(layers.MaxPooling2D(padding="same"))
        network.add(layers.BatchNormalization(momentum=0.95))
        network.add(layers.ReLU())


# As the other recipe of pictures that is named after a paper, which it shall be comparable with.
make_batches = resnet.make_batches
compile_network = resnet.compile_network
make_callbacks = resnet.make_callbacks
