"""The tables of runs as CSV files."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from werkzeug.test import TestResponse

from tests.webapp.admin.conftest import SignedInClient
from tests.webapp.admin.runs.made_runs import make_run, metrics
from webapp.run_notes.notes import Description, describe


def rows(answer: TestResponse) -> list[dict[str, Any]]:
    """The rows by heading, as a spreadsheet or a program reads them."""
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_tables_of_a_run_are_files_with_its_figures(
    viewer_client: SignedInClient, models: Path
) -> None:
    run = make_run(models).folder.name
    page = viewer_client.get(f"/admin/runs/{run}").text

    def table(name: str) -> list[dict[str, Any]]:
        address = f"/admin/runs/{run}/tables/{name}.csv"
        query = "" if name in ("epochs", "figures") else "?set=mnist_test"
        assert f'href="{address}{query}"' in page or name == "writers"
        return rows(viewer_client.get(address + query))

    epochs, figures, classes = table("epochs"), table("figures"), table("classes")
    assert [row["epoch"] for row in epochs] == ["1", "2", "3"]
    assert float(epochs[2]["val_loss"]) == 0.3
    assert [row["set"] for row in figures] == ["mnist_test", "held_out_writers"]
    assert (figures[0]["accuracy"], figures[0]["right"]) == ("0.9956", "1000")
    assert figures[1]["loss"] == ""
    assert classes == [
        {"digit": "4", "precision": "0.98", "recall": "0.9", "f1": "0.94", "support": "102"}
    ]
    assert table("confusion")[4]["9"] == "2"
    assert [row["change"] for row in table("robustness")] == ["", "turned"]
    assert table("writers") == []


def test_a_comparison_is_a_file_with_the_names_that_people_gave_and_no_formula(
    app: APIFlask, viewer_client: SignedInClient, models: Path
) -> None:
    first = make_run(models).folder.name
    second = make_run(models, metrics=metrics(0.999)).folder.name
    hostile = '=HYPERLINK("http://elsewhere.example")'
    describe(app.extensions["net"].database, first, Description("Lớp 10A"), "operator")
    describe(app.extensions["net"].database, second, Description(hostile), "operator")

    page = viewer_client.get(f"/admin/runs/compare?run={first}&run={second}").text
    found = rows(viewer_client.get(f"/admin/runs/compare.csv?run={first}&run={second}"))

    assert f"/admin/runs/compare.csv?run={first}&amp;run={second}" in page
    assert [(row["run"], row["set"]) for row in found[::2]] == [
        (first, "mnist_test"), (second, "mnist_test"),
    ]  # fmt: skip
    assert [row["name"] for row in found[::2]] == ["Lớp 10A", f"'{hostile}"]


def test_a_table_that_there_is_not_is_not_found(
    viewer_client: SignedInClient, models: Path
) -> None:
    run = make_run(models).folder.name

    for address in (
        f"/{run}/tables/nothing.csv",
        f"/{run}/tables/classes.csv?set=nothing",
        f"/{run}/tables/nothing.csv?set=mnist_test",
        "/20990101T000000Z-none/tables/epochs.csv",
        "/compare.csv?run=20990101T000000Z-none",
    ):
        assert viewer_client.get(f"/admin/runs{address}").status_code == 404, address
