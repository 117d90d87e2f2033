"""What ``strokes`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.recipes.settings import ink
from trainer.training.settings import setting


@dataclass(frozen=True)
class Settings(ink.Settings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        60, "Number of epochs; samples_per_epoch says how long one is.", low=1, high=1_000
    )
    samples_per_epoch: int = setting(
        100_000,
        "Samples in an epoch: pictures, drawings and non-digits together.",
        low=2,
        high=10_000_000,
    )
    images: float = setting(0.44, "Part of each batch that is pictures of digits.", high=0.9)
    pasted: float = setting(
        0.03,
        "Part of each batch that is two pictures pasted into one, as an example of a non-digit.",
        high=0.5,
    )
    letters: float = setting(
        0.1, "Part of each batch that is letters and symbols, as examples of non-digits.", high=0.5
    )
    made_up: float = setting(
        0.06,
        "Part of each batch that is scribbles, crossed-out digits and two digits in one, "
        "as examples of non-digits.",
        high=0.5,
    )
    pictures_only: float = setting(
        0.4, "Part of the drawings given without pen directions, as photos are.", high=1
    )
    photographed: float = setting(
        0.15,
        "Of the drawings without pen directions, the part made blurred, noisy, thick or thin.",
        high=1,
    )
    crossed: float = setting(
        0.08, "Part of the drawings of 0, 1 and 7 that get a slash, a bar or a foot.", high=1
    )
    ruled: float = setting(
        0.3, "Part of the nearly straight drawings of 1 that are made quite straight.", high=1
    )
    rotation: float = setting(
        10.0, "How much drawings are turned at random: the standard deviation, in degrees.", high=90
    )
    reverse: float = setting(
        0.3, "Part of the drawings of which some strokes are drawn backwards.", high=1
    )
    hook: float = setting(
        0.2, "Part of the drawings that get a flick at the end of a stroke.", high=1
    )
    site_epochs: int = setting(
        8,
        "Epochs of extra networks, each trained without one place of collection, to see "
        "how well unknown ones are read. 0: none.",
        high=1_000,
    )
