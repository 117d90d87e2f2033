"""The pages under /admin/data: what the data sets hold, what is wrong with them, what is missing.

They show what :mod:`webapp.admin.data.survey` keeps; nothing of it is counted here.
"""

from __future__ import annotations

from datetime import datetime, timezone

from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    redirect,
    render_template,
    send_from_directory,
    url_for,
)  # fmt: skip
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from webapp.accounts.access import operator_only
from webapp.accounts.audit import record
from webapp.admin.data.sources import public_sets
from webapp.admin.data.summary import Duplicate, data_sets, duplicates, unreadable
from webapp.admin.data.survey import Survey, look_at_data
from webapp.admin.job_news import is_active, last_job, sent_ticket
from webapp.admin.runs.wording import moment
from webapp.admin.tables import Column, TableQuery, list_rows
from webapp.jobs.tables import Job
from webapp.services import services

bp = Blueprint("admin_data", __name__, url_prefix="/admin/data")


@bp.get("")
def show_data() -> str:
    """Show every data set, its classes and some of its samples."""
    survey, fetching = _survey(), last_job("fetch")
    return render_template(
        "admin/data/data.html",
        survey=survey,
        version=_version(survey, fetching),
        sets=data_sets(survey),
        unreadable=unreadable(survey),
        duplicates=duplicates(survey),
        public_sets=public_sets(survey.folder),
        fetching=fetching,
        moment=_moment,
    )


@bp.get("/state")
def show_state() -> Response:
    """Tell the version of the page, which changes when the page would."""
    return jsonify(version=_version(_survey(), last_job("fetch")))


@bp.get("/duplicates")
def show_duplicates() -> str:
    """Show the samples that are in the data more than once."""
    query = TableQuery.read(["which"])
    found = [one for one in duplicates(_survey()) if _is_wanted(one, query.filters.get("which"))]
    columns = [
        Column[Duplicate]("samples", _("Samples"), lambda one: len(one.places), is_number=True),
        Column[Duplicate]("labels", _("Labels"), lambda one: ", ".join(one.labels)),
        Column[Duplicate]("places", _("Where they stand"), lambda one: one.places[0]),
    ]
    listing = list_rows(found, columns, query, searched=lambda one: " ".join(one.places))
    return render_template("admin/data/duplicates.html", listing=listing)


@bp.get("/unreadable")
def show_unreadable() -> str:
    """Show every row and file that cannot be read."""
    columns = [Column[str]("what", _("What is wrong"), str)]
    listing = list_rows(unreadable(_survey()), columns, TableQuery.read(), searched=str)
    return render_template("admin/data/unreadable.html", listing=listing)


@bp.get("/sheets/<name>.png")
def send_sheet(name: str) -> AnyResponse:
    """Send the sheet of samples of a data set, as the trainer drew it."""
    survey = _survey()
    if name not in {one.name for one in data_sets(survey) if one.has_sheet}:
        abort(404)
    return send_from_directory(survey.pictures, f"{name}-samples.png", mimetype="image/png")


@bp.post("/survey")
@operator_only
def count_again() -> AnyResponse:
    """Look at all files once more."""
    survey = look_at_data(services().configuration, again=True)
    record("data.survey", str(survey.folder))
    return redirect(url_for("admin_data.show_data"), 303)


@bp.post("/fetch")
@operator_only
def fetch() -> AnyResponse:
    """Have a worker bring the public data sets."""
    if not is_active(last_job("fetch")):
        job = services().jobs.submit("fetch", {}, current_user.name, sent_ticket())
        record("data.fetch", str(_survey().folder), job=job.id)
    return redirect(url_for("admin_data.show_data"), 303)


def _survey() -> Survey:
    return look_at_data(services().configuration)


def _moment(seconds: float) -> str:
    return moment(datetime.fromtimestamp(seconds, timezone.utc).isoformat())


def _version(survey: Survey, fetching: Job | None) -> str:
    return survey.version + (f"-{fetching.id}-{fetching.state}" if fetching else "")


def _is_wanted(duplicate: Duplicate, which: str | None) -> bool:
    if which == "crossing":
        return duplicate.crosses
    return duplicate.is_contradiction if which == "differing" else True
