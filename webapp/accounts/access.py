"""Who asks, and whether they may: the decorator that every view under /admin wears."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Literal, ParamSpec, TypeVar

from flask import abort
from flask_login import current_user

P = ParamSpec("P")
R = TypeVar("R")
Role = Literal["viewer", "operator"]  # a viewer sees, an operator also changes


def operator_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let operators alone in; anybody else who is signed in gets 403.

    That somebody is signed in at all is checked for the whole of /admin before any view runs.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if current_user.role != "operator":
            abort(403)
        return view(*args, **kwargs)

    return guarded
