"""The pages a person reads: the drawing page, About, and the switch between languages.

They only render; answers come from the API, which the page's JavaScript asks.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from recognizer.strokes import MAX_POINTS, MAX_STROKES
from webapp.pages.languages import LANGUAGES, remember_language
from webapp.pages.messages import about_messages, drawing_messages
from webapp.pages.same_site import path_on_this_site

bp = Blueprint("pages", __name__)


@bp.get("/")
def drawing() -> str:
    """The pad and its answer."""
    limits = {"strokes": MAX_STROKES, "points": MAX_POINTS}
    return render_template("drawing.html", messages=drawing_messages(), limits=limits)


@bp.get("/about")
def about() -> str:
    """What is sent, whose data taught the model, and how good it is."""
    return render_template("about.html", messages=about_messages())


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
