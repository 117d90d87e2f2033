"""Which run is served, which was before, which worker serves it, and another one in its place.

What the trainer can do it does: gates and activation in a worker's child, for they need the data
sets and Keras; a rollback needs neither and shall not wait, so it is called here.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from trainer.errors import TrainerError
from trainer.release.activation import AnotherRunError, RefusedError, roll_back
from trainer.release.store.run_store import open_store
from trainer.runs.listing import current_name, list_runs
from webapp.accounts.access import operator_only
from webapp.accounts.audit import record
from webapp.activity.presence import present_workers
from webapp.admin.corrections import wording as correction_words
from webapp.admin.corrections.picture import SIDE, paths
from webapp.admin.job_news import sent_ticket
from webapp.admin.releases.candidates import (
    Candidate,
    find_candidate,
    may_be_served,
    run_columns,
)
from webapp.admin.releases.changed import what_changed
from webapp.admin.releases.gate_jobs import ACTIVATE, GATES, gate_answers
from webapp.admin.releases.history import Change, look_back
from webapp.admin.run_names import named_text
from webapp.admin.runs.wording import moment as written_moment
from webapp.admin.runs.wording import number, percent, size
from webapp.admin.tables import TableQuery, list_rows
from webapp.admin.trainer_words import translated
from webapp.services import services

NEWEST = 5  # changes that the first page shows
MAX_REASON = 500  # characters

bp = Blueprint("admin_releases", __name__, url_prefix="/admin/releases")


@bp.context_processor
def _words() -> dict[str, object]:
    return {"percent": percent, "number": number, "size": size, "written_moment": written_moment}


@bp.get("")
def show_releases() -> str:
    """Show what is served now, by which workers, since when, and what else could be."""
    return _releases()


@bp.get("/workers")
def show_workers() -> str:
    """Show the part of the page that tells which worker serves which run, by itself."""
    with services().database.reading() as session:
        workers = present_workers(session)
    return render_template(
        "admin/releases/workers.html", workers=workers, current=current_name(_models())
    )


@bp.get("/history")
def show_history() -> str:
    """Show everything that was served, when, by whom and why."""
    changes = look_back(_models(), current_name(_models())).changes
    listing = list_rows(changes, [], TableQuery.read(), searched=_searched)
    return render_template("admin/releases/history.html", listing=listing)


@bp.get("/runs/<name>")
def show_release(name: str) -> str:
    """Show a run's gates, each with its figure and limit, and the way to serve the run."""
    candidate = _candidate(name)
    current = current_name(_models())
    history = look_back(_models(), current)
    answers = gate_answers(name)
    return render_template(
        "admin/releases/release.html",
        candidate=candidate,
        current=current,
        answers=answers,
        is_out_of_date=history.has_changed_since(answers.asked_at, name),
        workers=services().jobs.workers() if answers.pending else (),
        max_reason=MAX_REASON,
        changed=what_changed(name, history.run_before) if name == current else None,
        correction_words=correction_words,
        paths=paths,
        side=SIDE,
    )


@bp.post("/runs/<name>/gates")
@operator_only
def ask_gates(name: str) -> Response:
    """Have a worker ask a run's gates, and change nothing."""
    candidate = _candidate(name)
    if candidate.problem is None and gate_answers(name).pending is None:
        services().jobs.submit(GATES, {"run": name}, current_user.name, sent_ticket())
        record("run.gates", name)
    return _to_release(name)


@bp.post("/runs/<name>/activate")
@operator_only
def activate(name: str) -> Response:
    """Have a worker serve a run, if it passes its gates or there is a reason all the same."""
    candidate = _candidate(name)
    reason = _reason()
    if candidate.problem is None and gate_answers(name).pending is None:
        arguments = {"run": name, "force": reason, "by": current_user.name}
        services().jobs.submit(ACTIVATE, arguments, current_user.name, sent_ticket())
        record("run.activation_asked", name, force=reason)
    return _to_release(name)


@bp.post("")  # the page's own address, whose links lead on from a refusal, too
@operator_only
def go_back() -> Response:
    """Serve the form's ``run``, if it still is the one that was served before, at once."""
    reason = _reason()
    store = open_store(services().configuration.models_store)
    promised = request.form.get("run", "")
    done = roll_back(_models(), reason, current_user.name, store, promised)
    record("run.roll_back", done.run, before=done.before, reason=reason, skipped=done.skipped)
    flash(_("%(run)s is served again.", run=named_text(done.run)))
    for skipped in done.skipped:
        flash(_("%(run)s was passed over: it cannot be served any more.", run=named_text(skipped)))
    return redirect(url_for("admin_releases.show_releases"), 303)


@bp.errorhandler(TrainerError)
def show_refusal(error: TrainerError) -> tuple[str, int]:
    """Answer that nothing was changed and why, with the way back as it is now."""
    if isinstance(error, AnotherRunError):
        run = named_text(error.run)
        refusal = _("Nothing was changed: going back leads to %(run)s by now. Look again.", run=run)
        return _releases(refusal, error.run), 409
    reason = str(error).replace(str(_models()), "models")
    refusal = _("That could not be done: %(reason)s", reason=translated(reason) or reason)
    if isinstance(error, RefusedError):
        refusal = _("There is no earlier run to go back to that could still be served.")
    return _releases(refusal), 409


def _releases(refusal: str | None = None, run_before: str | None = None) -> str:
    models = _models()
    current = current_name(models)
    runs = [line for line in list_runs(models) if may_be_served(line)]
    history = look_back(models, current, has_store=bool(services().configuration.models_store))
    query = TableQuery.read(default_sort="-started")
    with services().database.reading() as session:
        workers = present_workers(session)
    return render_template(
        "admin/releases/releases.html",
        current=current and find_candidate(models, current),
        history=history,
        run_before=run_before or history.run_before,
        newest=history.changes[:NEWEST],
        listing=list_rows(runs, run_columns(), query, searched=lambda run: named_text(run.name)),
        workers=workers,
        refusal=refusal,
        max_reason=MAX_REASON,
    )


def _searched(change: Change) -> str:
    return f"{change.activation.as_json()} {named_text(change.activation.run)}"


def _candidate(name: str) -> Candidate:
    return find_candidate(_models(), name) or abort(404)


def _to_release(name: str) -> Response:
    return redirect(url_for("admin_releases.show_release", name=name), 303)


def _reason() -> str | None:
    return request.form.get("reason", "").replace("\0", "").strip()[:MAX_REASON] or None


def _models() -> Path:
    return services().configuration.models_folder
