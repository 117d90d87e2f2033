"""What runs read in accepted corrections: asked by a job, told beside the other figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from apiflask import APIFlask
from sqlalchemy import select, update

from tests.webapp.admin.conftest import SignedInClient
from tests.webapp.corrections.conftest import HELD_OUT, Arrive, Correct, arrive, correct
from webapp.accounts.tables import UserSession
from webapp.corrections.tables import CorrectionReading
from webapp.jobs.book import JobBook
from webapp.jobs.tables import Job
from webapp.storage.database import Database, DatabaseAwayError
from webapp.storage.tables import now

__all__ = ["arrive", "correct"]


@pytest.fixture
def client(app: APIFlask) -> SignedInClient:
    return app.test_client()  # type: ignore[return-value]


def readings_jobs(app: APIFlask, run: str) -> list[Job]:
    jobs = app.extensions["net"].jobs.of_run(run)
    return [job for job in jobs if job.kind == "readings"]


def ask(app: APIFlask, run: str) -> str:
    """What the worker does for such a job."""
    answer = app.test_cli_runner().invoke(args=["corrections", "ask", run])
    assert answer.exit_code == 0, answer.output
    return answer.output


def finish(app: APIFlask, run: str) -> None:
    with app.extensions["net"].database.session() as session:
        for job in session.scalars(select(Job).where(Job.run == run)):
            job.state = "finished"


def row(page: str) -> str:
    """The line of the held-out corrections in the table of figures, without its tags."""
    found = re.search(r"<th scope=\"row\">(Corrections, held out.*?)</tr>", page, re.DOTALL)
    return re.sub(r"<[^>]*>|\s+", " ", found[1]) if found else ""


def accept(operator: SignedInClient, *ids: str) -> None:
    operator.post("/admin/corrections/accept", data={"id": list(ids)})


def test_where_nothing_is_held_out_nothing_is_told_or_asked(
    app: APIFlask, viewer: SignedInClient, correct: Correct
) -> None:
    correct()

    assert row(viewer.get("/admin/runs/second").text) == ""
    assert readings_jobs(app, "second") == []


def test_a_run_is_asked_by_one_job_and_its_accuracy_told_and_kept_in_the_database(
    app: APIFlask, operator: SignedInClient, viewer: SignedInClient, correct: Correct,
    arrive: Arrive,
) -> None:  # fmt: skip
    arrive(HELD_OUT)
    accept(operator, *(correct(label=str(digit))["id"] for digit in range(10)))
    asked = [row(viewer.get("/admin/runs/second").text) for _ in range(2)]
    waiting = readings_jobs(app, "second")

    said = ask(app, "second")
    told = row(viewer.get("/admin/runs/second").text)

    assert all("the run is being asked" in line for line in asked)
    assert len(waiting) == 1
    assert said == "Asked second about 10 corrections.\n"
    assert re.search(r"\b(9|10) of 10\b", told)  # one drawing is one digit, or refused
    page = viewer.get("/admin/runs/compare?run=second&run=first").text
    assert re.search(r" (0\.00|10\.00) %.*–", row(page))  # the other run is not asked yet
    table = viewer.get("/admin/runs/second/tables/figures.csv").text
    assert re.search(
        r"^second,,corrections_held_out,0\.[01],.*,[01],10,,,\r?$", table, re.MULTILINE
    )
    with app.extensions["net"].database.reading() as session:
        assert len(session.scalars(select(CorrectionReading)).all()) == 10
    assert ask(app, "second") == "Asked second about 0 corrections.\n"


def test_the_figure_is_of_the_corrections_that_there_are_now(
    app: APIFlask, operator: SignedInClient, viewer: SignedInClient, correct: Correct,
    arrive: Arrive, client: SignedInClient,
) -> None:  # fmt: skip
    arrive(HELD_OUT)
    given = [correct(label=str(digit)) for digit in range(3)]
    accept(operator, *(one["id"] for one in given))
    viewer.get("/admin/runs/second")
    ask(app, "second")
    finish(app, "second")

    token = {"Authorization": f"Bearer {given[0]['token']}"}
    client.delete(f"/api/v1/corrections/{given[0]['id']}", headers=token)
    operator.post("/admin/corrections/reject", data={"id": given[1]["id"]})
    fewer = row(viewer.get("/admin/runs/second").text)
    accept(operator, correct(label="7")["id"])
    anew = row(viewer.get("/admin/runs/second").text)

    assert "of 1" in fewer
    assert "being asked" not in fewer
    assert "being asked" in anew
    with app.extensions["net"].database.reading() as session:
        left = session.scalars(select(CorrectionReading.correction_id)).all()
    assert given[0]["id"] not in left
    assert len(readings_jobs(app, "second")) == 2


def test_a_run_that_is_not_there_is_refused_in_words(app: APIFlask) -> None:
    answer = app.test_cli_runner().invoke(args=["corrections", "ask", "nowhere"])

    assert answer.exit_code == 1
    assert "Traceback" not in answer.output


def read(app: APIFlask, run: str, answers: dict[str, str]) -> None:
    """Keep a run's answers, by the ids of the corrections."""
    with app.extensions["net"].database.session() as session:
        for correction_id, answer in answers.items():
            reading = CorrectionReading(run=run, correction_id=correction_id, answer=answer)
            session.add(reading)


