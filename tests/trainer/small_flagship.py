"""The flagship with two of its five convolutions, which is built, trained and exported in a third.

What it reads, gives and writes is the same; the whole one is trained in
``tests/trainer/training/test_short_trainings.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from trainer.recipes import strokes


@contextmanager
def small_flagship() -> Iterator[None]:
    """The recipe ``strokes`` with the small network, within a ``with`` block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strokes, "_features", _features)
        yield


def _features(picture: Any, maps: Any, settings: Any) -> Any:
    from keras import layers

    x = strokes._convolve(picture, 1, 32, size=5, pool=True)
    if maps is not None:
        x = layers.Concatenate()([x, maps])
    x = strokes._convolve(x, 2, 64, pool=True)
    return layers.Dropout(settings.dropout)(layers.GlobalAveragePooling2D()(x))
