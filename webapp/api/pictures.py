"""POST /api/v1/predictions/image: a photo or another picture in, the digits on it out.

What a picture may be is for :func:`recognizer.recognizer.Recognizer.recognize_picture` to say;
how it travels is for :mod:`webapp.api.uploads`.
"""

from typing import cast, get_args

from apiflask import APIBlueprint
from flask import Response, current_app
from flask.blueprints import BlueprintSetupState

from recognizer.errors import PictureError
from recognizer.limits import MAX_PICTURE_BYTES, MAX_PICTURE_MEGAPIXELS, in_mebibytes
from recognizer.strokes import Mode
from webapp.api.documentation import TOO_OFTEN, problem_responses
from webapp.api.predictions import write_json
from webapp.api.schemas import PICTURE_PREDICTION_EXAMPLE, Prediction
from webapp.api.uploads import read_upload
from webapp.limiting import rate_limit
from webapp.limiting.concurrency import ConcurrencyLimit
from webapp.request_log import note
from webapp.services import services
from webapp.telemetry.metrics import stage
from webapp.tracked_request import current_request

FIELD = "image"
LIMIT = "net_picture_limit"  # where an app keeps the limit
AT_ONCE = 2  # pictures that a process reads at the same time: each may take 150 MB of memory
WAIT_SECONDS = 5.0  # for which one more picture waits

_MEANINGS = {
    400: "The body is not multipart, has no boundary, or ends early.",
    413: f"The picture is larger than {in_mebibytes(MAX_PICTURE_BYTES)} or has more than "
    f"{MAX_PICTURE_MEGAPIXELS} megapixels.",
    415: "The body is no form, or the file is none of the pictures that are read.",
    422: "The picture is damaged, or a field is missing or cannot be used; `field` names it.",
    429: TOO_OFTEN,
    503: "There is no model, or there are too many pictures; `Retry-After` says when to ask again.",
}

bp = APIBlueprint("pictures", __name__, url_prefix="/api/v1", tag="Predictions")


@bp.post("/predictions/image")
@bp.output(Prediction, description="What the picture says.", example=PICTURE_PREDICTION_EXAMPLE)
@bp.doc(operation_id="createPicturePrediction", responses=problem_responses(_MEANINGS))
def create_picture_prediction() -> Response:
    """Recognise the digits on a photo, a scan or a screenshot.

    The picture is sent as a file: PNG, JPEG, WebP, BMP or GIF. Boxes are in pixels of the
    picture as it is seen, turned upright if its camera has noted how. Nothing is stored.
    """
    request = current_request()
    rate_limit.consume(request, rate_limit.PICTURE_COST)
    with stage(request, "picture", "parse"):
        upload = read_upload(request, FIELD, MAX_PICTURE_BYTES)
        mode = read_mode(upload.fields.get("mode", "auto"))
        images = read_images(upload.fields.get("images", "true"))
    limit: ConcurrencyLimit = current_app.extensions[LIMIT]
    with limit.acquire(), stage(request, "picture", "recognise"):
        prediction = services().recognizer.recognize_picture(upload.content, mode, images=images)
    request.predictions = (prediction,)
    note(run=prediction.model.run, verdict=prediction.verdict, bytes=len(upload.content))
    with stage(request, "picture", "serialise"):
        return write_json(prediction.to_json())


@bp.record_once
def _add_limit(state: BlueprintSetupState) -> None:
    state.app.extensions[LIMIT] = ConcurrencyLimit(AT_ONCE, WAIT_SECONDS)


def read_mode(given: str) -> Mode:
    """The form's field `mode`; raises PictureError."""
    if given not in get_args(Mode):
        raise PictureError("mode", "unknown_mode", choices=", ".join(get_args(Mode)))
    return cast(Mode, given)


def read_images(given: str) -> bool:
    """The form's field `images`; raises PictureError."""
    if given not in ("true", "false"):
        raise PictureError("images", "not_a_boolean")
    return given == "true"
