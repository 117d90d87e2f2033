"""GET /api/v1/models/current: the run that answers, as its run.json describes it.

Only what a stranger may know is passed on, and nothing about the machine.
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from apiflask import APIBlueprint
from flask import Response, jsonify

from recognizer.runs.registry import LoadedRun
from webapp.api.documentation import NO_MODEL, problem_responses
from webapp.api.schemas import CurrentModel
from webapp.services import services

bp = APIBlueprint("models", __name__, url_prefix="/api/v1", tag="Models")

_PASSED_ON = ("labels", "preprocessing_version", "calibration", "times")
_OF_A_DATA_SET = ("file", "sha256", "license")
_OF_A_FIGURE = (
    "accuracy", "interval", "right", "total",
    "loss", "top_2_accuracy", "expected_calibration_error",
)  # fmt: skip


@bp.get("/models/current")
@bp.output(CurrentModel, description="The run that answers.")
@bp.doc(operation_id="showCurrentModel", responses=problem_responses({503: NO_MODEL}))
def show_current_model() -> Response:
    """Describe the model that answers.

    Its figures are those that `python -m trainer evaluate` measured.
    """
    return jsonify(_describe(services().registry.current()))


def _describe(run: LoadedRun) -> dict[str, Any]:
    details = run.details
    return {
        "run": run.name,
        "recipe": run.recipe,
        "parameters": _parameters(_part(details, "networks")),
        **{key: details.get(key) for key in _PASSED_ON},
        "metrics": _chosen(details, "metrics", _OF_A_FIGURE),
        "datasets": {
            name: {**facts, "file": PurePath(facts.get("file", "")).name}  # not where it lay
            for name, facts in _chosen(details, "datasets", _OF_A_DATA_SET).items()
        },
    }


def _parameters(networks: Mapping[str, Any]) -> Any:
    """Count the numbers of all networks: one for strokes has the main one's, and some more."""
    served = networks.get("drawing") or networks.get("model") or {}
    return served.get("parameters")


def _chosen(details: Mapping[str, Any], key: str, names: tuple[str, ...]) -> dict[str, Any]:
    """Keep of each entry of a part what may be told."""
    return {
        entry: {name: value[name] for name in names if name in value}
        for entry, value in _part(details, key).items()
        if isinstance(value, Mapping)
    }


def _part(details: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A part of a run.json that an older run may lack."""
    part = details.get(key)
    return part if isinstance(part, Mapping) else {}
