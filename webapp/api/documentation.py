"""The OpenAPI document at /api/v1/openapi.json and the page that renders it.

APIFlask writes the document from the views and the schemas. What it would only
document along with a second validation (the bodies of predictions) is added here.
"""

from collections.abc import Mapping
from typing import Any, cast

from apiflask import APIFlask
from flask import Blueprint, current_app, render_template
from pydantic import BaseModel

from webapp.api import reference
from webapp.api.correction_schemas import Correction
from webapp.api.explanation_schemas import ExplainedDrawing, ExplainedPicture
from webapp.api.schemas import Drawing, Drawings, Picture, Problem, Readiness

CORRECTION_TOKEN = "CorrectionToken"  # the security scheme of taking a correction back
NO_MODEL = "No model is being served, or the server is busy; `Retry-After` says when to ask again."
TOO_OFTEN = "Too many predictions for one address; `Retry-After` says when to go on."

_COMPONENTS = "#/components/schemas/"
_BODIES = {
    "/api/v1/predictions": ("application/json", "Drawing"),
    "/api/v1/predictions/batch": ("application/json", "Drawings"),
    "/api/v1/predictions/image": ("multipart/form-data", "Picture"),
    "/api/v1/explanations": ("application/json", "ExplainedDrawing"),
    "/api/v1/explanations/image": ("multipart/form-data", "ExplainedPicture"),
    "/api/v1/corrections": ("application/json", "Correction"),
}

bp = Blueprint("documentation", __name__)


@bp.get("/api/docs")
def show_documentation() -> str:
    """The API for people who write programs against it."""
    document = cast(dict[str, Any], cast(APIFlask, current_app).spec)
    return render_template(
        "api.html",
        operations=list(reference.operations(document)),
        schemas=list(reference.schemas(document)),
    )


def problem_responses(meanings: Mapping[int, str]) -> dict[int | str, Any]:
    """The documentation of error answers, status -> meaning, for ``@bp.doc(responses=…)``."""
    content = {"application/problem+json": {"schema": {"$ref": _COMPONENTS + "Problem"}}}
    return {
        status: {"description": meaning, "content": content} for status, meaning in meanings.items()
    }


def describe(app: APIFlask) -> None:
    """Say what the document cannot know from the views."""
    app.config["DESCRIPTION"] = "Handwritten digits, drawn as strokes or photographed, recognised."
    app.config["LICENSE"] = {"name": "MIT"}
    app.config["SERVERS"] = [{"url": "/"}]  # the default quotes the request's Host header
    app.config["SECURITY_SCHEMES"] = {CORRECTION_TOKEN: {"type": "http", "scheme": "bearer"}}
    for name in ("VALIDATION_ERROR", "AUTH_ERROR", "404"):  # ours are told by the views
        app.config[f"AUTO_{name}_RESPONSE"] = False
    app.spec_processor(_complete)


def _complete(document: Any) -> dict[str, Any]:
    components = document.setdefault("components", {}).setdefault("schemas", {})
    for schema in (
        Drawing, Drawings, Picture, ExplainedDrawing, ExplainedPicture, Correction, Problem,
        Readiness,
    ):  # fmt: skip
        components.update(_definitions(schema))
    for path, (media_type, name) in _BODIES.items():
        body = {media_type: {"schema": {"$ref": _COMPONENTS + name}}}
        operation = document["paths"][path]["post"]
        operation["requestBody"] = {"required": True, "content": body}
    return cast(dict[str, Any], document)


def _definitions(schema: type[BaseModel]) -> dict[str, Any]:
    name = schema.__name__
    definition = schema.model_json_schema(ref_template=f"{_COMPONENTS}{name}.{{model}}")
    nested = definition.pop("$defs", {})
    return {name: definition, **{f"{name}.{part}": entry for part, entry in nested.items()}}
