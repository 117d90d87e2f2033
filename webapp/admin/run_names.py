"""How the admin pages call a run: its own name, and beside it what people call it.

All names are read once for a request, whichever pages and parts of pages show runs.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, g
from markupsafe import Markup

from webapp.run_notes.notes import Description, read_descriptions
from webapp.services import services

_NOTHING = Description()


def init_app(app: Flask) -> None:
    """Let templates write ``{{ run | named }}``, or ``named_text`` where no markup fits.

    ``run_description(run)`` has the note, too.
    """
    app.jinja_env.filters.update(named=named, named_text=named_text)
    app.jinja_env.globals["run_description"] = description_of


def description_of(run: str) -> Description:
    """What people call a run and say about it."""
    return _descriptions().get(run, _NOTHING)


def named(run: str) -> str | Markup:
    """A run's own name, and behind it its display name if it has one, as HTML."""
    name = description_of(run).display_name
    return Markup('{} <bdi class="display-name">{}</bdi>').format(run, name) if name else run


def named_text(run: str) -> str:
    """A run's own name, and its display name in brackets if it has one, as plain text."""
    name = description_of(run).display_name
    return f"{run} ({name})" if name else run


def _descriptions() -> Mapping[str, Description]:
    if "run_descriptions" not in g:
        g.run_descriptions = read_descriptions(services().database)
    found: Mapping[str, Description] = g.run_descriptions
    return found
