"""The pages of runs: the table, one run with all that is known of it, and several compared."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request, send_file
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from trainer.recipes import RECIPE_NAMES
from trainer.runs.details import SetFigures
from trainer.runs.listing import current_name
from trainer.runs.wording import fact_tables
from webapp.admin.run_names import description_of, named_text
from webapp.admin.runs import (
    comparison,
    figures,
    files,
    measured_charts,
    refusal,
    samples,
    wording,
)
from webapp.admin.runs.actions import active_training
from webapp.admin.runs.catalogue import STATUSES, Catalogue, RunRow
from webapp.admin.runs.confusion import confusion_cells
from webapp.admin.runs.corrected import corrected_rows, look_at_corrected
from webapp.admin.runs.curves import epochs_of, progress_of
from webapp.admin.runs.job_log import last_lines, product_jobs, shown_job
from webapp.admin.runs.messages import run_messages
from webapp.admin.runs.page_version import page_version
from webapp.admin.runs.seen_run import SeenRun, see_run
from webapp.admin.runs.settings import setting_rows
from webapp.admin.tables import Column, TableQuery, list_rows
from webapp.admin.training import wording as job_wording
from webapp.jobs.kinds import place_of
from webapp.pages.numbers import read_number
from webapp.run_notes.tables import DISPLAY_NAME_LENGTH, NOTE_LENGTH
from webapp.services import Services, services

bp = Blueprint("admin_runs", __name__, url_prefix="/admin/runs")

_KEY = "net_runs"


@bp.record_once
def _prepare(state: BlueprintSetupState) -> None:
    parts: Services = state.app.extensions["net"]
    state.app.extensions[_KEY] = Catalogue(parts.configuration.models_folder)
    state.app.jinja_env.globals.update(run_words=wording, job_words=job_wording)


@bp.get("")
def show_runs() -> str:
    """Show every run, the newest first unless the address says otherwise."""
    catalogue: Catalogue = current_app.extensions[_KEY]
    rows = catalogue.rows()
    query = TableQuery.read(("status", "recipe"), default_sort="-name")
    listing = list_rows(
        [row for row in rows if _is_wanted(row, query)],
        _columns(),
        query,
        searched=_searched,
    )
    recipes = sorted({row.line.recipe for row in rows if row.line.recipe})
    return render_template(
        "admin/runs/runs.html",
        listing=listing,
        has_runs=bool(rows),
        statuses=[(status, wording.status_name(status)) for status in STATUSES],
        recipes=[(recipe, recipe) for recipe in recipes],
        most=comparison.MOST,
    )


def _searched(row: RunRow) -> str:
    line, said = row.line, description_of(row.line.name)
    found = (line.name, line.recipe, line.problem, said.display_name, said.note)
    return " ".join(text for text in found if text)


def _columns() -> list[Column[RunRow]]:
    return [
        Column("name", _("Run"), lambda row: row.line.name),
        Column("status", _("State"), lambda row: row.line.status),
        Column("mnist", _("MNIST"), lambda row: row.line.mnist, is_number=True),
        Column("drawings", _("Drawings"), lambda row: row.line.drawings, is_number=True),
        Column("recipe", _("Recipe"), lambda row: row.line.recipe),
        Column("parameters", _("Parameters"), lambda row: row.line.parameters, is_number=True),
        Column("latency", _("Latency"), lambda row: row.latency, is_number=True),
        Column("seconds", _("Duration"), lambda row: row.line.seconds, is_number=True),
        Column("started", _("Started"), lambda row: row.line.started, is_number=True),
    ]


def _is_wanted(row: RunRow, query: TableQuery) -> bool:
    wanted = query.filters
    return row.line.status == wanted.get("status", row.line.status) and row.line.recipe == (
        wanted.get("recipe", row.line.recipe)
    )


@bp.get("/compare")
def compare_runs() -> str:
    """Show the runs that the address names, side by side, compared with the first."""
    names = list(dict.fromkeys(request.args.getlist("run")))
    runs = [_run(name) for name in names[: comparison.MOST]]
    job = comparison.last_comparison([run.name for run in runs]) if len(runs) > 1 else None
    return render_template(
        "admin/runs/compare.html",
        runs=runs,
        left_out=[named_text(name) for name in names[comparison.MOST :]],
        settings=comparison.differing_settings(runs),
        facts=comparison.fact_rows(runs),
        metrics=comparison.metric_rows(runs),
        charts_of_runs=[
            (figure, title, comparison.curve_chart(runs, figure, title, is_share))
            for figure, title, is_share in (
                ("val_accuracy", _("Validation accuracy"), True),
                ("val_loss", _("Validation loss"), False),
                ("loss", _("Training loss"), False),
                ("learning_rate", _("Learning rate"), False),
            )
        ],
        untrained=[named_text(run.name) for run in runs if not run.is_trained],
        job=job,
        tests=comparison.significance_rows(job.result) if job else [],
    )


@bp.get("/compare/<id:job_id>.json")
def show_comparison_state(job_id: int) -> dict[str, object]:
    """Tell whether a job that compares is over."""
    job = services().jobs.find(job_id)
    if job is None or job.kind != "compare":
        abort(404)
    return {"state": job.state, "is_over": job.is_over}


@bp.get("/<name>")
def show_run(name: str) -> str:
    """Show one run: live while it trains, with everything measured when it is done."""
    run = _run(name)
    sets = figures.detailed_sets(run)
    key = _chosen_set(sets)
    measured = sets.get(key, SetFigures())
    job = shown_job(run)
    place = place_of(services().configuration)
    return render_template(
        "admin/runs/run.html",
        run=run,
        epochs=epochs_of(run),
        sets=[(one, wording.set_name(one)) for one in sets],
        chosen=key,
        set_figures=[*figures.set_figures(run), *_corrected_figures(run)],
        distribution=measured_charts.class_distribution_chart(sets),
        refusal=refusal.refusal_figures(run),
        calibration=refusal.calibration_facts(run),
        settings=setting_rows(run),
        facts=fact_tables(run.details, wording.LANGUAGE),
        files=files.run_files(run),
        products=[
            (product, files.product_path(place, run, product))
            for product in files.PRODUCTS.values()
        ],
        product_jobs=product_jobs(run),
        active_job=active_training(run),
        progress=progress_of(run),
        version=page_version(run),
        longest_name=DISPLAY_NAME_LENGTH,
        longest_note=NOTE_LENGTH,
        served=current_name(services().configuration.models_folder),
        can_train_again=run.details.recipe in RECIPE_NAMES and not run.is_live,
        can_resume=services().jobs.can_resume(run.name),
        job=job,
        log=last_lines(job) if job else "",
        messages=run_messages(),
        **_measured_parts(measured),
        **_sample_parts(run, key),
    )


def _corrected_figures(run: SeenRun) -> list[figures.SetRow]:
    return corrected_rows(look_at_corrected(run.name)) if run.is_trained else []


@bp.get("/<name>/samples")
def show_samples(name: str) -> str:
    """Show the samples of a cell, or another grid: the part of the page that changes."""
    run = _run(name)
    key = request.args.get("set", "")
    if key not in samples.sample_sets(run):
        abort(404)
    return render_template(
        "admin/runs/samples.html", run=run, chosen=key, **_sample_parts(run, key)
    )


@bp.get("/<name>/files/<file>")
def send_run_file(name: str, file: str) -> Response:
    """Send a file under the run's checksums, if it is still what the checksum says."""
    path = files.find_file(_run(name), file) or abort(404)
    return send_file(path, as_attachment=True, download_name=f"{name}-{file}")


