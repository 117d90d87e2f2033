"""The recipe ``resnet``.

He, Zhang, Ren, Sun: Deep residual learning for image recognition, 2016; here for 28x28 pixels.

99.63 % on MNIST's test images and 97.59 % on drawings by held-out writers after the last epoch; 73
minutes on one core of an EPYC with bfloat16 units, which worked for it a fifth of that time:
``python -m trainer train resnet``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recognizer.geometry import IMAGE_SIZE
from trainer.augmentation.images import ImageAugmentation
from trainer.recipes import ink
from trainer.settings.common import CommonSettings
from trainer.settings.definition import N_, Span, setting

if TYPE_CHECKING:
    import keras

    from trainer.batches.base import Batches, Material

SUMMARY = N_("Residual blocks with batch normalisation, on images changed at random.")
USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False
MILLISECONDS_A_SAMPLE = 0.5

_WIDTHS = 3  # on pictures of 14x14, 7x7 and 4x4


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        14,
        N_("Number of epochs: in each, the network sees every training image once."),
        low=1,
        high=1_000,
    )
    batch_size: int = setting(
        256,
        N_("Images in a batch: the weights change once after each batch."),
        low=1,
        high=8_192,
        search=(128, 256, 512),
    )
    depth: int = setting(
        1, N_("Residual blocks of each width."), low=1, high=9, search=Span(1, 3, 1)
    )
    filters: int = setting(
        32,
        N_("Filters of the first block; the number doubles where the picture is halved."),
        low=1,
        high=256,
        search=(16, 24, 32),
    )
    dropout: float = setting(
        0.2,
        N_(
            "Dropout: part of the features left out at random before the last layer, against "
            "overfitting."
        ),
        high=0.9,
        search=Span(0, 0.5),
    )
    learning_rate: float = setting(
        0.003,
        N_("AdamW's largest step size, reached after the warm-up; then it falls smoothly to 0."),
        low=1e-7,
        high=1,
        search=Span(5e-4, 1e-2, logarithmic=True),
    )
    weight_decay: float = setting(
        0.02,
        N_("How strongly large weights are pulled towards 0, against overfitting."),
        high=10,
        search=Span(1e-3, 0.2, logarithmic=True),
    )
    warmup_epochs: float = setting(
        1.0, N_("Epochs in which the learning rate rises to its largest value."), high=100
    )
    label_smoothing: float = setting(
        0.02,
        N_("Part of each label spread over all ten digits, so that a wrong label does less harm."),
        high=0.5,
    )
    averaging: float = setting(
        0.998,
        N_(
            "The stored weights are a running average; this is the part of it that each step "
            "keeps. 0: no averaging."
        ),
        high=0.99999,
    )
    validation_images: int = setting(
        2_000,
        N_("How many MNIST training images (the last ones) are kept aside to check each epoch."),
        low=10,
        high=30_000,
    )


def build_network(settings: Settings) -> keras.Model:
    """Picture in, probabilities out; 309,930 parameters.

    A convolution with pooling, residual blocks of three widths, the mean of each channel, and one
    dense layer.
    """
    import keras
    from keras import layers

    picture = keras.Input((IMAGE_SIZE, IMAGE_SIZE, 1), name="picture")
    x = layers.Conv2D(settings.filters, 5, padding="same", use_bias=False)(picture)
    x = layers.MaxPooling2D()(x)  # before what follows, which costs a quarter then
    x = layers.ReLU()(_normalize(x))
    for width in range(_WIDTHS):
        for block in range(settings.depth):
            strides = 2 if width and not block else 1
            x = _add_residual(x, settings.filters << width, strides)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(settings.dropout)(x)
    probabilities = layers.Dense(10, activation="softmax", dtype="float32", name="probabilities")(x)
    return keras.Model(picture, probabilities, name="resnet")


def _add_residual(x: Any, filters: int, strides: int) -> Any:
    """Two convolutions and a way around them; where the shapes differ it is a 1x1 convolution."""
    from keras import layers

    residual = layers.ReLU()(_convolve(x, filters, strides=strides))
    residual = _convolve(residual, filters)
    shortcut = x if x.shape == residual.shape else _convolve(x, filters, size=1, strides=strides)
    return layers.ReLU()(layers.Add()([shortcut, residual]))


def _convolve(x: Any, filters: int, *, size: int = 3, strides: int = 1) -> Any:
    from keras import layers

    x = layers.Conv2D(filters, size, strides=strides, padding="same", use_bias=False)(x)
    return _normalize(x)


def _normalize(x: Any) -> Any:
    from keras import layers

    return layers.BatchNormalization(momentum=0.95)(x)


def make_batches(settings: Settings, material: Material, epoch: int) -> Batches:
    """Images turned, sheared, scaled, moved and warped a little, new ones each epoch."""
    from trainer.batches.pictures import ImageBatches

    return ImageBatches(
        material, settings.batch_size, settings.seed, epoch, augmentation=ImageAugmentation()
    )


# AdamW with a warm-up and a cosine, on labels that are smoothed a little.
compile_network = ink.compile_network
make_callbacks = ink.make_callbacks
