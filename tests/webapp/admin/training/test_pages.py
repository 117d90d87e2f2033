"""The pages about jobs: who sees what, what a form gives, what is said when nothing can be done."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.run_details import change_details
from tests.webapp.admin.conftest import SignedInClient
from webapp.audit.tables import AuditLine
from webapp.jobs import claims
from webapp.jobs.book import JobBook
from webapp.jobs.outcome import Outcome
from webapp.jobs.tables import END, END_AT_ONCE, Job, Worker

PAGE = "/admin/training"


@pytest.fixture
def book(app: APIFlask) -> JobBook:
    return app.extensions["net"].jobs  # type: ignore[no-any-return]


@pytest.fixture
def models(app: APIFlask) -> Path:
    return app.extensions["net"].configuration.models_folder  # type: ignore[no-any-return]


def _queue(client: FlaskClient, **settings: object) -> Job:
    answer = client.post(PAGE, data={"recipe": "dense-512", **settings})
    assert answer.status_code == 303, answer.text
    number = int(answer.headers["Location"].rsplit("/", 1)[1])
    found = client.application.extensions["net"].jobs.find(number)
    assert found is not None
    return found  # type: ignore[no-any-return]


def _end(app: APIFlask, job: Job, outcome: Outcome) -> None:
    with app.extensions["net"].database.session() as session:
        claims.claim(session, job.id, "here:1:a")
        claims.finish(session, job.id, "here:1:a", outcome)


def _worker_lives(app: APIFlask, can_train: bool = True) -> None:
    with app.extensions["net"].database.session() as session:
        claims.enrol(session, Worker(id="here:1:a", host="here", pid=1, can_train=can_train))


def test_an_empty_queue_says_what_to_do(operator_client: SignedInClient) -> None:
    page = operator_client.get(PAGE).text

    assert "No job is running or waiting." in page
    assert f'href="{PAGE}/new"' in page


def test_a_queue_without_a_worker_says_how_to_start_one(
    operator_client: SignedInClient, app: APIFlask
) -> None:
    without = operator_client.get(PAGE).text
    _worker_lives(app)
    with_one = operator_client.get(PAGE).text

    assert "No worker is running" in without
    assert "make worker" in without
    assert "No worker is running" not in with_one
    assert "1 worker" in with_one


def test_a_worker_without_tensorflow_is_told_of(
    operator_client: SignedInClient, app: APIFlask
) -> None:
    _worker_lives(app, can_train=False)

    assert "No running worker can train." in operator_client.get(PAGE).text


def test_the_form_has_every_setting_of_the_recipe_with_its_limits(
    operator_client: SignedInClient,
) -> None:
    page = operator_client.get(f"{PAGE}/new?recipe=dense-512").text

    names = re.findall(r'id="set-(\w+)"', page)
    assert set(names) == {
        "seed", "validation_images", "training_images", "averaging", "precision", "epochs",
        "batch_size", "units", "learning_rate",
    }  # fmt: skip
    assert "from 0.0000001 to 1; default: 0.001" in page
    assert "<option selected>float32</option>" in page


@pytest.mark.parametrize(
    ("recipe", "preset", "values"),
    [
        ("dense-512", "try", {"epochs": "2", "training_images": "4000"}),
        ("ink", "try", {"epochs": "2", "samples_per_epoch": "4000", "site_epochs": "0"}),
        ("ink", "full", {"epochs": "16", "site_epochs": "3"}),
    ],
)
def test_the_form_offers_trainings_of_three_lengths_with_the_time_they_take(
    operator_client: SignedInClient, recipe: str, preset: str, values: dict[str, str]
) -> None:
    first = operator_client.get(f"{PAGE}/new?recipe={recipe}").text
    chosen = operator_client.get(f"{PAGE}/new?recipe={recipe}&preset={preset}").text

    assert f'href="/admin/training/new?recipe={recipe}&amp;preset={preset}"' in first
    assert len(re.findall(r"\(about \d+ (?:min|h) on this machine\)", first)) == 3
    assert f'preset={preset}" aria-current="true"' in chosen
    for name, value in values.items():
        assert f'name="{name}" value="{value}"' in chosen


def test_a_training_is_queued_with_the_settings_that_were_changed(
    operator_client: SignedInClient, models: Path
) -> None:
    job = _queue(operator_client, epochs="3", learning_rate="0,002", units="")

    details = json.loads((models / str(job.run) / "run.json").read_text())
    assert job.arguments == {
        "recipe": "dense-512", "settings": {"epochs": "3", "learning_rate": "0.002"}
    }  # fmt: skip
    assert details["settings"]["epochs"] == 3
    assert details["settings"]["learning_rate"] == 0.002
    assert details["settings"]["units"] == 512
    assert job.submitted_by == "operator"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("epochs", "0", "epochs must be a whole number, from 1 to 1000."),
        ("epochs", "1.5", "epochs must be a whole number, from 1 to 1000."),
        ("learning_rate", "fast", "learning_rate must be a number, from 0.0000001 to 1."),
        ("precision", "half", "precision must be one of: auto, float32, mixed_bfloat16."),
        ("units", '"><script>', "units must be a whole number, from 1 to 8192."),
    ],
)
def test_a_value_that_cannot_be_is_named_and_kept(
    operator_client: SignedInClient, book: JobBook, name: str, text: str, sentence: str
) -> None:
    answer = operator_client.post(
        PAGE, data={"recipe": "dense-512", "batch_size": "77", name: text}
    )

    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2
    assert f'<a href="#set-{name}">' in answer.text
    assert 'value="77"' in answer.text
    assert "<script>alert" not in answer.text
    assert book.count() == 0


def test_the_form_can_begin_with_the_settings_of_an_earlier_job_or_run(
    operator_client: SignedInClient,
) -> None:
    job = _queue(operator_client, epochs="321")

    for address in (f"{PAGE}/new?job={job.id}", f"{PAGE}/new?run={job.run}"):
        page = operator_client.get(address).text
        assert "2. Settings of dense-512" in page
        assert 'name="epochs" value="321"' in page


@pytest.mark.parametrize(
    "address", ["new?recipe=inc", "new?preset=quick", "new?run=../outside", "new?job=4711",
                "jobs/4711", "jobs/4711/news", "jobs/4711/log.txt"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(operator_client: SignedInClient, address: str) -> None:
    assert operator_client.get(f"{PAGE}/{address}").status_code == 404


@pytest.mark.parametrize("change", [{"settings": [1]}, {"added": None}, {"recipe": ["ink"]}])
def test_a_run_whose_details_make_no_sense_gives_no_form_and_no_error(
    operator_client: SignedInClient, models: Path, change: dict[str, object]
) -> None:
    job = _queue(operator_client)
    change_details(models / str(job.run), **change)

    assert operator_client.get(f"{PAGE}/new?run={job.run}").status_code == 404


def test_a_models_folder_that_cannot_be_written_to_is_named_and_nothing_is_queued(
    operator_client: SignedInClient, models: Path, book: JobBook
) -> None:
    models.rmdir()
    models.touch()

    page = operator_client.post(PAGE, data={"recipe": "dense-512"}, follow_redirects=True).text

    assert f"This cannot be done: {models} cannot be written to: " in page
    assert book.list() == []


def test_a_viewer_sees_and_changes_nothing(
    viewer_client: SignedInClient, operator_client: SignedInClient, book: JobBook
) -> None:
    job = _queue(operator_client)

    answers = [
        viewer_client.post(PAGE, data={"recipe": "dense-512"}),
        viewer_client.post(f"{PAGE}/jobs/{job.id}/stop"),
        viewer_client.post(f"{PAGE}/resume", data={"run": job.run}),
    ]
    pages = [viewer_client.get(path).text for path in (PAGE, f"{PAGE}/jobs/{job.id}")]
    form = viewer_client.get(f"{PAGE}/new?recipe=dense-512").text

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert book.count() == 1
    assert all("Train dense-512" in page and "Cancel" not in page for page in pages)
    assert "Only operators can start a training." in form
    assert "Start training" not in form


def test_a_waiting_job_is_withdrawn(operator_client: SignedInClient, book: JobBook) -> None:
    job = _queue(operator_client)

    answer = operator_client.post(f"{PAGE}/jobs/{job.id}/stop", follow_redirects=True)

    assert "The job was cancelled." in answer.text
    assert "It was cancelled before it began." in answer.text
    found = book.find(job.id)
    assert found is not None
    assert found.state == "stopped"


def test_a_running_job_shows_how_far_it_is_and_can_be_stopped_then_ended(
    operator_client: SignedInClient, app: APIFlask, book: JobBook, models: Path
) -> None:
    job = _queue(operator_client)
    _worker_lives(app)
    with app.extensions["net"].database.session() as session:
        claims.claim(session, job.id, "here:1:a")
    path = models / str(job.run) / "run.json"
    progress = {"network": "model", "epoch": 2, "epochs": 4, "step": 5, "steps": 10,
                "loss": 0.1, "seconds_left": 75.0, "last_epoch": None}  # fmt: skip
    path.write_text(
        json.dumps({**json.loads(path.read_text()), "status": "running", "progress": progress})
    )

    page = operator_client.get(PAGE).text
    for _ in range(2):  # the second comes from a page on which it could only be stopped
        stopping = operator_client.post(f"{PAGE}/jobs/{job.id}/stop", follow_redirects=True).text
    wanted = _wanted(book, job)
    operator_client.post(f"{PAGE}/jobs/{job.id}/stop", data={"at_once": "yes"})

    assert (wanted, _wanted(book, job)) == (END, END_AT_ONCE)
    assert (
        "Main network: epoch 2 of 4, batch 5 of 10; loss so far 0.1; about 1 min 15 s left" in page
    )
    assert 'value="37.5"' in page
    assert ">Stop</button>" in page
    assert "The job was asked to end." in stopping
    assert re.search(r'name="at_once" value="yes"[^>]*>End at once</button>', stopping)
    assert "at_once" not in page


def _wanted(book: JobBook, job: Job) -> int:
    found = book.find(job.id)
    assert found
    return found.wanted


@pytest.mark.parametrize(
    ("outcome", "sentences"),
    [
        (Outcome("failed", 2, "refused", "mnist.npz is missing"),
         ["It could not be done.", "mnist.npz is missing"]),
        (Outcome("failed", -9, "killed", "SIGKILL"), ["killed by the system", "SIGKILL"]),
        (Outcome("failed", None, "lost"), ["The worker that ran it is gone"]),
    ],
)  # fmt: skip
def test_a_failed_job_says_why_and_can_be_gone_on_with(
    operator_client: SignedInClient, app: APIFlask, outcome: Outcome, sentences: list[str]
) -> None:
    job = _queue(operator_client)
    _end(app, job, outcome)

    page = operator_client.get(f"{PAGE}/jobs/{job.id}").text
    again = operator_client.post(f"{PAGE}/resume", data={"run": job.run}, follow_redirects=True)

    assert all(sentence in page for sentence in sentences)
    assert "Continue training" in page
    assert f"Continue {job.run}" in again.text


def test_a_run_that_waits_already_is_not_queued_again(
    operator_client: SignedInClient, book: JobBook
) -> None:
    job = _queue(operator_client)

    answer = operator_client.post(f"{PAGE}/resume", data={"run": job.run}, follow_redirects=True)

    assert f"{job.run} is being trained already, or waits for it." in answer.text
    assert book.count() == 1


def test_the_log_is_shown_and_read_on(operator_client: SignedInClient, book: JobBook) -> None:
    job = _queue(operator_client)
    empty = operator_client.get(f"{PAGE}/jobs/{job.id}").text
    log = book.log_path(job.id)
    log.parent.mkdir(parents=True)
    log.write_text("epoch 1 <b>\n")

    page = operator_client.get(f"{PAGE}/jobs/{job.id}").text
    news = operator_client.get(f"{PAGE}/jobs/{job.id}/news?from=6").json
    with operator_client.get(f"{PAGE}/jobs/{job.id}/log.txt") as download:
        text = download.text

    assert "The log is empty until the job begins." in empty
    assert "epoch 1 &lt;b&gt;" in page
    assert news["text"] == "1 <b>\n"
    assert (news["next"], news["is_over"], news["state"]) == (12, False, "waiting")
    assert text == "epoch 1 <b>\n"
    assert download.mimetype == "text/plain"
    assert "attachment" in download.headers["Content-Disposition"]


def test_many_jobs_are_cut_into_pages(operator_client: SignedInClient, app: APIFlask) -> None:
    for _ in range(27):
        job = app.extensions["net"].jobs.submit("fetch", {}, "operator")
        _end(app, job, Outcome("finished", 0))

    first, second = (operator_client.get(f"{PAGE}?page={number}").text for number in (1, 2))

    assert first.count("Fetch the data sets") > second.count("Fetch the data sets") > 0
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in operator_client.get(f"{PAGE}?page=99").text


def test_what_is_done_stands_in_the_audit_log(
    operator_client: SignedInClient, app: APIFlask
) -> None:
    job = _queue(operator_client, epochs="3")
    operator_client.post(f"{PAGE}/jobs/{job.id}/stop")

    with app.extensions["net"].database.reading() as session:
        lines = session.scalars(select(AuditLine).order_by(AuditLine.id)).all()

    assert [(line.person, line.action) for line in lines] == [
        ("operator", "job.submit"), ("operator", "job.stop")
    ]  # fmt: skip
    assert lines[0].details["settings"] == {"epochs": "3"}


@pytest.mark.parametrize("state", ["queued", "failed"])
def test_a_job_of_a_newer_release_is_shown_as_far_as_it_is_known(
    app: APIFlask, operator_client: SignedInClient, state: str
) -> None:
    job = _queue(operator_client)
    with app.extensions["net"].database.session() as session:
        session.execute(update(Job).values(kind="polish", reason="unknown", state=state))

    for path in ("", "/jobs/1"):
        assert "polish" in operator_client.get(PAGE + path).text
    assert operator_client.get(f"/admin/runs/{job.run}").status_code == 200
