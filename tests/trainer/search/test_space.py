from __future__ import annotations

from dataclasses import dataclass

from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

from trainer.recipes import RECIPE_NAMES, find_recipe
from trainer.search.space import search_space
from trainer.settings.definition import Span, limits_of, setting


@dataclass(frozen=True)
class _Settings:
    seed: int = setting(1, "of everything")
    layers: int = setting(2, "deep", search=Span(1, 5, 2))
    rate: float = setting(0.1, "of learning", search=Span(0.001, 1, logarithmic=True))
    kind: str = setting("adam", "of optimizer", search=("adam", "sgd"))


def test_each_kind_of_setting_is_searched_in_its_own_way() -> None:
    assert search_space(_Settings(), ()) == {
        "layers": IntDistribution(1, 5, step=2),
        "rate": FloatDistribution(0.001, 1, log=True),
        "kind": CategoricalDistribution(("adam", "sgd")),
    }


def test_a_fixed_setting_is_not_searched() -> None:
    assert "rate" not in search_space(_Settings(), ["rate"])


def test_what_recipes_let_a_search_try_lies_within_their_limits() -> None:
    for recipe in RECIPE_NAMES:
        settings = find_recipe(recipe).Settings()
        for name in search_space(settings, ()):
            limits = limits_of(settings)[name]
            search = limits.search
            tried = (search.low, search.high) if isinstance(search, Span) else search
            assert all(limits.low <= value <= limits.high for value in tried), (recipe, name)
