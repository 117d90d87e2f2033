"""The settings that every recipe has."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.settings import setting


@dataclass(frozen=True)
class CommonSettings:
    """What a recipe's own settings are added to."""

    seed: int = setting(1, "of the first weights and of every batch", high=2**31)
    validation_images: int = setting(
        5_000, "held out of the training images, the last ones", low=10, high=30_000
    )
    training_images: int = setting(
        0, "of MNIST's training images, the first ones; 0: all that are not held out", high=60_000
    )
    averaging: float = setting(
        0.0, "share that a step keeps of the history of the weights that are stored; 0: none",
        high=0.99999,
    )  # fmt: skip
    precision: str = setting(
        "auto", "of the arithmetic; auto: the fastest that the processor or GPU is made for",
        choices=("auto", "float32", "mixed_bfloat16", "mixed_float16"),
    )  # fmt: skip
