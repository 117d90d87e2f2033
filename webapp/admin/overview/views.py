"""The page /admin: what is served, how it is used, and how the machine and its workers are."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app, render_template, request
from flask.blueprints import BlueprintSetupState

from trainer.runs.listing import current_name
from webapp.activity.presence import present_workers
from webapp.activity.rollup import PERIODS, read_bins
from webapp.admin.overview.activity_charts import activity_charts
from webapp.admin.overview.disk import DiskWatch
from webapp.admin.overview.job_state import look_at_jobs
from webapp.admin.overview.summary import summarise
from webapp.admin.releases.candidates import find_candidate
from webapp.admin.releases.history import look_back
from webapp.admin.runs.wording import moment as written_moment
from webapp.admin.runs.wording import number, percent, size
from webapp.health.probes import probes
from webapp.services import services
from webapp.storage.tables import now

NEWEST = 3  # changes of the served run
_DISK = "net_disk_watch"  # where an app keeps what it measured

bp = Blueprint("admin_overview", __name__, url_prefix="/admin")


@bp.context_processor
def _words() -> dict[str, object]:
    return {"percent": percent, "number": number, "size": size, "written_moment": written_moment}


@bp.get("")
@bp.get("/")
def show_overview() -> str:
    """Show everything at a glance; ``?period=`` is one of ``PERIODS``."""
    configuration = services().configuration
    name = request.args.get("period", "hour")
    period = PERIODS.get(name, PERIODS["hour"])
    models = configuration.models_folder
    current = current_name(models)
    history = look_back(models, current)
    moment = now()
    with services().database.reading() as session:
        bins = read_bins(session, period, moment)
        workers = present_workers(session)
    disk = cast(DiskWatch, current_app.extensions[_DISK])
    return render_template(
        "admin/overview/overview.html",
        period=name if name in PERIODS else "hour",
        periods=list(PERIODS),
        current=current and find_candidate(models, current),
        history=history,
        newest=history.changes[:NEWEST],
        summary=summarise(bins),
        charts_now=activity_charts(bins, period, moment),
        workers=workers,
        memory=sum(worker.memory or 0 for worker in workers),
        rooms=[disk.room(folder) for folder in (models, configuration.instance_folder)],
        jobs=look_at_jobs(),
        troubles=probes().dependencies.latest().troubles,
    )


@bp.record_once
def _add_disk_watch(state: BlueprintSetupState) -> None:
    state.app.extensions[_DISK] = DiskWatch()
