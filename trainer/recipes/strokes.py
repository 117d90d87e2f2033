"""The recipe ``strokes``.

99.62 % on MNIST's test images, 99.66 % on drawings by held-out writers and 98.12 % on drawings from
held-out sites (by networks of 8 epochs) after the last epoch; two and a quarter hours on two busy
cores of a Xeon with bfloat16 units, the networks without a site included: ``python -m trainer train
strokes``, and ``evaluate``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recognizer import directions
from recognizer.geometry import IMAGE_SIZE
from trainer.augmentation.images import ImageAugmentation
from trainer.augmentation.strokes import StrokeAugmentation
from trainer.recipes import ink
from trainer.settings.definition import N_, setting

if TYPE_CHECKING:
    import keras

    from trainer.batches.base import Material
    from trainer.batches.drawings import DrawnBatches

SUMMARY = N_(
    "The flagship: one CNN that reads a picture, with the pen's directions where there are strokes."
)
USES_DRAWINGS = True
READS_DIRECTIONS = True
LEARNS_TO_REFUSE = True
MILLISECONDS_A_SAMPLE = 0.75


@dataclass(frozen=True)
class Settings(ink.Settings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        60, N_("Number of epochs; samples_per_epoch says how long one is."), low=1, high=1_000
    )
    samples_per_epoch: int = setting(
        100_000,
        N_("Samples in an epoch: pictures, drawings and non-digits together."),
        low=2,
        high=10_000_000,
    )
    # At their limits these four parts still leave a twentieth of each batch to drawings of digits.
    images: float = setting(0.44, N_("Part of each batch that is pictures of digits."), high=0.6)
    pasted: float = setting(
        0.03,
        N_(
            "Part of each batch that is two pictures pasted into one, as an example of a non-digit."
        ),
        high=0.05,
    )
    letters: float = setting(
        0.1,
        N_("Part of each batch that is letters and symbols, as examples of non-digits."),
        high=0.2,
    )
    made_up: float = setting(
        0.06,
        N_(
            "Part of each batch that is scribbles, crossed-out digits and two digits in one, "
            "as examples of non-digits."
        ),
        high=0.1,
    )
    pictures_only: float = setting(
        0.4, N_("Part of the drawings given without pen directions, as photos are."), high=1
    )
    photographed: float = setting(
        0.15,
        N_("Of the drawings without pen directions, the part made blurred, noisy, thick or thin."),
        high=1,
    )
    crossed: float = setting(
        0.08, N_("Part of the drawings of 0, 1 and 7 that get a slash, a bar or a foot."), high=1
    )
    ruled: float = setting(
        0.3, N_("Part of the nearly straight drawings of 1 that are made quite straight."), high=1
    )
    rotation: float = setting(
        10.0,
        N_("How much drawings are turned at random: the standard deviation, in degrees."),
        high=90,
    )
    reverse: float = setting(
        0.3, N_("Part of the drawings of which some strokes are drawn backwards."), high=1
    )
    hook: float = setting(
        0.2, N_("Part of the drawings that get a flick at the end of a stroke."), high=1
    )
    site_epochs: int = setting(
        8,
        N_(
            "Epochs of extra networks, each trained without one place of collection, to see "
            "how well unknown ones are read. 0: none."
        ),
        high=1_000,
    )


def build_network(settings: Settings) -> keras.Model:
    """As it is trained: picture and direction maps in, eleven classes out; 284,971 parameters.

    The classes are the digits, and whatever is none: one part of the network says which digit it
    is if it is one, another whether it is, and their product is the chance of each.
    """
    import keras
    from keras import layers

    picture, maps = _picture(), keras.Input(directions.SHAPE, name="directions")
    digits, digitness = _heads(_features(picture, maps, settings))
    no_digit = layers.Rescaling(-1, 1, dtype="float32")(digitness)
    whole = layers.Multiply(dtype="float32")([digits, digitness])
    classes = layers.Concatenate(name="classes", dtype="float32")([whole, no_digit])
    return keras.Model({"picture": picture, "directions": maps}, classes, name="strokes")


def drawing_network(trained: keras.Model, settings: Settings) -> keras.Model:
    """What reads strokes: picture and direction maps in, probabilities and digitness out."""
    import keras

    outputs = [trained.get_layer(name).output for name in ("probabilities", "digitness")]
    return keras.Model(trained.input, outputs, name="drawing")


def picture_network(trained: keras.Model, settings: Settings) -> keras.Model:
    """What reads pictures: the same weights, less those that direction maps are multiplied with."""
    import keras

    picture = _picture()
    outputs = _heads(_features(picture, None, settings))
    network = keras.Model(picture, list(outputs), name="picture")
    for layer in network.layers:
        if weights := layer.get_weights():
            shared = trained.get_layer(layer.name).get_weights()
            pairs = zip(shared, weights, strict=True)
            layer.set_weights([whole[_corner(part)] for whole, part in pairs])
    return network


def _corner(weight: Any) -> tuple[slice, ...]:
    """The part of a larger weight that a smaller one is: the picture's channels stand first."""
    return tuple(slice(size) for size in weight.shape)


def _picture() -> Any:
    import keras

    return keras.Input((IMAGE_SIZE, IMAGE_SIZE, 1), name="picture")


def _heads(features: Any) -> tuple[Any, Any]:
    """Which digit it is, if it is one, and whether it is one."""
    from keras import layers

    digits = layers.Dense(10, activation="softmax", dtype="float32", name="probabilities")
    digitness = layers.Dense(1, activation="sigmoid", dtype="float32", name="digitness")
    return digits(features), digitness(features)


def _features(picture: Any, maps: Any, settings: Settings) -> Any:
    from keras import layers

    x = _convolve(picture, 1, 32, size=5, pool=True)
    if maps is not None:
        x = layers.Concatenate()([x, maps])
    x = _convolve(x, 2, 64)
    x = _convolve(x, 3, 64, pool=True)
    x = _convolve(x, 4, 128)
    x = _convolve(x, 5, 128)
    x = layers.GlobalAveragePooling2D()(x)
    return layers.Dropout(settings.dropout)(x)


def _convolve(x: Any, number: int, filters: int, *, size: int = 3, pool: bool = False) -> Any:
    from keras import layers

    name = f"convolution_{number}"
    x = layers.Conv2D(filters, size, padding="same", use_bias=False, name=name)(x)
    if pool:
        x = layers.MaxPooling2D()(x)
    x = layers.BatchNormalization(momentum=0.95, name=f"normalization_{number}")(x)
    return layers.ReLU()(x)


def make_batches(settings: Settings, material: Material, epoch: int) -> DrawnBatches:
    """Everything changed at random, new ones each epoch."""
    from trainer.batches.drawings import DrawnBatches, Mixture

    return DrawnBatches(
        material,
        settings.batch_size,
        settings.seed,
        epoch,
        steps=max(1, settings.samples_per_epoch // settings.batch_size),
        mixture=Mixture(
            images=settings.images,
            pasted=settings.pasted,
            letters=settings.letters,
            made_up=settings.made_up,
            pictures_only=settings.pictures_only,
            photographed=settings.photographed,
            crossed=settings.crossed,
            ruled=settings.ruled,
        ),
        strokes=StrokeAugmentation(
            rotation=settings.rotation, reverse=settings.reverse, hook=settings.hook
        ),
        images=ImageAugmentation(),
    )


# As the recipe of pictures alone, which this one shall be comparable with.
compile_network = ink.compile_network
make_callbacks = ink.make_callbacks
