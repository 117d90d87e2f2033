"""A training as it goes: an event stream, and the same by asking again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState
from flask_babel import force_locale
from flask_login import current_user

from webapp.accounts.web.person import is_signed_in
from webapp.admin.runs.curves import progress_of
from webapp.admin.runs.page_version import page_version
from webapp.admin.runs.seen_run import SeenRun, see_run
from webapp.admin.runs.stream import epochs_after, events, most_streams, seconds_of
from webapp.limiting.concurrency import ConcurrencyLimit
from webapp.pages.languages import current_language
from webapp.pages.numbers import read_number
from webapp.services import Services, services

bp = Blueprint("admin_run_live", __name__, url_prefix="/admin/runs")

_KEY = "net_run_streams"


@bp.record_once
def _prepare(state: BlueprintSetupState) -> None:
    parts: Services = state.app.extensions["net"]
    state.app.extensions[_KEY] = ConcurrencyLimit(
        most_streams(parts.configuration.threads), wait_seconds=0
    )


@bp.get("/<name>/progress.json")
def show_progress(name: str) -> dict[str, object]:
    """Tell a run's state, how far it is, and its epochs behind the ``after``-th."""
    run = see_run(services().configuration.models_folder, name)
    return {**progress_of(run), **epochs_after(run, read_number(request.args.get("after")))}


def _progress_in_this_language() -> Callable[[SeenRun], Mapping[str, Any]]:
    """Make :func:`progress_of` for a stream, which goes on when the request is over."""
    app, language = current_app._get_current_object(), current_language()  # type: ignore[attr-defined]

    def tell(run: SeenRun) -> Mapping[str, Any]:
        with app.app_context(), force_locale(language):
            return progress_of(run)

    return tell


@bp.get("/<name>/state.json")
def show_state(name: str) -> dict[str, object]:
    """Tell the version of a run's page, which changes when the page would."""
    return {"version": page_version(see_run(services().configuration.models_folder, name))}


@bp.get("/<name>/events")
def stream_events(name: str) -> Response:
    """Tell of a training as server-sent events; 503 where too many are reading already.

    ``Last-Event-ID``, or ``after`` in the address, says which epoch the reader has.
    """
    configuration = services().configuration
    look = partial(see_run, configuration.models_folder, name)
    look()  # 404 now, and not in the stream
    limit: ConcurrencyLimit = current_app.extensions[_KEY]
    after = read_number(request.headers.get("Last-Event-ID") or request.args.get("after"))
    held = ExitStack()
    held.enter_context(limit.acquire())
    seconds = seconds_of(configuration.request_seconds)
    may_look = partial(is_signed_in, services(), current_user.token)
    lines = events(look, may_look, _progress_in_this_language(), after, seconds)
    response = Response(lines, mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep the events to itself
    response.call_on_close(held.close)
    return response
