"""What people call a run and say about it: kept, searched, and shown wherever the run is."""

from __future__ import annotations

from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.postgresql_server import PostgresqlServer
from tests.webapp.admin.conftest import MakeApp, SignedInClient, signed_in
from tests.webapp.admin.runs.made_runs import make_run
from webapp.audit.tables import AuditLine
from webapp.run_notes.tables import DISPLAY_NAME_LENGTH, NOTE_LENGTH

NAME, NOTE = "10A, Tuesday", "First lesson.\nToo few epochs."


def describe(
    client: FlaskClient, run: str, display_name: str = NAME, note: str = NOTE, status: int = 200
) -> str:
    answer = client.post(
        f"/admin/runs/{run}/describe",
        data={"display_name": display_name, "note": note},
        follow_redirects=True,
    )
    assert answer.status_code == status
    return answer.text


def audit(app: APIFlask) -> list[tuple[str, str, dict[str, object]]]:
    with app.extensions["net"].database.reading() as session:
        lines = session.scalars(select(AuditLine).order_by(AuditLine.id))
        return [(line.action, line.subject, line.details) for line in lines]


@pytest.fixture
def named_run(operator_client: SignedInClient, models: Path) -> str:
    """The name of a finished and served run that is called "10A, Tuesday"."""
    run = make_run(models).folder.name
    (models / "current").write_text(run)
    describe(operator_client, run)
    return run


def test_a_run_is_named_on_its_page_and_the_log_tells_who_did_it(
    app: APIFlask, operator_client: SignedInClient, models: Path
) -> None:
    run = make_run(models).folder.name

    page = describe(operator_client, run, "  10A,\r\n Tuesday\0 ", " First lesson.\r\nFine.\0 ")

    assert "The name and the note are saved." in page
    assert f'<h1>{run} <bdi class="display-name">{NAME}</bdi></h1>' in page
    assert "First lesson.\nFine.</p>" in page
    details = {"display_name": NAME, "note": "First lesson.\nFine."}
    assert audit(app) == [("run.describe", run, details)]
    assert {path.name for path in (models / run).iterdir()} >= {"run.json"}
    assert NAME not in (models / run / "run.json").read_text()


def test_the_name_stands_beside_the_run_s_own_on_every_page(
    app: APIFlask, operator_client: SignedInClient, models: Path, named_run: str
) -> None:
    other = make_run(models, epochs=2).folder.name
    job = app.extensions["net"].jobs.submit("report", {"run": named_run}, by="operator")
    runs = ("", f"/{named_run}", f"/compare?run={named_run}&run={other}")
    releases = ("", f"/runs/{named_run}", "/try")
    addresses = [
        "",
        *(f"/runs{rest}" for rest in runs),
        *(f"/releases{rest}" for rest in releases),
        "/training",
        f"/training/jobs/{job.id}",
        "/people/log",
    ]

    without = [
        address
        for address in addresses
        if f'{named_run} <bdi class="display-name">{NAME}</bdi>'
        not in (page := operator_client.get(f"/admin{address}").text)
        and f"{named_run} ({NAME})" not in page
    ]

    assert without == []


def test_the_name_is_the_legend_of_a_curve_and_the_note_a_line_of_a_comparison(
    operator_client: SignedInClient, models: Path, named_run: str
) -> None:
    other = make_run(models, epochs=2).folder.name

    page = operator_client.get(f"/admin/runs/compare?run={named_run}&run={other}").text

    assert f'"name": "{named_run} ({NAME})"' in page
    assert "Too few epochs." in page


def test_the_list_of_runs_is_searched_by_name_and_note(
    operator_client: SignedInClient, models: Path, named_run: str
) -> None:
    other = make_run(models).folder.name

    for query in ("tuesday", "10a few", "epochs."):
        page = operator_client.get("/admin/runs", query_string={"q": query}).text
        assert (named_run in page, other in page) == (True, False), query


