from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

from trainer.errors import SettingsError
from trainer.recipes import RECIPE_NAMES, find_recipe
from trainer.recipes.ink import Settings
from trainer.settings.definition import Span, apply_settings, limits_of, restore_settings


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
        ("epoch=3", "there are: seed, .*did you mean 'epochs'"),
        ("batch-size=3", "did you mean 'batch_size'"),
        ("epochs", "needs a value, as --set epochs=16"),
        ("epochs=three", "takes a whole number, not 'three'"),
        ("learning_rate=fast", "takes a number, not 'fast'"),
        ("learning_rate=nan", "1e-07 to 1, not nan"),
        ("learning_rate=inf", "1e-07 to 1, not inf"),
        ("epochs=-1", "1 to 1000, not -1"),
        ("seed=-1", "0 to"),
        ("precision=half", "one of auto, float32"),
        ("weight_decay=11", "0 to 10, not 11"),
        (f"epochs=1{'0' * 400}", "1 to 1000, not 10"),
    ],
)
def test_a_setting_that_cannot_be_is_named(assignment: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        apply_settings(Settings(), [assignment])


def test_settings_of_another_version_of_the_recipe_are_refused() -> None:
    with pytest.raises(SettingsError, match="momentum"):
        restore_settings(Settings, {"momentum": 0.9})


@pytest.mark.parametrize("name", RECIPE_NAMES)
def test_the_defaults_of_every_recipe_keep_to_their_own_limits(name: str) -> None:
    settings = find_recipe(name).Settings()
    written = [f"{key}={value}" for key, value in dataclasses.asdict(settings).items()]

    assert apply_settings(settings, written) == settings


@pytest.mark.parametrize("name", RECIPE_NAMES)
def test_what_a_search_tries_keeps_to_the_limits(name: str) -> None:
    settings = find_recipe(name).Settings()
    searched = {key: limits.search for key, limits in limits_of(settings).items() if limits.search}

    for key, values in searched.items():
        ends = (values.low, values.high) if isinstance(values, Span) else values
        kind = type(getattr(settings, key))
        for value in ends:
            assert getattr(apply_settings(settings, [f"{key}={kind(value)}"]), key) == value
    assert "learning_rate" in searched


def test_an_unknown_recipe_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="'inc'; there are: conv-100"):
        find_recipe("inc")


def test_what_can_be_trained_is_told_without_importing_keras() -> None:
    script = (
        "import sys; from trainer.command_line import main; main(['recipes', '--json']); "
        "sys.exit('keras' in sys.modules or 'tensorflow' in sys.modules)"
    )

    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    assert answer.returncode == 0, answer.stderr
