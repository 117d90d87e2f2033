"""Nét on the web: pages and an HTTP API around the recogniser.

:func:`webapp.factory.create_app` makes the app, and is loaded when it is asked for: a worker of
jobs and the commands need a few modules, not Flask and all pages.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from webapp.factory import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    if name != "create_app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from webapp.factory import create_app

    return create_app
