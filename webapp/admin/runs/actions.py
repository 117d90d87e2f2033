"""What an operator may do to a run: stop, go on, remove, and have things made of it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from recognizer.file_lock import locked
from trainer.errors import TrainerError
from trainer.runs.removal import remove_runs
from trainer.runs.state import request_stop
from webapp.accounts.access import operator_only
from webapp.accounts.audit import record
from webapp.admin.job_news import is_active, sent_ticket
from webapp.admin.run_names import named_text
from webapp.admin.runs import wording
from webapp.admin.runs.comparison import MOST, last_comparison
from webapp.admin.runs.files import PRODUCTS
from webapp.admin.runs.seen_run import SeenRun, see_run
from webapp.admin.trainer_words import say_refusal
from webapp.admin.training.wording import refusal_sentence
from webapp.jobs.job_runs import JobRefusedError
from webapp.jobs.kinds import trains_a_run
from webapp.jobs.outcome import WITHDRAWN
from webapp.jobs.tables import Job
from webapp.pages.languages import current_language
from webapp.run_notes.notes import Description, NoteTooLongError, describe, forget
from webapp.services import services

bp = Blueprint("admin_run_actions", __name__, url_prefix="/admin/runs")


@bp.post("/compare")
@operator_only
def test_difference() -> Response:
    """Have the form's runs compared on the same samples, as a job."""
    names = list(dict.fromkeys(request.form.getlist("run")))[:MOST]
    if len(names) < 2:
        flash(_("Choose two runs or more."))
    elif not is_active(last_comparison(names)):
        job = services().jobs.submit("compare", {"runs": names}, current_user.name, sent_ticket())
        record("runs.compare", names[0], runs=names, job=job.id)
    return redirect(url_for("admin_runs.compare_runs", run=names, _anchor="test"), 303)


@bp.post("/<name>/stop")
@operator_only
def stop_run(name: str) -> Response:
    """Ask a run's training for a clean stop, or withdraw it from the queue."""
    run, is_cancelled = _run(name), False
    if job := active_training(run):
        stopped = services().jobs.stop(job.id)
        is_cancelled = stopped is not None and stopped.reason == WITHDRAWN
    elif run.status == "running":
        request_stop(run.folder)
    else:
        flash(_("%(run)s is not being trained; there is nothing to stop.", run=named_text(name)))
        return _to(run)
    record("run.stop", name)
    flash(_("%(run)s was cancelled.", run=named_text(name)) if is_cancelled else _stopping(name))
    if run.folder.is_dir():
        return _to(run)
    return redirect(url_for("admin_runs.show_runs"), 303)  # it had not begun


@bp.post("/<name>/resume")
@operator_only
def resume_run(name: str) -> Response:
    """Queue the training to go on from the last whole epoch."""
    run = _run(name)
    job = services().jobs.submit("resume", {"run": name}, current_user.name, sent_ticket())
    record("run.resume", name, job=job.id)
    flash(_("%(run)s is queued and continues after its last finished epoch.", run=named_text(name)))
    return _to(run)


@bp.post("/<name>/describe")
@operator_only
def describe_run(name: str) -> Response:
    """Keep the form's ``display_name`` and ``note`` of a run; two empty fields remove both."""
    run = _run(name)
    given = Description(request.form.get("display_name", ""), request.form.get("note", ""))
    kept = describe(services().database, name, given, current_user.name)
    record("run.describe", name, display_name=kept.display_name, note=kept.note)
    flash(_("The name and the note are saved."))
    return _to(run)


@bp.post("/<name>/remove")
@operator_only
def remove_run(name: str) -> Response:
    """Remove a run for good; never the served one, nor one that is trained."""
    run = _run(name)
    models = services().configuration.models_folder
    if request.form.get("confirmed") != name:
        flash(_("Nothing was removed: the name was not confirmed."))
        return _to(run)
    if active_training(run):
        flash(
            _(
                "%(run)s is waiting for a worker or being trained; stop it first.",
                run=named_text(name),
            )
        )
        return _to(run)
    with locked(models):
        remove_runs(models, [run.folder])
    sentence = _("%(run)s was removed.", run=named_text(name))
    forget(services().database, name)
    record("run.remove", name)
    flash(sentence)
    return redirect(url_for("admin_runs.show_runs"), 303)


@bp.post("/<name>/made/<key>")
@operator_only
def make_product(name: str, key: str) -> Response:
    """Have an export or the report made, as a job."""
    run = _run(name)
    product = PRODUCTS.get(key) or abort(404)
    made_as = {"format": product.format} if product.format else {"language": current_language()}
    arguments = {"run": name, **made_as}
    asked = (product.kind, arguments)
    jobs = services().jobs
    if not any((job.kind, job.arguments) == asked and is_active(job) for job in jobs.of_run(name)):
        job = jobs.submit(product.kind, arguments, current_user.name, sent_ticket())
        record(f"run.{product.kind}", name, job=job.id, **arguments)
    flash(_("%(file)s is being made. It can be fetched here when it is done.", file=product.file))
    return _to(run, "files")


def active_training(run: SeenRun) -> Job | None:
    """Find the job that trains this run or waits to; None where there is none."""
    jobs = services().jobs.of_run(run.name)
    return next((job for job in jobs if trains_a_run(job.kind) and not job.is_over), None)


@bp.errorhandler(TrainerError)
def say_why_not(error: TrainerError) -> Response:
    """Show the trainer's own sentence on the page where it was asked in vain."""
    say_refusal(error)
    return _back()


@bp.errorhandler(NoteTooLongError)
def say_what_is_too_long(error: NoteTooLongError) -> Response:
    """Say which text is too long to be saved."""
    flash(wording.too_long_sentence(error.field, error.longest))
    return _back()


@bp.errorhandler(JobRefusedError)
def say_why_no_job(error: JobRefusedError) -> Response:
    """Say why a job was not taken on."""
    flash(refusal_sentence(error.reason, error.parameters))
    return _back()


def _stopping(run: str) -> str:
    return str(
        _(
            "Stopping %(run)s: it finishes its batch and is then measured; this may take minutes.",
            run=named_text(run),
        )
    )


def _back() -> Response:
    name = (request.view_args or {}).get("name")
    if name is None:
        return redirect(url_for("admin_runs.show_runs"), 303)
    return redirect(url_for("admin_runs.show_run", name=name), 303)


def _run(name: str) -> SeenRun:
    return see_run(services().configuration.models_folder, name)


def _to(run: SeenRun, anchor: str | None = None) -> Response:
    return redirect(url_for("admin_runs.show_run", name=run.name, _anchor=anchor), 303)
