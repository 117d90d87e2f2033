"""What every recipe's network is."""

from __future__ import annotations

from typing import Any, Literal

import keras
import numpy as np
import pytest

from trainer.recipes import RECIPE_NAMES, find_recipe
from trainer.training.settings import Span, apply_settings, limits_of


def _outermost(settings: Any, end: Literal[0, -1]) -> list[str]:
    """The first or the last value that a search tries of each setting, as behind ``--set``."""
    assignments = []
    for name, limits in limits_of(settings).items():
        if (search := limits.search) is not None:
            tried = (search.low, search.high) if isinstance(search, Span) else search
            assignments.append(f"{name}={type(getattr(settings, name))(tried[end])}")
    return assignments


@pytest.mark.parametrize("end", [0, -1], ids=["smallest", "largest"])
@pytest.mark.parametrize("name", RECIPE_NAMES)
def test_whatever_a_search_tries_gives_a_network_of_ten_digits(
    name: str, end: Literal[0, -1]
) -> None:
    recipe = find_recipe(name)
    settings = recipe.Settings()

    network = recipe.build_network(apply_settings(settings, _outermost(settings, end)))
    blank = keras.tree.map_structure(lambda entry: np.zeros((2, *entry.shape[1:])), network.input)
    chances = np.asarray(network(blank))

    assert chances.shape == (2, 11 if recipe.LEARNS_TO_REFUSE else 10)
    np.testing.assert_allclose(chances.sum(axis=-1), 1, atol=1e-5)
