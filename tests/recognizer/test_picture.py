"""Ink arrives in a page pixel for pixel."""

from __future__ import annotations

import base64
import io

import cv2
import numpy as np
import pytest
from PIL import Image

from recognizer.picture import to_data_uri


@pytest.mark.parametrize("shape", [(28, 28), (1, 1), (3, 50), (300, 300)])
def test_the_png_holds_exactly_the_ink(shape: tuple[int, int]) -> None:
    ink = np.random.default_rng(0).integers(0, 256, shape, np.uint8)

    kind, _, encoded = to_data_uri(ink).partition(",")

    assert kind == "data:image/png;base64"
    with Image.open(io.BytesIO(base64.b64decode(encoded, validate=True))) as picture:
        assert (picture.format, picture.mode) == ("PNG", "L")
        np.testing.assert_array_equal(np.asarray(picture), ink)


@pytest.mark.parametrize("inked", [(0, 0), (0, 28), (4, 24), (13, 14), (27, 28), (0, 1)])
def test_paper_above_and_below_the_ink_is_kept(inked: tuple[int, int]) -> None:
    ink = np.zeros((28, 28), np.uint8)
    ink[slice(*inked), 3:9] = 255

    _, _, encoded = to_data_uri(ink).partition(",")

    content = base64.b64decode(encoded)
    with Image.open(io.BytesIO(content)) as picture:
        np.testing.assert_array_equal(np.asarray(picture), ink)
    np.testing.assert_array_equal(
        cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE), ink
    )
