"""What ``dense-deep`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        20,
        "Number of epochs: in each, the network sees every training image once.",
        low=1,
        high=1_000,
    )
    batch_size: int = setting(
        128,
        "Images in a batch: the weights change once after each batch.",
        low=1,
        high=8_192,
        search=(32, 64, 128, 256),
    )
    units: int = setting(
        512, "Units of the first hidden layer.", low=8, high=8_192, search=Span(128, 1_024, 128)
    )
    depth: int = setting(
        4,
        "Hidden layers; each has half as many units as the one before.",
        low=1,
        high=8,
        search=Span(2, 5, 1),
    )
    dropout: float = setting(
        0.2,
        "Dropout: part of the units left out at random behind each hidden layer, against "
        "overfitting.",
        low=0,
        high=0.9,
        search=Span(0, 0.5),
    )
    learning_rate: float = setting(
        0.001,
        "Adam's starting step size; it then falls smoothly to 0.",
        low=1e-7,
        high=1,
        search=Span(1e-4, 1e-2, logarithmic=True),
    )
