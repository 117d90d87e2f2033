"""What every admin page knows of trainings, so that it can say when one is over."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _

from webapp.admin.run_names import named_text
from webapp.jobs.kinds import trains_a_run
from webapp.jobs.tables import ACTIVE
from webapp.services import services

_MOST = 5  # trainings that a page follows


def init_app(app: Flask) -> None:
    """Let templates ask for the news of trainings."""
    app.jinja_env.globals["training_news"] = training_news


def training_news(run: str = "") -> dict[str, Any]:
    """Tell which trainings run or wait, and the sentences that say how one ended.

    Args:
        run: one more that is trained, perhaps by no job: the one whose page it is.

    Returns:
        ``trainings``: by the run's name its ``name`` in words and the address of its ``progress``;
        ``messages``: sentences by key.
    """
    jobs = [job for job in services().jobs.list(100, states=ACTIVE) if trains_a_run(job.kind)]
    runs = dict.fromkeys(name for name in (run, *(job.run for job in jobs)) if name)
    return {
        "trainings": {name: _training(name) for name in list(runs)[:_MOST]},
        "messages": {
            "training.finished": _("%(run)s is trained."),
            "training.stopped": _("The training of %(run)s was stopped."),
            "training.failed": _("The training of %(run)s failed."),
        },
    }


def _training(run: str) -> dict[str, str]:
    return {
        "name": named_text(run),
        "page": url_for("admin_runs.show_run", name=run),
        "progress": url_for("admin_run_live.show_progress", name=run),
    }
