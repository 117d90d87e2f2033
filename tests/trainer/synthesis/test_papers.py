"""Generated sheets hold the digits they say, look as they shall, and follow from their seed."""

from __future__ import annotations

import dataclasses
import io

import numpy as np
import pytest
from PIL import Image

from trainer.data.collection import Data
from trainer.synthesis.appearances import KINDS, Appearance
from trainer.synthesis.digit_inks import (
    DigitInk,
    penned_digits,
    scanned_digits,
    small_digit_images,
)
from trainer.synthesis.papers import make_sheets
from trainer.synthesis.picture_files import FORMS, write_picture


@pytest.fixture(params=["scanned", "penned"])
def digits(request: pytest.FixtureRequest, data: Data) -> list[DigitInk]:
    if request.param == "scanned":
        return scanned_digits(data.mnist.test)
    return penned_digits(data.drawings)


def test_a_digit_is_drawn_as_high_as_it_is_asked_for(digits: list[DigitInk]) -> None:
    for digit in digits[:20]:
        ink = digit.draw(100)

        assert 0 <= ink.min() < 0.1 < 0.9 < ink.max() <= 1
        assert 45 < max(ink.shape) < 250


def test_scikit_learns_digits_are_ink_with_their_labels() -> None:
    inks, labels = small_digit_images()

    assert inks.shape == (1797, 8, 8)
    assert inks.max() == 255
    assert set(labels.tolist()) == set(range(10))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_follows_from_its_seed(kind: str, data: Data) -> None:
    digits = scanned_digits(data.mnist.test)
    # Small sheets go the same way, and take a tenth of the time.
    how = dataclasses.replace(KINDS[kind], height=(24, 36), side=KINDS[kind].side // 8)

    (one,), (same,), (other,) = (make_sheets(digits, how, 1, seed) for seed in (1, 1, 2))

    assert np.array_equal(one.picture, same.picture)
    assert one.text == same.text
    assert not np.array_equal(one.picture, other.picture)
    assert how.lines * how.digits[0] <= len(one.text) <= how.lines * how.digits[1]
    assert how.form in FORMS


def test_ink_is_dark_on_light_unless_it_is_inverted(digits: list[DigitInk]) -> None:
    dark, light = (
        make_sheets(digits, Appearance(inverted=inverted), 1, 3)[0].picture
        for inverted in (False, True)
    )

    assert np.median(dark) == 255
    assert dark.min() < 100
    assert np.abs(light.astype(int) - (255 - dark.astype(int))).max() <= 1


@pytest.mark.parametrize("form", FORMS)
def test_a_file_shows_the_picture(form: str, digits: list[DigitInk]) -> None:
    picture = make_sheets(digits, Appearance(), 1, 4)[0].picture

    with Image.open(io.BytesIO(write_picture(picture, form))) as opened:
        turned = opened.getexif().get(0x0112) == 6
        shown = np.asarray(opened.convert("RGBA"))

    shown = np.rot90(shown, -1) if turned else shown
    assert shown.shape[:2] == picture.shape[:2]
    if form == "transparent PNG":
        assert shown[0, 0, 3] == 0
        assert shown[..., 3].max() == 255
    else:
        assert np.abs(shown[..., :3].astype(int) - picture).mean() < 5
