"""The pages a person reads: the drawing page, About, and the switch between languages.

They only render; answers come from the API, which the page's JavaScript asks.
"""

from __future__ import annotations

import json

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from recognizer.limits import MAX_PICTURE_BYTES, MAX_POINTS, MAX_STROKES
from webapp.pages.inside_messages import inside_messages
from webapp.pages.languages import LANGUAGES, remember_language
from webapp.pages.messages import about_messages, drawing_messages
from webapp.pages.practice_messages import practice_messages
from webapp.pages.same_site import path_on_this_site
from webapp.pages.static_files import FOLDER, static_version

bp = Blueprint("pages", __name__)

_KEPT = (
    "js/drawing-start.js", "js/drawing-sheet.js", "js/drawing-page.js",
    "css/drawing-page.css", "images/favicon.svg",
)  # fmt: skip


@bp.get("/")
def drawing() -> str:
    """The pad and its answer."""
    limits = {
        "strokes": MAX_STROKES, "points": MAX_POINTS, "picture_bytes": MAX_PICTURE_BYTES,
    }  # fmt: skip
    return render_template("drawing.html", messages=drawing_messages(), limits=limits)


@bp.get("/inside")
def inside() -> str:
    """The panel that shows how an answer came about, a part of the drawing page."""
    return render_template("drawing/inside.html", messages=inside_messages())


@bp.get("/practice")
def practice() -> str:
    """Ten digits and numbers to write, and what to change in each."""
    return render_template("practice.html", messages=practice_messages())


@bp.get("/about")
def about() -> str:
    """What is sent, whose data taught the model, and how good it is."""
    return render_template("about.html", messages=about_messages())


@bp.get("/service-worker.js")
def service_worker() -> Response:
    """What keeps the drawing page in a browser; at the root, since it sees nothing above itself."""
    files = [] if current_app.debug else [url_for("static", filename=name) for name in _KEPT]
    kept = {"version": "" if current_app.debug else static_version(), "files": files}
    source = (FOLDER / "js" / "service-worker.js").read_text(encoding="utf-8")
    return Response(f"const NET = {json.dumps(kept)};\n{source}", mimetype="text/javascript")


@bp.get("/favicon.ico")
def icon() -> Response:
    """Where browsers look for an icon when what they show is no page, as an image or JSON."""
    return redirect(url_for("static", filename="images/favicon.png"))


@bp.post("/language")
def switch_language() -> Response:
    """Remember the language in the form field `lang` and go back to the path in `next`."""
    code = request.form.get("lang", "")
    if code not in LANGUAGES:
        abort(400)
    response = redirect(
        path_on_this_site(request.form.get("next", ""), url_for("pages.drawing")), 303
    )
    remember_language(response, code)
    return response
