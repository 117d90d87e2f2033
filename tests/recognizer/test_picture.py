"""Ink arrives in a page pixel for pixel."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from recognizer.picture import to_data_uri


@pytest.mark.parametrize("shape", [(28, 28), (1, 1), (3, 50)])
def test_the_png_holds_exactly_the_ink(shape: tuple[int, int]) -> None:
    ink = np.random.default_rng(0).integers(0, 256, shape, np.uint8)

    kind, _, encoded = to_data_uri(ink).partition(",")

    assert kind == "data:image/png;base64"
    with Image.open(io.BytesIO(base64.b64decode(encoded, validate=True))) as picture:
        assert (picture.format, picture.mode) == ("PNG", "L")
        np.testing.assert_array_equal(np.asarray(picture), ink)
