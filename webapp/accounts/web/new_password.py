"""A password that is chosen in a form, where it is typed twice."""

from __future__ import annotations

from flask import request

from webapp.accounts.errors import AccountError


def read_new_password() -> str:
    """The present form's ``password``; raises AccountError where ``repeat`` is another."""
    password = request.form.get("password", "")
    if password != request.form.get("repeat", ""):
        raise AccountError("password_repeat")
    return password