def test_a_name_is_found_however_its_accents_are_written(
    operator_client: SignedInClient, models: Path
) -> None:
    run = make_run(models).folder.name
    describe(operator_client, run, "lo\u031b\u0301p 10A")  # "lớp", as a Mac may send it

    assert run in operator_client.get("/admin/runs", query_string={"q": "LỚP"}).text
    assert run in operator_client.get("/admin/runs", query_string={"q": "lo\u031b\u0301p"}).text


def test_what_is_written_is_never_markup(operator_client: SignedInClient, models: Path) -> None:
    run, other = make_run(models).folder.name, make_run(models).folder.name
    describe(operator_client, run, "<b>10A</b>", "</textarea><script>alert(1)</script>")

    for address in (f"/{run}", "", f"/compare?run={run}&run={other}"):
        page = operator_client.get(f"/admin/runs{address}").text
        assert "<b>10A" not in page
        assert "<script>alert" not in page
        assert "&lt;b&gt;10A" in page


def test_what_is_too_long_is_refused_whole_and_says_what(
    app: APIFlask, operator_client: SignedInClient, named_run: str
) -> None:
    long_name = describe(operator_client, named_run, "x" * (DISPLAY_NAME_LENGTH + 1), "")
    long_note = describe(operator_client, named_run, "", "x" * (NOTE_LENGTH + 1))

    assert "a name has at most 80 characters" in long_name
    assert "a note has at most 2000 characters" in long_note
    assert f">{NAME}</bdi>" in long_note
    assert len(audit(app)) == 1


def test_the_longest_name_and_note_fit(operator_client: SignedInClient, models: Path) -> None:
    run = make_run(models).folder.name

    # A line feed counts once, as in the page's form, which sends two characters for it.
    page = describe(operator_client, run, "ế" * DISPLAY_NAME_LENGTH, "\r\n".join("x" * 1000) + "y")

    assert "are saved" in page


def test_two_empty_fields_remove_name_and_note(
    operator_client: SignedInClient, named_run: str
) -> None:
    page = describe(operator_client, named_run, " ", "\r\n")

    assert 'class="display-name"' not in page
    assert "First lesson" not in page


def test_a_removed_run_takes_its_name_with_it(
    app: APIFlask, operator_client: SignedInClient, models: Path
) -> None:
    run = make_run(models).folder.name
    describe(operator_client, run)

    operator_client.post(f"/admin/runs/{run}/remove", data={"confirmed": run})

    (models / run).mkdir()
    assert "</bdi>" not in operator_client.get(f"/admin/runs/{run}").text


def test_only_operators_with_the_page_s_token_name_runs_that_there_are(
    operator_client: SignedInClient, viewer_client: SignedInClient, models: Path
) -> None:
    run = make_run(models).folder.name

    refused = describe(viewer_client, run, status=403)
    unknown = describe(operator_client, "20990101T000000Z-none", status=404)
    forged = operator_client.post(
        f"/admin/runs/{run}/describe", data={"display_name": NAME}, headers={"X-CSRFToken": "no"}
    )

    assert forged.status_code == 400
    assert NAME not in refused + unknown + viewer_client.get(f"/admin/runs/{run}").text
    assert "/describe" not in viewer_client.get(f"/admin/runs/{run}").text


def test_another_name_makes_the_page_another_version(
    operator_client: SignedInClient, named_run: str
) -> None:
    state = f"/admin/runs/{named_run}/state.json"
    before = operator_client.get(state).json

    describe(operator_client, named_run, "10B")

    assert operator_client.get(state).json != before


def test_names_are_kept_in_postgresql_too(
    admin_app: MakeApp, models: Path, postgresql_server: PostgresqlServer
) -> None:
    client = signed_in(
        admin_app(NET_DATABASE_URL=postgresql_server.migrated_database()), "operator"
    )
    run = make_run(models).folder.name

    describe(client, run, "first")
    page = describe(client, run, "10A\0")

    assert '<bdi class="display-name">10A</bdi>' in page
