"""Plotly's own script, out of the installed package and for the admin pages only.

Its address carries the package's version, so that a browser may keep it for a year; it is packed
once for each worker, since nearly five megabytes take a third of a second.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from flask import Blueprint, Response, abort, request
from flask.blueprints import BlueprintSetupState

bp = Blueprint("admin_plotly", __name__, url_prefix="/admin")

_A_YEAR = "private, max-age=31536000, immutable"
_ENDPOINT = "admin_plotly.send_script"

# Its maps bring a style element with them, unless one of this (hashed) name is there already.
_STYLE_NAME = re.compile(
    rb'getElementById\("([0-9a-f]{64})"\)\)\{var \w+=document\.createElement\("style"\)'
)


@bp.get("/plotly-<version>.js")
def send_script(version: str) -> Response:
    """Send the script of exactly this version; ``url_for`` fills in the installed one."""
    if version != installed_version():
        abort(404)
    is_packed = request.accept_encodings.best_match(["gzip"]) is not None
    response = Response(_content(is_packed), mimetype="text/javascript")
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = _A_YEAR
    response.vary.add("Accept-Encoding")
    response.set_etag(f"plotly-{version}{'-gzip' if is_packed else ''}")
    return response.make_conditional(request)  # type: ignore[return-value]


@cache
def installed_version() -> str:
    """The version of the installed package, as ``7.1.0``."""
    return distribution("plotly").version


@bp.app_template_global("plotly_style_names")
@cache
def style_names() -> tuple[str, ...]:
    """Names of the style elements that the script would add, which the security policy stops.

    A page holds an element of each name, so that the script does not try.
    """
    return tuple(name.decode() for name in _STYLE_NAME.findall(_content(is_packed=False)))


@cache
def _content(is_packed: bool) -> bytes:
    # Not `import plotly`, which takes a second and half of the packages for numbers with it.
    file = distribution("plotly").locate_file("plotly/package_data/plotly.min.js")
    content = Path(str(file)).read_bytes()
    return gzip.compress(content, 6, mtime=0) if is_packed else content


@bp.record_once
def _name_the_version(state: BlueprintSetupState) -> None:
    def add_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == _ENDPOINT:
            values.setdefault("version", installed_version())

    state.app.url_defaults(add_version)
