"""What every recipe's network is, and what docs/training.md tells of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

from trainer.recipes import RECIPE_NAMES, describe, find_recipe
from trainer.settings.definition import Span, apply_settings, limits_of

RECIPES = Path(__file__).parents[2] / "trainer" / "recipes"
GUIDE = Path(__file__).parents[2] / "docs" / "training.md"


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
    blank = {entry.name: np.zeros((2, *entry.shape[1:])) for entry in network.inputs}
    chances = np.asarray(network(blank if len(blank) > 1 else blank["picture"]))

    assert chances.shape == (2, 11 if recipe.LEARNS_TO_REFUSE else 10)
    np.testing.assert_allclose(chances.sum(axis=-1), 1, atol=1e-5)


@pytest.mark.parametrize("name", RECIPE_NAMES)
def test_the_guide_tells_every_recipe_with_the_parameters_of_its_network(name: str) -> None:
    recipe, guide = find_recipe(name), GUIDE.read_text("utf-8")
    parameters = f"{recipe.build_network(recipe.Settings()).count_params():,}"

    (row,) = (line for line in guide.splitlines() if line.startswith(f"| `{name}` |"))

    assert f"| {parameters} |" in row
    assert f"{parameters} parameters" in str(recipe.build_network.__doc__)
    assert f"{name:15}{describe(name).summary}\n" in guide


def test_every_file_is_a_recipe_that_is_read_without_any_training_library() -> None:
    script = (
        "import sys; from trainer.recipes import RECIPE_NAMES, describe; "
        "print(*map(describe, RECIPE_NAMES)); print(*sys.modules, file=sys.stderr)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=GUIDE.parents[1], capture_output=True, text=True,
        check=True,
    )  # fmt: skip

    imported = {name.split(".")[0] for name in answer.stderr.split()}
    assert not imported & {"keras", "tensorflow", "scipy", "matplotlib", "optuna", "sklearn"}
    files = {path.stem for path in RECIPES.glob("*.py")} - {"__init__"}
    assert {name.replace("-", "_") for name in RECIPE_NAMES} == files
