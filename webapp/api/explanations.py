"""POST /api/v1/explanations: an answer and how it came about, for a drawing or for a picture.

What is computed is for :mod:`recognizer.explanations`; drawings and pictures are read as those
that are only to be answered.
"""

from __future__ import annotations

import re

from apiflask import APIBlueprint
from flask import Response, current_app

from recognizer.errors import PictureError
from recognizer.explanations.explanation import Explanation as Explained
from recognizer.explanations.question import parse_question
from recognizer.limits import (
    MAX_DRAWING_BYTES,
    MAX_PICTURE_BYTES,
    MAX_PICTURE_MEGAPIXELS,
    in_mebibytes,
)
from webapp.api.documentation import NO_MODEL, TOO_OFTEN, problem_responses
from webapp.api.explanation_schemas import EXPLANATION_EXAMPLE, Explanation
from webapp.api.pictures import FIELD, LIMIT, read_images, read_mode
from webapp.api.predictions import read_json_body, write_json
from webapp.api.uploads import read_upload
from webapp.limiting import rate_limit
from webapp.limiting.concurrency import COMPUTING, ConcurrencyLimit
from webapp.request_log import note
from webapp.services import services
from webapp.telemetry.metrics import stage
from webapp.tracked_request import current_request

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
_KIND = "explanation"
_CANNOT = "The model that answers cannot be explained."
_MEANINGS = {
    400: "The body is not JSON.",
    404: _CANNOT,
    413: f"The body is larger than {in_mebibytes(MAX_DRAWING_BYTES)}.",
    415: "The body is not sent as JSON.",
    422: "A field breaks a rule, or the answer has no such digit; `field` names it.",
    429: TOO_OFTEN,
    503: NO_MODEL,
}
_MEANINGS_OF_PICTURES = {
    400: "The body is not multipart, has no boundary, or ends early.",
    404: _CANNOT,
    413: f"The picture is larger than {in_mebibytes(MAX_PICTURE_BYTES)} or has more than "
    f"{MAX_PICTURE_MEGAPIXELS} megapixels.",
    415: "The body is no form, or the file is none of the pictures that are read.",
    422: "The picture is damaged, or a field is missing or cannot be used; `field` names it.",
    429: TOO_OFTEN,
    503: "There is no model, or there are too many pictures; `Retry-After` says when to ask again.",
}

bp = APIBlueprint("explanations", __name__, url_prefix="/api/v1", tag="Explanations")


@bp.post("/explanations")
@bp.output(Explanation, description="The answer, and how it came about.",
           example=EXPLANATION_EXAMPLE)  # fmt: skip
@bp.doc(operation_id="createExplanation", responses=problem_responses(_MEANINGS))
def create_explanation() -> Response:
    """Explain a digit of a drawing's answer.

    The float network alone answers, and what it computes is told: the feature maps of its layers,
    what each place of the picture adds to each digit's sum, and how sums become probabilities.
    It counts as ten predictions.
    """
    request = current_request()
    rate_limit.consume(request, rate_limit.PICTURE_COST)
    with COMPUTING:
        with stage(request, _KIND, "parse"):
            drawing, digit = parse_question(read_json_body(request))
        with stage(request, _KIND, "recognise"):
            explanation = services().recognizer.explain(drawing, digit)
        with stage(request, _KIND, "serialise"):
            return _answer(explanation)


@bp.post("/explanations/image")
@bp.output(Explanation, description="The answer, and how it came about; `directions` is null.",
           example=EXPLANATION_EXAMPLE)  # fmt: skip
@bp.doc(operation_id="createPictureExplanation", responses=problem_responses(_MEANINGS_OF_PICTURES))
def create_picture_explanation() -> Response:
    """Explain a digit of a picture's answer.

    The picture is sent as a file, as for a prediction, with `digit` besides.
    """
    request = current_request()
    rate_limit.consume(request, rate_limit.PICTURE_COST)
    with stage(request, _KIND, "parse"):
        upload = read_upload(request, FIELD, MAX_PICTURE_BYTES)
        mode = read_mode(upload.fields.get("mode", "auto"))
        images = read_images(upload.fields.get("images", "true"))
        digit = _digit(upload.fields.get("digit", "0"))
    limit: ConcurrencyLimit = current_app.extensions[LIMIT]
    with limit.acquire(), stage(request, _KIND, "recognise"):
        explanation = services().recognizer.explain_picture(
            upload.content, mode, digit, images=images
        )
    with stage(request, _KIND, "serialise"):
        return _answer(explanation)


def _digit(given: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(given):
        raise PictureError("digit", "not_a_whole_number")
    return int(given)


def _answer(explanation: Explained) -> Response:
    current_request().has_explained = True
    prediction = explanation.prediction
    note(run=prediction.model.run, verdict=prediction.verdict)
    return write_json(explanation.to_json())
