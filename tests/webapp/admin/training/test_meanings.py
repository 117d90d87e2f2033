"""What the form says in the trainer's words is said in the language of the page."""

from __future__ import annotations

import pytest

from trainer.recipes import RECIPE_NAMES, describe
from webapp import create_app
from webapp.admin.training.form import make_form
from webapp.admin.training.wording import _TITLES, REASONS
from webapp.jobs import outcome
from webapp.jobs.kinds import KINDS


@pytest.mark.parametrize("name", RECIPE_NAMES)
def test_every_sentence_of_a_recipe_is_said_in_vietnamese(name: str) -> None:
    english = describe(name)
    with create_app({"TESTING": True}).test_request_context(headers={"Accept-Language": "vi"}):
        form = make_form(name, {})

        said = {form.summary, *(field.meaning for field in form.fields)}

    assert not said & {english.summary, *(setting.meaning for setting in english.settings)}


def test_every_kind_and_every_reason_has_its_words() -> None:
    assert set(_TITLES) == set(KINDS)
    assert set(REASONS) == set(outcome.REASONS)
