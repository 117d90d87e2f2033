"""What an operator may do about searches: begin one, add trials, stop, and train what was best."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from trainer.errors import TrainerError
from webapp.accounts.access import operator_only
from webapp.accounts.audit import record
from webapp.admin.job_news import sent_ticket
from webapp.admin.studies.finding import find_place, has_study
from webapp.admin.studies.places import study_places
from webapp.admin.studies.search_form import arguments_to_go_on, read_search_form
from webapp.admin.studies.searches import KIND, active_searches, is_for
from webapp.admin.studies.study import Study, look_at_study
from webapp.admin.studies.views import studies_page
from webapp.admin.trainer_words import say_refusal
from webapp.admin.training.form import check_form, make_form
from webapp.jobs.tables import Job
from webapp.services import services

bp = Blueprint("admin_study_actions", __name__, url_prefix="/admin/studies")


@bp.post("")
@operator_only
def begin_search() -> Response | tuple[str, int]:
    """Queue a new search, or say what is wrong with the form."""
    places = [place.key for place in study_places(services().configuration)]
    form = read_search_form(request.form, places)
    if form.arguments is None:
        return studies_page(form), 422
    job = _search(form.arguments)
    flash(_("The search %(study)s is queued as job %(number)s.",
            study=form.arguments["study"], number=job.id))  # fmt: skip
    return redirect(url_for("admin_studies.show_studies"), 303)


@bp.post("/<place>/<name>/more")
@operator_only
def go_on(place: str, name: str) -> Response:
    """Queue more trials of a study."""
    arguments, problem = arguments_to_go_on(_study(place, name), request.form)
    if problem:
        flash(problem)
    elif _active(place, name):
        flash(_("This search is being worked on already, or waits for a worker."))
    else:
        job = _search(arguments)
        flash(_("More trials are queued as job %(number)s.", number=job.id))
    return _to(place, name)


@bp.post("/<place>/<name>/stop")
@operator_only
def stop_search(place: str, name: str) -> Response:
    """Withdraw the searches of a study that wait, and end those that run."""
    jobs = _active(place, name)
    for job in jobs:
        services().jobs.stop(job.id)
        record("study.stop", name, job=job.id)
    flash(
        _("The search was asked to stop. The trial that is running is given up and tried again "
          "when the study goes on.")
        if jobs else _("No worker of this server is searching here; there is nothing to stop.")
    )  # fmt: skip
    places = study_places(services().configuration)
    if any(one.key == place and has_study(one, name) for one in places):
        return _to(place, name)
    return redirect(url_for("admin_studies.show_studies"), 303)  # it waited, and was withdrawn


@bp.post("/<place>/<name>/train")
@operator_only
def train_best(place: str, name: str) -> Response:
    """Queue a training with the settings of the form's ``trial``, if it still is the best one."""
    study = _study(place, name)
    if study.best is None:
        flash(_("No trial is complete yet, so there is nothing to train."))
        return _to(place, name)
    if request.form.get("trial") != str(study.best.trial):
        flash(_("Nothing was begun: trial %(number)s is the best by now. Look at its settings.",
                number=study.best.trial))  # fmt: skip
        return _to(place, name)
    settings = dict(study.best.settings)
    seed = settings.pop("seed", None)
    if (epochs := request.form.get("epochs", "").strip()) and "epochs" in settings:
        form = check_form(make_form(study.recipe, {"epochs": epochs}))
        if form.wrong_fields:
            flash(form.wrong_fields[0].error)
            return _to(place, name)
        settings["epochs"] = epochs
    arguments = {"recipe": study.recipe, "settings": settings, "seed": seed}
    job = services().jobs.submit("train", arguments, current_user.name, sent_ticket())
    record("study.train", name, trial=study.best.trial, job=job.id, run=job.run)
    flash(_("%(run)s is queued with the settings of trial %(trial)s.",
            run=job.run, trial=study.best.trial))  # fmt: skip
    return redirect(url_for("admin_runs.show_run", name=job.run), 303)


@bp.errorhandler(TrainerError)
def say_why_not(error: TrainerError) -> Response:
    """Show the trainer's own sentence on the page where it was asked in vain."""
    say_refusal(error)
    arguments = request.view_args or {}
    return _to(arguments["place"], arguments["name"])


def _search(arguments: Mapping[str, Any]) -> Job:
    job = services().jobs.submit(KIND, arguments, current_user.name, sent_ticket())
    record("study.search", arguments["study"], job=job.id, **{**arguments, "study": None})
    return job


def _active(place: str, name: str) -> list[Job]:
    return [job for job in active_searches() if is_for(job, place, name)]


def _study(place: str, name: str) -> Study:
    look = look_at_study(find_place(place, name), name)
    return look.study or abort(404)


def _to(place: str, name: str) -> Response:
    return redirect(url_for("admin_studies.show_study", place=place, name=name), 303)
