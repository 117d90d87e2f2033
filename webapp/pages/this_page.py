"""The address under which a person finds the page that is being answered, also after a form."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from webapp.pages.same_site import path_on_this_site


def init_app(app: Flask) -> None:
    """Let templates ask for it."""
    app.add_template_global(this_page, "this_page")


def this_page() -> str:
    """The address to load the present page again."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    return page_of_form("/")


def page_of_form(home: str) -> str:
    """Name the page of the form that was sent: where the browser was, else the nearest above."""
    try:
        came_from = urlsplit(request.referrer or "")
    except ValueError:  # a Referer that is no address
        came_from = urlsplit("")
    address = path_on_this_site(f"{came_from.path}?{came_from.query}".rstrip("?"), "")
    if address and came_from.netloc == request.host and _is_page(came_from.path):
        return address
    path = request.path
    while path:
        if _is_page(path):
            return path
        path = path.rpartition("/")[0]
    return home


def _is_page(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, "GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
