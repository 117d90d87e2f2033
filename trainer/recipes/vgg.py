"""Stacked 3x3 convolutions, pooling, dense layers with dropout, on images changed at random.

Simonyan, Zisserman: Very deep convolutional networks for large-scale image recognition, 2015; here
for 28x28 pixels, and with batch normalisation (Ioffe, Szegedy 2015), which that paper did not know.

99.64 % on MNIST's test images and 97.70 % on drawings by held-out writers after the last epoch; 16
minutes on one core of an EPYC with bfloat16 units: ``python -m trainer train vgg``.
"""

from __future__ import annotations

import keras
from keras import layers

from recognizer.geometry import IMAGE_SIZE
from trainer.recipes import resnet
from trainer.recipes.settings.vgg import Settings

USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False

_WIDTHS = (1, 2, 4, 4)  # of blocks on 28x28, 14x14, 7x7 and 4x4 pixels; in filters of the first
_HIDDEN_LAYERS = 2


def build_network(settings: Settings) -> keras.Model:
    """Picture in, probabilities out; 620,714 parameters.

    Six convolutions and three dense layers: the smallest network of the paper, less its last block.
    """
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
