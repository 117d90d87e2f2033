"""What an operator may do to corrections: accept, reject, relabel, remove, ask about them anew."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from recognizer.errors import NoModelError
from webapp.accounts.access import operator_only
from webapp.accounts.audit import record
from webapp.admin.corrections import wording
from webapp.admin.corrections.views import CARDS
from webapp.admin.run_names import named_text
from webapp.corrections.keeping import is_id
from webapp.corrections.reading import is_label
from webapp.corrections.readings import ask
from webapp.corrections.review import discard, judge, relabel
from webapp.corrections.tables import ACCEPTED, LABEL_LENGTH, REJECTED, WAITING
from webapp.pages.same_site import path_on_this_site
from webapp.services import services

ASK_SECONDS = 5.0  # for one press of the button; whoever asks waits for it

bp = Blueprint("admin_correction_actions", __name__, url_prefix="/admin/corrections")


@bp.post("/accept")
@operator_only
def accept() -> Response:
    """Say of the form's corrections that they are right."""
    return _judge("correction.accept", ACCEPTED, wording.accepted)


@bp.post("/reject")
@operator_only
def reject() -> Response:
    """Say of the form's corrections that they are not."""
    return _judge("correction.reject", REJECTED, wording.rejected)


@bp.post("/reopen")
@operator_only
def reopen() -> Response:
    """Take back what was said of the form's corrections."""
    return _judge("correction.reopen", WAITING, wording.reopened)


@bp.post("/relabel")
@operator_only
def relabel_one() -> Response:
    """Give the form's correction the form's ``label``, and accept it as that."""
    label = "" if "none" in request.form else request.form.get("label", "").strip()
    if not is_label(label) or (label == "" and "none" not in request.form):
        flash(_("Nothing was changed: a label is 1 to %(longest)s digits.", longest=LABEL_LENGTH))
        return _back()
    found = relabel(services().database, next(iter(_ids()), ""), label, current_user.name)
    if not found:
        return _nothing_found()
    record("correction.relabel", found[0], label=label)
    flash(_("Accepted as %(label)s.", label=wording.label_name(label)))
    return _back()


@bp.post("/remove")
@operator_only
def remove_some() -> Response:
    """Remove the form's corrections for good."""
    if "confirmed" not in request.form:
        flash(_("Nothing was removed: tick that you are sure."))
        return _back()
    return _tell("correction.remove", discard(services().database, _ids()), wording.removed)


@bp.post("/ask")
@operator_only
def ask_current_run() -> Response:
    """Ask the run that answers about the drawings that it was not asked about, for a while."""
    parts = services()
    try:
        run = parts.registry.current().name
        progress = ask(
            parts.database, parts.recognizer, run, also_waiting=True, seconds=ASK_SECONDS
        )
    except NoModelError:
        flash(_("No model is being served yet."))
        return _back()
    record("correction.ask", run, asked=progress.asked, left=progress.left)
    if progress.left:
        flash(_("Asked about %(asked)s drawings; %(left)s are left. Ask once more to go on.",
                asked=progress.asked, left=progress.left))  # fmt: skip
    else:
        flash(_("%(run)s was asked about every drawing.", run=named_text(run)))
    return _back()


def _judge(action: str, state: str, sentence: wording.Sentence) -> Response:
    return _tell(action, judge(services().database, _ids(), state, current_user.name), sentence)


def _tell(action: str, found: list[str], sentence: wording.Sentence) -> Response:
    if not found:
        return _nothing_found()
    # One line, whoever looks for one correction finds it by its id.
    record(action, found[0] if len(found) == 1 else "", number=len(found), ids=found)
    flash(sentence(len(found)))
    return _back()


def _nothing_found() -> Response:
    is_gone = _("This drawing is not there any more: it was taken back or removed.")
    flash(is_gone if _ids() else _("Nothing was changed: choose a correction first."))
    return _back()


def _ids() -> list[str]:
    """Read the ids of the form's corrections, no more than a page shows."""
    return [one for one in request.form.getlist("id") if is_id(one)][:CARDS]


def _back() -> Response:
    """Redirect to the page that the form was sent from, if it is one of the corrections' pages."""
    home = url_for("admin_corrections.show_corrections")
    target = path_on_this_site(request.form.get("next", ""), home)
    return redirect(f"{target if target.startswith(home) else home}#list", 303)
