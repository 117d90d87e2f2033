"""The settings that every recipe has."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.settings.definition import N_, setting


@dataclass(frozen=True)
class CommonSettings:
    """What a recipe's own settings are added to."""

    seed: int = setting(
        1,
        N_("Start of all random numbers: the same seed and settings repeat the training."),
        high=2**31,
    )
    validation_images: int = setting(
        5_000,
        N_("How many training images (the last ones) are kept aside to check each epoch."),
        low=10,
        high=30_000,
    )
    training_images: int = setting(
        0,
        N_(
            "How many MNIST training images (the first ones) are trained on; 0: all that are not "
            "kept aside."
        ),
        high=60_000,
    )
    averaging: float = setting(
        0.0,
        N_(
            "The stored weights are a running average; this is the part of it that each step "
            "keeps. 0: no averaging."
        ),
        high=0.99999,
    )
    added_share: float = setting(
        0.0,
        N_(
            "Share of each epoch that own data gets, which is repeated for it; 0: as much as there "
            "is of it."
        ),
        high=0.9,
    )
    precision: str = setting(
        "auto",
        N_("Number format for the calculations. auto: the fastest this processor or GPU supports."),
        choices=("auto", "float32", "mixed_bfloat16", "mixed_float16"),
    )
