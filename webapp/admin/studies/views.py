"""The pages under /admin/studies: every search, and one of them with all that it tried."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from flask_babel import gettext as _

from trainer.search.options import PRUNERS
from webapp.admin.runs import wording as figures
from webapp.admin.studies import wording
from webapp.admin.studies.catalogue import StudyLine, list_studies
from webapp.admin.studies.charts import hidden_below, study_charts
from webapp.admin.studies.finding import find_place
from webapp.admin.studies.places import study_places
from webapp.admin.studies.search_form import SearchForm, searchable_recipes
from webapp.admin.studies.searches import active_searches, is_for, last_search
from webapp.admin.studies.study import Look, Study, Trial, look_at_study
from webapp.admin.tables import Column, Listing, TableQuery, list_rows
from webapp.jobs.tables import Job
from webapp.services import services

bp = Blueprint("admin_studies", __name__, url_prefix="/admin/studies")


@bp.get("")
def show_studies() -> str:
    """Show all studies, and a form that begins one."""
    return studies_page(SearchForm())


@bp.get("/state")
def show_studies_state() -> Response:
    """Tell the version of the list, which changes when the list would."""
    catalogue = list_studies(study_places(services().configuration))
    return jsonify(version=catalogue.version + _versions(active_searches()))


@bp.get("/<place>/<name>")
def show_study(place: str, name: str) -> tuple[str, int]:
    """Show one study."""
    look = look_at_study(find_place(place, name), name)
    job = last_search(place, name)
    if look.study is None:
        status = 200 if look.is_being_asked else 404
        return render_template(
            "admin/studies/unknown.html", name=name, place=place, look=look, version=look.version
        ), status
    page = render_template(
        "admin/studies/study.html",
        study=look.study,
        job=job,
        version=_version(look, job),
        listing=_trials(look.study),
        charts_of=study_charts(look.study),
        hidden=hidden_below(look.study),
        pruners=PRUNERS,
        words=wording,
        figures=figures,
    )
    return page, 200


@bp.get("/<place>/<name>/state")
def show_study_state(place: str, name: str) -> Response:
    """Tell the version of a study's page, which changes when the page would."""
    look = look_at_study(find_place(place, name), name)
    return jsonify(version=_version(look, last_search(place, name)))


def studies_page(form: SearchForm) -> str:
    """Make the page of all studies, with a form that may have been filled in wrongly."""
    places = study_places(services().configuration)
    catalogue, searches = list_studies(places), active_searches()
    query = TableQuery.read(["place"])
    chosen = [
        line for line in catalogue.lines if query.filters.get("place") in (None, line.place.key)
    ]
    listing = list_rows(
        chosen, _study_columns(), query, searched=lambda line: f"{line.name} {line.recipe}"
    )
    return render_template(
        "admin/studies/studies.html",
        catalogue=catalogue,
        listing=listing,
        searches=searches,
        searching=[line for line in catalogue.lines if _is_searched(line, searches)],
        version=catalogue.version + _versions(searches),
        places=places,
        form=form,
        recipes=searchable_recipes(),
        pruners=PRUNERS,
        words=wording,
        figures=figures,
    )


def _study_columns() -> list[Column[StudyLine]]:
    return [
        Column("study", _("Search of settings"), lambda line: line.name),
        Column("recipe", _("Recipe"), lambda line: line.recipe),
        Column("trials", _("Trials"), lambda line: line.trials, is_number=True),
        Column("best", _("Best accuracy"), lambda line: line.best, is_number=True),
        Column("place", _("Kept in"), lambda line: line.place.key),
    ]


def _trials(study: Study) -> Listing[Trial]:
    query = TableQuery.read(["outcome"])
    wanted = query.filters.get("outcome")
    chosen = [trial for trial in study.trials if wanted in (None, trial.outcome)]
    searched = [
        Column[Trial](f"setting.{name}", name, _param(name), is_number=True)
        for name in study.search
    ]
    columns = [
        Column[Trial]("trial", _("Trial"), lambda trial: trial.number, is_number=True),
        Column[Trial]("outcome", _("Outcome"), lambda trial: trial.outcome),
        Column[Trial](
            "accuracy", _("Validation accuracy"), lambda trial: trial.accuracy, is_number=True
        ),
        Column[Trial]("loss", _("Loss"), lambda trial: trial.loss, is_number=True),
        Column[Trial]("epochs", _("Epochs"), lambda trial: trial.epochs, is_number=True),
        *searched,
        Column[Trial]("seconds", _("Time"), lambda trial: trial.seconds, is_number=True),
        Column[Trial]("worker", _("Worker"), lambda trial: trial.worker),
    ]
    return list_rows(chosen, columns, query, searched=lambda trial: _text_of(trial))


def _param(name: str) -> Any:
    return lambda trial: trial.params.get(name)


def _text_of(trial: Trial) -> str:
    return f"{trial.number} {trial.outcome} {trial.worker or ''} {trial.error or ''}"


def _is_searched(line: StudyLine, searches: Any) -> bool:
    return any(is_for(job, line.place.key, line.name) for job in searches)


def _version(look: Look, job: Job | None) -> str:
    return look.version + _versions([job] if job else [])


def _versions(jobs: Any) -> str:
    return "".join(f"-{job.id}.{job.state}.{job.wanted}" for job in jobs)
