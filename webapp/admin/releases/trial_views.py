"""The page that asks two runs about one drawing, and the address its strokes go to.

Nothing is served or stored by it, and only explanations are counted; viewers may use it, too.
"""

from __future__ import annotations

from flask import Response, abort, current_app, jsonify, render_template, request
from flask.blueprints import BlueprintSetupState

from recognizer.errors import RunError
from recognizer.explanations.explanation import Explanation
from recognizer.explanations.question import parse_question
from recognizer.recognizer import Recognizer
from recognizer.strokes import parse_drawing
from trainer.runs.listing import RunLine, current_name, list_runs
from webapp.admin.releases.candidates import may_be_served
from webapp.admin.releases.history import look_back
from webapp.admin.releases.loaded_runs import LoadedRuns
from webapp.admin.releases.messages import trial_messages
from webapp.admin.releases.trial import ask
from webapp.admin.releases.views import bp
from webapp.services import services
from webapp.tracked_request import current_request

__all__ = ["bp"]  # with the other pages of this area, which are added to it by then

SIDES = ("first", "second")
_MAX_INK_BYTES = 65_536  # a sample has some hundred
_LOADED = "net_trial_runs"  # where an app keeps the runs that it has loaded for trials


@bp.get("/try")
def show_trial() -> str:
    """Show a drawing pad, a choice of two runs, and place for both answers."""
    models = services().configuration.models_folder
    runs = [line for line in reversed(list_runs(models)) if may_be_served(line)]
    return render_template(
        "admin/releases/trial.html", runs=runs, chosen=_chosen(runs), messages=trial_messages()
    )


@bp.post("/try")
def answer_trial() -> Response:
    """Ask the runs named by ``first`` and ``second`` about the drawing in the body."""
    names = [request.args.get(side, "") for side in SIDES]
    if not all(names):
        abort(400)
    drawing = parse_drawing(request.get_data(cache=False))
    models = services().configuration.models_folder
    loaded: LoadedRuns = current_app.extensions[_LOADED]
    return jsonify({"answers": [ask(loaded, models, name, drawing) for name in names]})


@bp.post("/try/explanations")
def explain_trial() -> Response:
    """Tell how the answer of the run named by ``run`` to the drawing in the body comes about."""
    drawing, digit = parse_question(request.get_data(cache=False))
    return _told(_asked_run().explain(drawing, digit))


@bp.post("/try/explanations/image")
def explain_ink_trial() -> Response:
    """Tell how the run named by ``run`` answers the picture of one digit that is the body."""
    content = request.get_data(cache=False)
    if len(content) > _MAX_INK_BYTES:
        abort(413)
    return _told(_asked_run().explain_picture(content, "digit"))


def _asked_run() -> Recognizer:
    loaded: LoadedRuns = current_app.extensions[_LOADED]
    try:
        return Recognizer(loaded.get(request.args.get("run", "")))
    except RunError:
        abort(404)


def _told(explanation: Explanation) -> Response:
    current_request().has_explained = True
    return jsonify(explanation.to_json())


@bp.record_once
def _add_loaded_runs(state: BlueprintSetupState) -> None:
    models = state.app.extensions["net"].configuration.models_folder
    state.app.extensions[_LOADED] = LoadedRuns(models)


def _chosen(runs: list[RunLine]) -> list[str]:
    """Choose the runs to ask at first: those in the address, else the served one and another."""
    models = services().configuration.models_folder
    current = current_name(models)
    names = [run.name for run in runs]
    before = look_back(models, current).run_before
    likely = [name for name in (before, *names) if name in names and name != current]
    usual = [current or next(iter(names), ""), *likely[:1], ""]
    given = [request.args.get(side, "") for side in SIDES]
    if given[0] and not given[1] and given[0] != current:
        given = [current or "", given[0]]
    return [name if name in names else usual[place] for place, name in enumerate(given)]
