"""POST /api/v1/corrections: what a drawing was, said by whoever drew it; DELETE takes it back.

The rules of a correction stand in :mod:`webapp.corrections.reading`, and how it is kept in
:mod:`webapp.corrections.keeping`. No account, no cookie, and nothing is kept of who asks.
"""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response, abort, jsonify, request

from recognizer.limits import MAX_DRAWING_BYTES, in_mebibytes
from webapp.api.correction_schemas import KEPT_EXAMPLE, KeptCorrection
from webapp.api.documentation import CORRECTION_TOKEN, problem_responses
from webapp.api.predictions import read_json_body
from webapp.corrections.errors import NoCorrectionError
from webapp.corrections.keeping import keep, take_back
from webapp.corrections.offer import corrections_are_taken
from webapp.corrections.reading import parse_correction
from webapp.limiting.limiter import limiter
from webapp.pages.languages import current_language
from webapp.request_log import note
from webapp.services import services
from webapp.tracked_request import current_request

_OFF = "Corrections are not taken here."
_OFTEN = "Too many from one address; `Retry-After` says when to go on."
_AWAY = "The database does not answer; `Retry-After` says when to try again."
_MEANINGS = {
    400: "The body is not JSON.",
    404: _OFF,
    413: f"The body is larger than {in_mebibytes(MAX_DRAWING_BYTES)}.",
    415: "The body is not sent as JSON.",
    422: "A field breaks a rule; `field` names it.",
    429: _OFTEN,
    503: "No more can be kept (`#full`), or the database does not answer; see `Retry-After`.",
}
_MEANINGS_OF_DELETE = {
    404: "There is no correction of this id and token.",
    429: _OFTEN,
    503: _AWAY,
}

bp = APIBlueprint("corrections", __name__, url_prefix="/api/v1", tag="Corrections")


def _limit() -> str:
    return f"{services().configuration.corrections_a_minute} per minute"


def _are_off() -> bool:
    return not corrections_are_taken()


@bp.post("/corrections")
@limiter.limit(_limit, scope="corrections", exempt_when=_are_off)
@bp.output(KeptCorrection, status_code=201, description="It is kept.", example=KEPT_EXAMPLE)
@bp.doc(operation_id="createCorrection", responses=problem_responses(_MEANINGS))
def create_correction() -> Response:
    """Say what a drawing was.

    The drawing, or the ink of a picture's digit, is kept with its label, the answer, the language
    and the time, to improve the recogniser; nothing is kept of who sent it. A second correction
    with the same `prediction` takes the first one's place.
    """
    if _are_off():
        abort(404)
    parts = services()
    given = parse_correction(read_json_body(current_request()))
    kept = keep(parts.database, given, current_language(), parts.configuration.corrections_most)
    note(correction=kept.id)
    response = jsonify({"id": kept.id, "token": kept.token})
    response.status_code = 201
    return response


@bp.delete("/corrections/<correction_id>")
@limiter.limit(_limit, scope="corrections-taken-back", exempt_when=_are_off)
@bp.output({}, status_code=204, description="Nothing is kept of it any more.")
@bp.doc(
    operation_id="deleteCorrection",
    responses=problem_responses(_MEANINGS_OF_DELETE),
    security=CORRECTION_TOKEN,
)
def delete_correction(correction_id: str) -> Response:
    """Take a correction back.

    Send the `token` that came with its id as `Authorization: Bearer TOKEN`.
    """
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise NoCorrectionError
    take_back(services().database, correction_id, given.token)
    note(correction=correction_id)
    return Response(status=204)
