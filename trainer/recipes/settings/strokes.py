"""What ``strokes`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.recipes.settings import ink
from trainer.training.settings import setting


@dataclass(frozen=True)
class Settings(ink.Settings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(60, "passes over samples_per_epoch", low=1, high=1_000)
    samples_per_epoch: int = setting(
        100_000, "pictures, drawings and what is no digit, together", low=2, high=10_000_000
    )
    images: float = setting(0.44, "share of a batch that is pictures of digits", high=0.9)
    pasted: float = setting(0.03, "share that is two pictures made one", high=0.5)
    letters: float = setting(0.1, "share that is letters and symbols", high=0.5)
    made_up: float = setting(
        0.06, "share that is scribbles, digits struck out and drawings of two", high=0.5
    )
    pictures_only: float = setting(
        0.4, "share of the drawings that come without their directions, as photos do", high=1
    )
    photographed: float = setting(
        0.15, "share of what comes without directions that is blurred, noisy, thick or thin", high=1
    )
    crossed: float = setting(
        0.08, "share of the drawings of 0, 1 and 7 that get a slash, a bar or a foot", high=1
    )
    ruled: float = setting(
        0.3, "share of the drawings of 1 that become straight lines, where they nearly are", high=1
    )
    rotation: float = setting(10.0, "standard deviation of a drawing's tilt, degrees", high=90)
    reverse: float = setting(0.3, "share of the drawings with strokes drawn backwards", high=1)
    hook: float = setting(0.2, "share of the drawings with a flick at a stroke's end", high=1)
    site_epochs: int = setting(
        8, "of the networks that never see one site, which tell how good the recipe is at sites "
        "it does not know; 0: none", high=1_000,
    )  # fmt: skip
