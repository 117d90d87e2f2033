from __future__ import annotations

import pytest

from trainer.errors import SettingsError
from trainer.recipes import find_recipe
from trainer.recipes.ink import Settings
from trainer.training.settings import apply_settings, restore_settings


def test_settings_take_the_type_of_their_default() -> None:
    settings = apply_settings(
        Settings(),
        ["epochs=3", "samples_per_epoch=1_000", "learning_rate=1e-2", "precision=float32"],
    )

    assert (settings.epochs, settings.samples_per_epoch) == (3, 1000)
    assert settings.learning_rate == 0.01
    assert settings.precision == "float32"


@pytest.mark.parametrize(
    ("assignment", "message"),
    [
        ("epoch=3", "one of: seed, epochs"),
        ("epochs", "NAME=VALUE"),
        ("epochs=three", "takes int"),
        ("learning_rate=fast", "takes float"),
        ("learning_rate=nan", "cannot be nan"),
        ("learning_rate=inf", "cannot be inf"),
        ("epochs=-1", "cannot be -1"),
    ],
)
def test_a_setting_that_cannot_be_is_named(assignment: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        apply_settings(Settings(), [assignment])


def test_settings_of_another_version_of_the_recipe_are_refused() -> None:
    with pytest.raises(SettingsError, match="momentum"):
        restore_settings(Settings, {"momentum": 0.9})


def test_an_unknown_recipe_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="'inc'; there are: ink"):
        find_recipe("inc")
