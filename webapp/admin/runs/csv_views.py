"""The tables of runs as CSV files, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, abort, request

from recognizer.csv_cells import no_formula
from webapp.admin.runs import comparison
from webapp.admin.runs.csv_tables import TABLES_OF_A_SET, epoch_rows, figure_rows
from webapp.admin.runs.figures import detailed_sets
from webapp.admin.runs.seen_run import see_run
from webapp.admin.runs.views import bp
from webapp.services import services

__all__ = ["bp"]  # with the other pages of this area, which are added to it by then


@bp.get("/compare.csv")
def send_comparison() -> Response:
    """Send the figures of the runs that the address names, a row for each run and set."""
    names = list(dict.fromkeys(request.args.getlist("run")))[: comparison.MOST]
    models = services().configuration.models_folder
    return _csv("comparison", figure_rows([see_run(models, name) for name in names]))


@bp.get("/<name>/tables/<table>.csv")
def send_table(name: str, table: str) -> Response:
    """Send one of a run's tables: ``epochs``, ``figures``, or one of the set ``set``."""
    run = see_run(services().configuration.models_folder, name)
    if table == "epochs":
        return _csv(f"{name}-epochs", epoch_rows(run))
    if table == "figures":
        return _csv(f"{name}-figures", figure_rows([run]))
    key = request.args.get("set", "")
    measured = detailed_sets(run).get(key)
    if measured is None or table not in TABLES_OF_A_SET:
        abort(404)
    return _csv(f"{name}-{key}-{table}", TABLES_OF_A_SET[table](measured))


def _csv(name: str, rows: Iterable[Sequence[Any]]) -> Response:
    text = io.StringIO()
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    # Spreadsheets take UTF-8 for another encoding unless the file begins with its mark.
    response = Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: Any) -> Any:
    return no_formula(value) if isinstance(value, str) else value
