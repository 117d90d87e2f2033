from __future__ import annotations

from pathlib import Path

import pytest
from apiflask import APIFlask

from tests.webapp.admin.conftest import SignedInClient
from tests.webapp.admin.runs.made_runs import make_run


def test_a_file_under_the_checksums_can_be_fetched(
    viewer_client: SignedInClient, models: Path
) -> None:
    name = make_run(models).folder.name

    answer = viewer_client.get(f"/admin/runs/{name}/files/model.onnx", buffered=True)

    assert (answer.status_code, answer.data) == (200, b"a network")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}-model.onnx"


def test_a_file_that_has_changed_is_not_handed_out(
    viewer_client: SignedInClient, models: Path
) -> None:
    run = make_run(models)
    (run.folder / "model.onnx").write_bytes(b"another one")

    answer = viewer_client.get(f"/admin/runs/{run.folder.name}/files/model.onnx")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "file",
    ["run.json", "stop", "../current", "..%2Fcurrent", "%2e%2e%2fcurrent", "secret", "/etc/passwd"],
)
def test_nothing_else_of_a_folder_can_be_fetched(
    viewer_client: SignedInClient, models: Path, file: str
) -> None:
    run = make_run(models)
    (models / "current").write_text(run.folder.name)
    (run.folder / "secret").write_text("not under the checksums")
    (run.folder / "stop").touch()

    answer = viewer_client.get(f"/admin/runs/{run.folder.name}/files/{file}")

    assert answer.status_code in {404, 308}


@pytest.mark.parametrize("name", ["../outside", "/etc/hostname", "a/../../outside", "link"])
def test_a_name_among_the_checksums_cannot_lead_out_of_the_run(
    viewer_client: SignedInClient, models: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "outside").write_text("secret")
    run = make_run(models)
    (run.folder / "link").symlink_to(tmp_path / "outside")
    run.update(files={name: "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"})

    page = viewer_client.get(f"/admin/runs/{run.folder.name}")
    answer = viewer_client.get(f"/admin/runs/{run.folder.name}/files/{name}")

    assert page.status_code == 200
    assert b"secret" not in answer.data
    assert answer.status_code in {404, 308}


def test_what_a_job_has_made_can_be_fetched(
    app: APIFlask, viewer_client: SignedInClient, models: Path
) -> None:
    name = make_run(models).folder.name
    reports = app.extensions["net"].configuration.instance_folder / "reports" / name
    reports.mkdir(parents=True)
    (reports / "report.html").write_text("<p>a report</p>")

    report = viewer_client.get(f"/admin/runs/{name}/made/report", buffered=True)
    missing = viewer_client.get(f"/admin/runs/{name}/made/h5")
    unknown = viewer_client.get(f"/admin/runs/{name}/made/..")

    assert report.text == "<p>a report</p>"
    assert report.headers["Content-Disposition"].startswith("attachment")
    assert missing.status_code == unknown.status_code == 404
