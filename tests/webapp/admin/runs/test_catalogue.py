from __future__ import annotations

import json
import os
from pathlib import Path

from tests.webapp.admin.conftest import SignedInClient
from tests.webapp.admin.runs.made_runs import make_run, metrics
from trainer.release.history import Activation, append_activation
from trainer.runs.state import held
from webapp.admin.runs.catalogue import Catalogue


def test_an_empty_folder_says_what_to_do(operator_client: SignedInClient) -> None:
    page = operator_client.get("/admin/runs").text

    assert "There is no run yet" in page


def test_five_hundred_runs_are_shown_in_pages_and_found_by_search(
    operator_client: SignedInClient, models: Path
) -> None:
    original = make_run(models)
    details = json.loads((original.folder / "run.json").read_text())
    for number in range(500):
        name = f"20250101T{number:06d}Z-conv-100"
        folder = models / name
        folder.mkdir()
        (folder / "run.json").write_text(json.dumps({**details, "name": name, "recipe": "conv"}))

    first = operator_client.get("/admin/runs").text
    last = operator_client.get("/admin/runs?page=11").text
    found = operator_client.get("/admin/runs?q=000499z").text
    filtered = operator_client.get("/admin/runs?recipe=ink").text

    assert "501 runs" in first
    assert "Page 1 of 11" in first
    assert first.count("<tr>") == 51
    assert "20250101T000000Z-conv-100" in last
    assert "1 run<" in found
    assert "20250101T000499Z-conv-100" in found
    assert original.folder.name in filtered
    assert "conv-100" not in filtered


def test_the_table_is_sorted_by_what_the_address_says(
    operator_client: SignedInClient, models: Path
) -> None:
    worst, best = (make_run(models, metrics=metrics(accuracy)) for accuracy in (0.91, 0.99))
    unmeasured = make_run(models, status="failed", metrics={})

    page = operator_client.get("/admin/runs?sort=-mnist").text

    names = [run.folder.name for run in (best, worst, unmeasured)]
    places = [page.index(f">{name}</a>") for name in names]
    assert places == sorted(places)
    assert 'aria-sort="descending"' in page


def test_a_folder_whose_name_is_no_text_is_passed_over(
    operator_client: SignedInClient, models: Path
) -> None:
    name = make_run(models).folder.name
    (models / os.fsdecode(b"Windows \xe0")).mkdir()

    page = operator_client.get("/admin/runs")

    assert (page.status_code, name in page.text) == (200, True)


def test_a_broken_run_is_shown_with_what_is_wrong(
    operator_client: SignedInClient, models: Path
) -> None:
    (models / "20260101T000000Z-torn").mkdir()
    (models / "20260101T000000Z-torn" / "run.json").write_text('{"format": 1,')

    page = operator_client.get("/admin/runs").text
    own_page = operator_client.get("/admin/runs/20260101T000000Z-torn")

    assert "run.json is not JSON" in page
    assert own_page.status_code == 200
    assert "cannot be read as a run" in own_page.text


def test_a_run_that_changes_or_whose_process_dies_is_seen_anew(models: Path) -> None:
    catalogue = Catalogue(models)
    run = make_run(models, status="running")

    with held(run.folder):
        training = catalogue.rows()[0].line.status
    killed = catalogue.rows()[0].line.status
    run.finish("stopped", 1.0)
    stopped = catalogue.rows()[0].line.status

    assert (training, killed, stopped) == ("running", "failed", "stopped")


def test_the_served_run_and_its_latency_are_marked(
    operator_client: SignedInClient, models: Path
) -> None:
    run = make_run(models)
    (models / "current").write_text(run.folder.name)
    gates = [{"name": "latency", "figure": 0.254, "unit": "ms"}]
    append_activation(models, Activation("activate", run.folder.name, None, gates))

    page = operator_client.get("/admin/runs").text

    assert "served" in page
    assert "0.25 ms" in page


def test_nonsense_in_the_address_means_the_default(
    operator_client: SignedInClient, models: Path
) -> None:
    run = make_run(models)

    for query in ("page=-3", "page=9999999", "page=٣", "sort=nothing"):
        answer = operator_client.get(f"/admin/runs?{query}")
        assert answer.status_code == 200
        assert f"/admin/runs/{run.folder.name}" in answer.text, query

    nothing = operator_client.get("/admin/runs?status=x&q=%00%FF")
    assert nothing.status_code == 200
    assert run.folder.name not in nothing.text
