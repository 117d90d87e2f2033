"""The page with the form to sign in, for whatever leads there."""

from __future__ import annotations

from flask import render_template, request

from webapp.pages.same_site import path_on_this_site

HOME = "/admin"


def next_page() -> str:
    """Say where the person wanted to go, as far as that is a page of ours."""
    return path_on_this_site(request.values.get("next", ""), HOME)


def sign_in_page(error: str = "", *, name: str = "", is_first: bool = False) -> str:
    """Make the page.

    Args:
        error: a sentence about the try before.
        name: what was typed then.
        is_first: whether nobody can sign in yet.
    """
    return render_template(
        "accounts/sign-in.html", next=next_page(), name=name, error=error, is_first=is_first
    )
