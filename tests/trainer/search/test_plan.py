from __future__ import annotations

import dataclasses
import json

import pytest

from tests.trainer.search.searches import small_plan
from trainer.errors import SettingsError
from trainer.recipes import find_recipe
from trainer.search.plan import Plan, expect_same, make_plan

ORIGINS = {"mnist": {"file": "mnist.npz", "sha256": "abc"}, "fetched": {"file": "keras"}}


def _stored(plan: Plan) -> dict[str, object]:
    return dict(json.loads(json.dumps(plan.as_json())))


def test_a_fixed_setting_is_taken_out_of_the_search() -> None:
    plan = make_plan("conv-tuned", ["dropout=0.25", "epochs=2"], ORIGINS)

    assert "dropout" not in plan.space
    assert "learning_rate" in plan.space
    assert plan.settings_of({"depth": 3}).dropout == 0.25
    assert plan.settings_of({"depth": 3}).depth == 3
    assert plan.data == {"mnist": "abc", "fetched": None}


def test_a_search_with_nothing_left_to_search_is_refused() -> None:
    defaults = dataclasses.asdict(find_recipe("conv-tuned").Settings())

    with pytest.raises(SettingsError, match="no setting to search"):
        make_plan("conv-tuned", [f"{name}={value}" for name, value in defaults.items()], ORIGINS)


def test_the_same_plan_joins() -> None:
    expect_same("small", _stored(small_plan()), small_plan())


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        (Plan("other", small_plan().settings, {}, {}), "searches small, not other"),
        (small_plan(epochs=9), "with epochs = 3, not 9"),
        (small_plan(width=8), "searching width, which is fixed now"),
    ],
)
def test_another_plan_is_refused_with_what_differs(other: Plan, difference: str) -> None:
    with pytest.raises(SettingsError, match=difference):
        expect_same("small", _stored(small_plan()), other)


def test_other_values_to_search_are_refused() -> None:
    stored = _stored(small_plan())
    stored["search"]["width"]["attributes"]["choices"] = [8, 16]  # type: ignore[index]

    with pytest.raises(SettingsError, match="other values of width"):
        expect_same("small", stored, small_plan())


def test_other_data_is_refused_only_where_both_know_their_checksum() -> None:
    plan = small_plan()
    fetched = Plan(plan.recipe, plan.settings, plan.space, {"mnist": None, "more": "def"})
    other = Plan(plan.recipe, plan.settings, plan.space, {"mnist": "xyz"})

    expect_same("small", _stored(plan), fetched)
    with pytest.raises(SettingsError, match="another mnist file"):
        expect_same("small", _stored(plan), other)
