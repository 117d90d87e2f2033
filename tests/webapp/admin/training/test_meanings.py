"""The trainer's sentences are the pages' own, so that they can be translated."""

from __future__ import annotations

from trainer.recipes import RECIPE_NAMES
from trainer.recipes.description import describe
from webapp.admin.training.meanings import MARKED
from webapp.admin.training.wording import _TITLES, REASONS
from webapp.jobs import outcome
from webapp.jobs.kinds import KINDS


def test_every_summary_and_meaning_is_marked_word_for_word() -> None:
    descriptions = [describe(name) for name in RECIPE_NAMES]
    said = {one.summary for one in descriptions}
    said |= {setting.meaning for one in descriptions for setting in one.settings}

    assert {str(sentence._args[0]) for sentence in MARKED} == said


def test_every_kind_and_every_reason_has_its_words() -> None:
    assert set(_TITLES) == set(KINDS)
    assert set(REASONS) == set(outcome.REASONS)
