"""One job: how it stands, and its log as it grows."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Response, abort, jsonify, render_template, request, send_file

from webapp.admin.runs.wording import moment
from webapp.admin.training.job_view import JobView, view_job
from webapp.admin.training.messages import job_messages
from webapp.admin.training.views import bp
from webapp.jobs.log_file import read_from
from webapp.pages.numbers import read_number
from webapp.services import services

__all__ = ["bp"]  # the same one, so that the way between the pages shows where one is

_TAIL = 64 << 10  # bytes of a log that are shown at first


@bp.get("/jobs/<id:job_id>")
def show_job(job_id: int) -> str:
    """Show everything about a job."""
    view = _view(job_id)
    job = view.job
    part = read_from(services().jobs.log_path(job_id), -_TAIL)
    can_resume = view.trains and job.is_over and bool(job.run)
    return render_template(
        "admin/training/job.html",
        view=view,
        job=job,
        log=part,
        can_resume=can_resume and services().jobs.can_resume(job.run or ""),
        result=json.dumps(job.result, indent=1, ensure_ascii=False) if job.result else "",
        workers=services().jobs.workers(),
        messages=job_messages(),
        moment=moment,
    )


@bp.get("/jobs/<id:job_id>/news")
def show_news(job_id: int) -> Response:
    """Tell what a log has behind ``from`` bytes, and how the job stands: for JavaScript."""
    view = _view(job_id)
    part = read_from(services().jobs.log_path(job_id), read_number(request.args.get("from")))
    return jsonify(
        text=part.text, next=part.next, is_anew=part.is_anew,
        title=view.title, state=view.state, is_over=view.job.is_over,
    )  # fmt: skip


@bp.get("/jobs/<id:job_id>/log.txt")
def download_log(job_id: int) -> Response:
    """Send the whole log, as text."""
    path: Path = services().jobs.log_path(_view(job_id).job.id)
    if not path.is_file():
        abort(404)
    name = f"job-{job_id}.log"
    return send_file(path, "text/plain", as_attachment=True, download_name=name, max_age=0)


def _view(job_id: int) -> JobView:
    job = services().jobs.find(job_id)
    return view_job(job) if job else abort(404)
