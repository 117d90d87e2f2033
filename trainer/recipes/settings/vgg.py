"""What ``vgg`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.recipes.settings import resnet
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(resnet.Settings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        10,
        "Number of epochs: in each, the network sees every training image once.",
        low=1,
        high=1_000,
    )
    depth: int = setting(2, "Convolutions of each block.", low=1, high=4, search=Span(1, 3, 1))
    filters: int = setting(
        16,
        "Filters of the first block; each further block has twice as many.",
        low=1,
        high=256,
        search=(16, 24, 32),
    )
    units: int = setting(
        128, "Units of each hidden layer.", low=1, high=4_096, search=(64, 128, 256)
    )
    dropout: float = setting(
        0.3,
        "Dropout: part of the values left out at random before each dense layer, against "
        "overfitting.",
        high=0.9,
        search=Span(0, 0.6),
    )