def test_an_activation_says_how_many_corrections_are_read_right_now_and_were_before(
    app: APIFlask, operator: SignedInClient, viewer: SignedInClient, correct: Correct,
    arrive: Arrive,
) -> None:  # fmt: skip
    seven, one = (correct(label=label)["id"] for label in "71")
    arrive(HELD_OUT)
    two = correct(label="2")["id"]
    accept(operator, seven, one, two)
    operator.post("/admin/runs/first/describe", data={"display_name": "10A"})
    read(app, "first", {seven: "1", one: "1", two: "3"})
    read(app, "second", {seven: "7", one: "", two: "2"})

    page = viewer.get("/admin/releases/runs/second").text
    other = viewer.get("/admin/releases/runs/third").text

    assert (
        "This run reads 2 of the 3 accepted corrections right, the one before (first (10A)) 1."
        in (page)
    )
    assert "Of the 1 that were held out of training, this run reads 1 right, the one before 0" in (
        page
    )
    words = re.findall(r"<span>(.*?)</span>", page[page.index("changed-drawings") :])
    assert sorted(words[:2]) == [
        "✓ 2: read as 2, before as 3",
        "✓ 7: read as 7, before as 1",
    ]
    assert words[2] == "✗ 1: read as not a digit, before as 1"
    assert page.count("<path d=") >= 3
    assert "accepted corrections right" not in other


def test_after_an_activation_both_runs_are_asked(
    app: APIFlask, operator: SignedInClient, viewer: SignedInClient, correct: Correct
) -> None:
    accept(operator, correct()["id"])

    page = viewer.get("/admin/releases/runs/second").text
    for run in ("first", "second"):
        ask(app, run)
        finish(app, run)
    asked = viewer.get("/admin/releases/runs/second").text

    assert "This run and the one before are being asked" in page
    assert 'data-pending="yes"' in page
    assert len(readings_jobs(app, "first")) == len(readings_jobs(app, "second")) == 1
    assert 'data-pending="no"' in asked
    assert "None of them is held out of training" in asked


def test_two_who_look_at_a_run_at_once_have_it_asked_once(
    app: APIFlask, operator: SignedInClient, viewer: SignedInClient, correct: Correct,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    accept(operator, correct()["id"])

    with monkeypatch.context() as patched:  # neither sees the other's job
        patched.setattr(JobBook, "of_run", lambda book, run: [])
        for _ in range(2):
            viewer.get("/admin/runs/second")

    assert len(readings_jobs(app, "second")) == 1


def test_while_nothing_can_be_written_a_run_is_shown_all_the_same(
    app: APIFlask, operator: SignedInClient, viewer: SignedInClient, correct: Correct,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    accept(operator, correct()["id"])
    with app.extensions["net"].database.session() as session:
        session.add(Job(kind="fetch", queue="short", state="running", arguments={},
                        submitted_by="me", submitted_at=now()))  # fmt: skip
        session.execute(update(UserSession).values(last_seen_at=now() - timedelta(minutes=5)))

    @contextmanager
    def full(database: Database) -> Iterator[None]:
        raise DatabaseAwayError("database or disk is full")
        yield

    monkeypatch.setattr(Database, "session", full)

    assert viewer.get("/admin/runs/second").status_code == 200
    assert viewer.get("/admin/runs/compare?run=second&run=first").status_code == 200
