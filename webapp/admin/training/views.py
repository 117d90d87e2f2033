"""The queue, the form that adds a training to it, and what is done about a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from recognizer.errors import RunError
from recognizer.runs.folder import run_path
from trainer.errors import TrainerError
from trainer.recipes import RECIPE_NAMES, find_recipe
from trainer.runs.details import RunDetails, read_run
from trainer.training.presets import PRESETS, preset_settings
from webapp.accounts.access import operator_only
from webapp.accounts.audit import record
from webapp.admin.job_news import sent_ticket
from webapp.admin.runs.wording import moment
from webapp.admin.tables import Listing, TableQuery, cut
from webapp.admin.trainer_words import say_refusal
from webapp.admin.training.form import TrainingForm, check_form, make_form, recipe_summaries
from webapp.admin.training.job_view import view_job
from webapp.admin.training.messages import job_messages
from webapp.admin.training.presets import preset_choices
from webapp.admin.training.wording import refusal_sentence
from webapp.corrections.finding import count_trainable
from webapp.jobs.job_runs import JobRefusedError
from webapp.jobs.kinds import place_of
from webapp.jobs.outcome import WITHDRAWN
from webapp.jobs.tables import ACTIVE, FAILED, FINISHED, STOPPED, Job
from webapp.pages.numbers import read_number
from webapp.services import services

bp = Blueprint("admin_training", __name__, url_prefix="/admin/training")

PAGE_SIZE = 25
_OVER = (FINISHED, STOPPED, FAILED)
_USUAL_RECIPE = "ink"


@bp.get("")
def show_jobs() -> str:
    """Show every job that runs, waits, or is over."""
    book = services().jobs
    query, total = TableQuery.read(), book.count(_OVER)
    start, page, pages = cut(total, query.page, PAGE_SIZE)
    over = [view_job(job) for job in book.list(PAGE_SIZE, start, _OVER)]
    return render_template(
        "admin/training/jobs.html",
        active=[view_job(job) for job in reversed(book.list(100, states=ACTIVE))],
        over=Listing(over, (), query, total, page, pages),
        workers=book.workers(),
        messages=job_messages(),
        moment=moment,
    )


@bp.get("/new")
def show_form() -> str:
    """Show a recipe's form, with the settings of a ``preset``, or of an earlier run or job."""
    recipe, given, with_corrections = _earlier_settings()
    return _form_page(make_form(recipe, given, with_corrections=with_corrections))


@bp.post("")
@operator_only
def submit_training() -> Response | tuple[str, int]:
    """Queue a training with the form's ``recipe`` and settings, with ``corrections`` or without."""
    recipe = request.form.get("recipe", "")
    if recipe not in RECIPE_NAMES:
        abort(400)
    wanted = "corrections" in request.form
    form = check_form(make_form(recipe, request.form, with_corrections=wanted))
    if wanted and not _count_corrections(recipe):
        flash(_("The training was not started: there is no accepted correction any more."))
        return _form_page(form), 422
    if form.wrong_fields:
        return _form_page(form), 422
    arguments: dict[str, Any] = {"recipe": recipe, "settings": form.settings}
    arguments |= {"corrections": True} if wanted else {}
    job = services().jobs.submit("train", arguments, current_user.name, sent_ticket())
    record("job.submit", job.run or "", job=job.id, kind=job.kind, **arguments)
    flash(_("The training is queued as job %(number)s.", number=job.id))
    return _to(job)


@bp.post("/resume")
@operator_only
def resume_run() -> Response:
    """Queue a training to go on with the form's ``run``."""
    run = request.form.get("run", "")
    job = services().jobs.submit("resume", {"run": run}, current_user.name, sent_ticket())
    record("job.submit", run, job=job.id, kind=job.kind)
    flash(_("The training is queued as job %(number)s.", number=job.id))
    return _to(job)


@bp.post("/jobs/<id:job_id>/stop")
@operator_only
def stop_job(job_id: int) -> Response:
    """Withdraw a job that waits, ask one that runs to end, or end it ``at_once``."""
    before = _job(job_id)
    at_once = "at_once" in request.form
    job = services().jobs.stop(job_id, at_once=at_once) or abort(404)
    record("job.stop", job.run or "", job=job.id, kind=job.kind, state=before.state)
    if before.is_over:
        flash(_("This job was over already."))
    elif job.reason == WITHDRAWN:
        flash(_("The job was cancelled."))
    else:
        flash(_("The job was asked to end."))
    return _to(job)


@bp.errorhandler(TrainerError)
def say_refused(error: TrainerError) -> Response:
    """Show the trainer's own sentence on the page that lists the jobs."""
    say_refusal(error)
    return redirect(url_for("admin_training.show_jobs"), 303)


@bp.app_errorhandler(JobRefusedError)
def say_why_not(error: JobRefusedError) -> Response:
    """Say on the page that lists the jobs why one was not taken on."""
    flash(refusal_sentence(error.reason, error.parameters))
    return redirect(url_for("admin_training.show_jobs"), 303)


def _form_page(form: TrainingForm) -> str:
    return render_template(
        "admin/training/new.html",
        form=form,
        corrections=_count_corrections(form.recipe),
        recipes=recipe_summaries(),
        presets=preset_choices(form.recipe),
        workers=services().jobs.workers(),
    )


def _count_corrections(recipe: str) -> int:
    with services().database.reading() as session:
        return count_trainable(session, with_no_digits=find_recipe(recipe).LEARNS_TO_REFUSE)


def _earlier_settings() -> tuple[str, Mapping[str, Any], bool]:
    """Read from the address the recipe, its settings, and whether it is with corrections."""
    recipe = request.args.get("recipe", _USUAL_RECIPE)
    given: Mapping[str, Any] = {}
    with_corrections = False
    if name := request.args.get("run"):
        details = _details(name)
        recipe, given = details.recipe or recipe, details.settings
        path = place_of(services().configuration).corrections_for(name)
        with_corrections = str(path) in details.added
    elif number := read_number(request.args.get("job")):
        arguments = _job(number).arguments
        recipe, given = arguments.get("recipe", recipe), arguments.get("settings", {})
        with_corrections = bool(arguments.get("corrections"))
    if recipe not in RECIPE_NAMES:
        abort(404)
    if preset := request.args.get("preset"):
        if preset not in PRESETS:
            abort(404)
        given = preset_settings(recipe, preset)
    return recipe, given, with_corrections


def _details(run: str) -> RunDetails:
    try:
        return read_run(run_path(services().configuration.models_folder, run))
    except RunError:
        abort(404)


def _job(job_id: int) -> Job:
    return services().jobs.find(job_id) or abort(404)


def _to(job: Job) -> Response:
    return redirect(url_for("admin_training.show_job", job_id=job.id), 303)
