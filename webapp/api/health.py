"""Whether this process lives, and whether it can really recognise a digit.

/readyz sends a known drawing the whole way from JSON to answer: a server that
has no model, or one that answers nonsense, is not ready.
"""

import re
import time
from threading import Lock
from typing import Any

import structlog
from apiflask import APIBlueprint
from flask import Response, current_app, jsonify
from flask.blueprints import BlueprintSetupState

from recognizer.errors import RecognizerError
from recognizer.known_drawings import SEVEN
from webapp.api.schemas import Liveness, Readiness
from webapp.health.probes import probes
from webapp.services import services

KEPT_SECONDS = 1.0  # probes come from several places, each every few seconds

# A path from the root on: in quotation marks with whatever it has in it, else up to a space.
_PATH = re.compile(r"""(?<=')/[^']+|(?<=")/[^"]+|(?<![\w.~/:])(?:/[\w.@+~%-]+)+/?""")

_PROBE = "net_readiness"
_log = structlog.get_logger()

UNREADY: dict[int | str, Any] = {
    503: {
        "description": "It was not, and `reasons` says why.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Readiness"}}},
    }
}

bp = APIBlueprint("health", __name__, tag="Health")


@bp.get("/livez")
@bp.output(Liveness, description="The process answers.")
def show_liveness() -> Response:
    """Say that this process answers."""
    return jsonify({"status": "alive"})


@bp.get("/readyz")
@bp.output(Readiness, description="A known digit was recognised.")
@bp.doc(responses=UNREADY)
def show_readiness() -> Response:
    """Say whether this process recognises a known digit."""
    probe: ReadinessProbe = current_app.extensions[_PROBE]
    reasons = probe.reasons()
    status = "unready" if reasons else "ready"
    response = jsonify({"status": status, "reasons": reasons, "warnings": _warnings()})
    if reasons:
        response.status_code = 503
        response.retry_after = 1
    return response


class ReadinessProbe:
    """Tries a known digit and remembers for a moment how that went."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._valid_until = 0.0
        self._reasons: list[str] = []

    def reasons(self) -> list[str]:
        """Why a known digit is not recognised; empty when it is."""
        with self._lock:
            if time.monotonic() >= self._valid_until:
                self._reasons = _try_known_digit()
                self._valid_until = time.monotonic() + KEPT_SECONDS
            return self._reasons


@bp.record_once
def _add_probe(state: BlueprintSetupState) -> None:
    state.app.extensions[_PROBE] = ReadinessProbe()


def _try_known_digit() -> list[str]:
    try:
        prediction = services().recognizer.recognize(SEVEN.drawing)
    except RecognizerError as error:
        return [_without_paths(str(error))]
    except Exception as error:  # whatever it is, this process cannot do its work
        _log.error("a known digit could not be recognised", exc_info=error)
        return ["The recogniser failed; the log says how."]
    if (prediction.verdict, prediction.text) == (SEVEN.verdict, SEVEN.text):
        return []
    return [f"A known {SEVEN.text} was answered with {prediction.verdict} {prediction.text!r}."]


def _warnings() -> list[str]:
    """List what is wrong though drawings are answered: an older run, limits, a disk."""
    error = services().registry.last_error
    warnings = [_without_paths(error)] if error else []
    return [*warnings, *probes().warnings()]


def _without_paths(sentence: str) -> str:
    # Where things lie is nobody's business but the log's: the last part of a path says enough.
    sentence = sentence.replace(str(services().configuration.models_folder), "models")
    return _PATH.sub(lambda path: path[0].rstrip("/").rpartition("/")[2], sentence)
