"""The form that begins a search: its fields, what they may hold, and the job that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from trainer.recipes import RECIPE_NAMES, find_recipe
from trainer.search.options import PRUNERS
from trainer.settings.definition import limits_of
from webapp.admin.studies.places import LOCAL, is_study_name
from webapp.admin.studies.study import Study
from webapp.admin.training.form import check_form, make_form
from webapp.pages.numbers import read_number

MOST_TRIALS = 10_000
_USUAL = {"trials": "30", "pruner": PRUNERS[0], "place": LOCAL, "fixed": ""}


@dataclass(frozen=True)
class SearchForm:
    """What somebody filled in.

    Attributes:
        values: by field, as they stand in the form.
        errors: a sentence by field that cannot be used.
        arguments: of the job; None where there is an error.
    """

    values: Mapping[str, str] = field(default_factory=lambda: dict(_USUAL))
    errors: Mapping[str, str] = field(default_factory=dict)
    arguments: Mapping[str, Any] | None = None


def searchable_recipes() -> dict[str, list[str]]:
    """The recipes that say what a search may try, and which settings those are."""
    found = {
        recipe: [
            name
            for name, limits in limits_of(find_recipe(recipe).Settings).items()
            if limits.search
        ]
        for recipe in RECIPE_NAMES
    }
    return {recipe: settings for recipe, settings in found.items() if settings}


def read_search_form(form: Mapping[str, str], places: list[str]) -> SearchForm:
    """Check a form that was sent.

    Args:
        form: its fields.
        places: keys of those that there are.
    """
    names = ("recipe", "study", "trials", "pruner", "place", "fixed")
    values = {name: form.get(name, _USUAL.get(name, "")).strip() for name in names}
    values["study"] = values["study"] or values["recipe"]
    is_known = values["recipe"] in searchable_recipes()
    fixed, problem = _read_fixed(values["recipe"], values["fixed"]) if is_known else ({}, "")
    checked = {
        "recipe": "" if is_known else _("Choose one of these."),
        "study": "" if is_study_name(values["study"]) else _("Letters, digits and ._+- only."),
        "trials": _check_trials(values["trials"]),
        "pruner": "" if values["pruner"] in PRUNERS else _("Choose one of these."),
        "place": "" if values["place"] in places else _("Choose one of these."),
        "fixed": problem,
    }
    if errors := {name: sentence for name, sentence in checked.items() if sentence}:
        return SearchForm(values, errors)
    arguments = {
        "recipe": values["recipe"],
        "study": values["study"],
        "trials": int(values["trials"]),
        "pruner": values["pruner"],
        "settings": fixed,
        "is_shared": values["place"] != LOCAL,
    }
    return SearchForm(values, {}, arguments)


def arguments_to_go_on(study: Study, form: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """Make the job that adds trials to a study, and a sentence where the form cannot be used."""
    trials, pruner = form.get("trials", "").strip(), form.get("pruner", "")
    problem = _check_trials(trials) or ("" if pruner in PRUNERS else _("Choose one of these."))
    if not problem and int(trials) <= study.done:
        problem = _("The search has %(number)s trials already; ask for more.", number=study.done)
    arguments = {
        "recipe": study.recipe,
        "study": study.name,
        "trials": int(trials) if not problem else 0,
        "pruner": pruner,
        "settings": dict(study.fixed),
        "is_shared": study.place.key != LOCAL,
    }
    return arguments, problem


def _check_trials(text: str) -> str:
    if 1 <= read_number(text) <= MOST_TRIALS:
        return ""
    return str(_("A whole number from 1 to %(most)s.", most=MOST_TRIALS))


def _read_fixed(recipe: str, text: str) -> tuple[dict[str, str], str]:
    """Read a ``name=value`` a line; blanks around both do not matter.

    Returns:
        the values as the trainer takes them, by setting, and what is wrong with a line, in the
        language of the page; empty where nothing is.
    """
    fixed: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        form = check_form(make_form(recipe, {name: value}, with_corrections=True))
        fields = {field.name: field for field in form.fields}
        if not equals or name not in fields:
            problem = _(
                "Line %(line)s: write NAME=VALUE, such as %(name)s=… Possible settings: %(names)s",
                line=number, name=name if name in fields else next(iter(fields)),
                names=", ".join(fields),
            )  # fmt: skip
        elif name in fixed:
            problem = _(
                "Line %(line)s: %(name)s stands in an earlier line.", line=number, name=name
            )
        else:
            problem = fields[name].error and _(
                "Line %(line)s: %(problem)s", line=number, problem=fields[name].error
            )
            fixed[name] = fields[name].value
        if problem:
            return {}, str(problem)
    if fixed.keys() >= set(searchable_recipes()[recipe]):
        return {}, str(_("Nothing is left to search: leave a setting open."))
    return fixed, ""
