"""The pictures that an export is compared on: MNIST's, or digits drawn here without any data.

The drawn ones pass through the recognizer's geometry, so that they are what a server
asks; they prove that two networks are the same, not that either of them is good.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import ModelInput, draw, to_model_input
from trainer.data.idx import find_idx_files
from trainer.data.mnist import FILE_NAME, load_mnist
from trainer.data.model_inputs import images_as_inputs

NUMBER = 1_000

# One way to write each digit: x, y in a box of about 10 by 14, y downwards, a list a stroke.
_DIGITS: tuple[tuple[tuple[tuple[float, float], ...], ...], ...] = (
    (((6, 0), (2, 1), (0, 6), (1, 12), (5, 14), (9, 11), (10, 5), (8, 1), (6, 0)),),
    (((3, 2), (6, 0), (5, 14)),),
    (((0, 3), (4, 0), (9, 2), (8, 6), (1, 13), (4, 13), (10, 14)),),
    (((1, 1), (6, 0), (9, 3), (4, 6), (9, 9), (7, 13), (0, 13)),),
    (((3, 0), (1, 8), (10, 8)), ((7, 4), (7, 14))),
    (((2, 1), (1, 6), (6, 5), (9, 9), (6, 14), (0, 13)), ((2, 0), (9, 0))),
    (((7, 0), (2, 5), (0, 11), (4, 14), (8, 11), (6, 8), (1, 9)),),
    (((0, 1), (9, 0), (6, 6), (4, 14)),),
    (((8, 2), (4, 0), (1, 3), (8, 9), (7, 13), (2, 13), (1, 9), (8, 4), (8, 2)),),
    (((9, 3), (5, 0), (1, 4), (5, 7), (9, 4), (9, 9), (7, 14)),),
)


def comparison_pictures(data: Path) -> tuple[ModelInput, str]:
    """Pictures to compare networks on.

    Args:
        data: the folder of the data sets, which need not be there.

    Returns:
        (1000, 28, 28, 1) float32 in [0, 1], or fewer where MNIST is cut down, and what they are.

    Raises:
        DataError: MNIST is there and damaged.
    """
    if not ((data / FILE_NAME).is_file() or find_idx_files(data)):
        # Keras would fetch it, but nobody asked for that here.
        return drawn_digits(NUMBER), f"{NUMBER:,} digits drawn here, as MNIST is not in {data}"
    pictures, _ = images_as_inputs(load_mnist(data).test[:NUMBER])
    return pictures, f"{len(pictures):,} of MNIST's test images"


def drawn_digits(number: int) -> ModelInput:
    """The digits 0 to 9 over and over, each time slanted and shaken anew; the same every time.

    Returns:
        (number, 28, 28, 1) float32 in [0, 1].
    """
    random = np.random.default_rng(28)
    return np.stack(
        [to_model_input(draw(_shaken(_DIGITS[at % 10], random))) for at in range(number)]
    )


def _shaken(
    digit: tuple[tuple[tuple[float, float], ...], ...], random: np.random.Generator
) -> list[NDArray[np.float64]]:
    slant = np.eye(2) + random.normal(0, 0.1, (2, 2))
    return [np.array(path) @ slant + random.normal(0, 0.3, (len(path), 2)) for path in digit]
