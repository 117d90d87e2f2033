"""What ``vgg`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.recipes.settings import resnet
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(resnet.Settings):
    """Everything that decides what the recipe gives."""

    batch_size: int = setting(
        128,
        "Images in a batch: the weights change once after each batch.",
        low=1,
        high=8_192,
        search=(64, 128, 256),
    )
    depth: int = setting(
        2,
        "Convolutions of each of the last two blocks; the first two blocks have one each.",
        low=1,
        high=4,
        search=Span(1, 3, 1),
    )
    filters: int = setting(
        32,
        "Filters of the first block; the second has twice, the others four times as many.",
        low=1,
        high=256,
        search=(16, 24, 32),
    )
    units: int = setting(
        128, "Units of each hidden layer.", low=1, high=4_096, search=(64, 128, 256)
    )
    dropout: float = setting(
        0.25,
        "Dropout: part of the values left out at random before each dense layer, against "
        "overfitting.",
        high=0.9,
        search=Span(0, 0.6),
    )
    averaging: float = setting(
        0.999,
        "The stored weights are a running average; this is the part of it that each step "
        "keeps. 0: no averaging.",
        high=0.99999,
    )
