"""The way between the admin pages: those that the person signed in may see."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, current_app
from flask_babel import LazyString, lazy_gettext
from flask_login import current_user

PAGES: tuple[tuple[str, LazyString], ...] = (
    ("admin_overview.show_overview", lazy_gettext("Overview")),
    ("admin_runs.show_runs", lazy_gettext("Runs")),
    ("admin_training.show_jobs", lazy_gettext("Training")),
    ("admin_releases.show_releases", lazy_gettext("Releases")),
    ("admin_data.show_data", lazy_gettext("Data")),
    ("admin_studies.show_studies", lazy_gettext("Searches")),
    ("admin_corrections.show_corrections", lazy_gettext("Corrections")),
    ("admin_people.show_people", lazy_gettext("People")),
)
_FOR_OPERATORS = frozenset({"admin_people.show_people"})


def init_app(app: Flask) -> None:
    """Let templates ask for the navigation."""
    app.jinja_env.globals["admin_navigation"] = admin_navigation


def admin_navigation() -> Iterator[tuple[str, LazyString]]:
    """Each page's endpoint and its name in the person's language."""
    for endpoint, name in PAGES:
        is_theirs = endpoint not in _FOR_OPERATORS or current_user.role == "operator"
        if is_theirs and endpoint in current_app.view_functions:
            yield endpoint, name
