"""Whether corrections are taken at all, as the settings say; templates ask, too."""

from __future__ import annotations

from flask import Flask

from webapp.services import services


def init_app(app: Flask) -> None:
    """Let templates ask."""
    app.jinja_env.globals["corrections_are_taken"] = corrections_are_taken


def corrections_are_taken() -> bool:
    """Whether a person may say what a drawing was."""
    return services().configuration.corrections_a_minute > 0