@bp.get("/<name>/made/<key>")
def send_product(name: str, key: str) -> Response:
    """Send something that a job has made of the run."""
    run = _run(name)
    product = files.PRODUCTS.get(key) or abort(404)
    path = files.product_path(place_of(services().configuration), run, product) or abort(404)
    return send_file(path, as_attachment=True, download_name=f"{name}-{product.file}")


def _run(name: str) -> SeenRun:
    return see_run(services().configuration.models_folder, name)


def _chosen_set(sets: Any) -> str:
    asked = request.args.get("set", "")
    return asked if asked in sets else next(iter(sets), "")


def _measured_parts(measured: SetFigures) -> dict[str, Any]:
    return {
        "cells": confusion_cells(measured),
        "classes": figures.class_rows(measured),
        "reliability": measured_charts.reliability_chart(measured),
        "confidences": measured_charts.confidence_chart(measured),
        "robustness": figures.robustness_rows(measured),
        "writers": figures.writer_rows(measured),
    }


def _sample_parts(run: SeenRun, key: str) -> dict[str, Any]:
    one = samples.sample_sets(run).get(key)
    if one is None:
        return {"shown": None, "mistakes": []}
    label, _slash, answer = request.args.get("cell", "").partition("/")
    if _is_digit(label) and _is_digit(answer):
        shown = samples.cell(one, int(label), int(answer))
    else:
        shown = samples.grid(one, read_number(request.args.get("grid")))
    return {"shown": shown, "mistakes": samples.surest_mistakes(one)}


def _is_digit(text: str) -> bool:
    return len(text) == 1 and text in "0123456789"
