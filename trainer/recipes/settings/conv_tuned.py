"""What ``conv-tuned`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        12,
        "Number of epochs: in each, the network sees every training image once.",
        low=1,
        high=1_000,
    )
    batch_size: int = setting(
        128,
        "Images in a batch: the weights change once after each batch.",
        low=1,
        high=8_192,
        search=(64, 128, 256),
    )
    depth: int = setting(
        3, "Blocks, each a convolution and a pooling layer.", low=1, high=4, search=Span(1, 3, 1)
    )
    filters: int = setting(
        24,
        "Filters of the first block; each further block has twice as many.",
        low=1,
        high=256,
        search=(16, 24, 32, 48),
    )
    kernel_size: int = setting(
        7, "Side of the filters, in pixels.", low=1, high=11, search=(3, 5, 7)
    )
    units: int = setting(
        256, "Units of the hidden layer.", low=1, high=4_096, search=(64, 128, 256)
    )
    dropout: float = setting(
        0.26,
        "Dropout: part of the values left out at random before and behind the hidden layer.",
        low=0,
        high=0.9,
        search=Span(0, 0.6),
    )
    learning_rate: float = setting(
        0.0036,
        "Adam's starting step size; it then falls smoothly to 0.",
        low=1e-7,
        high=1,
        search=Span(2e-4, 1e-2, logarithmic=True),
    )
