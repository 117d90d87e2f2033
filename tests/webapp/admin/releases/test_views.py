from __future__ import annotations

import re
from datetime import datetime, timezone
from pathlib import Path

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from recognizer.runs.pointer import read_current
from tests.run_details import change_details
from tests.webapp.admin.conftest import MakeApp, SignedInClient, signed_in
from tests.webapp.admin.releases.conftest import PASSED
from trainer.release.activation import activate_run
from trainer.release.history import Activation, append_activation, read_history
from webapp.activity.presence import Worker, describe
from webapp.audit.tables import AuditLine
from webapp.jobs.tables import Job
from webapp.storage.tables import now

RELEASES = "/admin/releases"
CHANGES = ["", "/runs/third/gates", "/runs/third/activate"]


def _audited(app: APIFlask) -> list[tuple[str, str, str]]:
    with app.extensions["net"].database.reading() as session:
        return [
            (line.person, line.action, line.subject) for line in session.scalars(select(AuditLine))
        ]


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_tells_what_is_served_since_when_and_by_whom(operator: SignedInClient) -> None:
    page = _text(operator.get(RELEASES).text)

    assert "Served now second" in page
    assert "by lan" in page
    assert "1 of 1 checks passed" in page
    assert "Serves first again" in page


def test_only_runs_with_a_network_are_offered(operator: SignedInClient) -> None:
    page = operator.get(RELEASES).text

    assert f"{RELEASES}/runs/third" in page
    assert f"{RELEASES}/runs/running" not in page


def test_an_empty_models_folder_says_what_to_do(admin_app: MakeApp) -> None:
    page = signed_in(admin_app(), "operator").get(RELEASES).text

    assert "No run is served." in page
    assert "There is no finished run yet. Start a training" in page
    assert "The history begins with the first activation." in page


def test_rolling_back_serves_the_run_before_at_once_and_is_written_down(
    app: APIFlask, operator: SignedInClient, models: Path
) -> None:
    data = {"run": "first", "reason": "it reads sevens as ones"}

    page = operator.post(RELEASES, data=data, follow_redirects=True)

    newest = read_history(models)[-1]
    assert read_current(models) == "first"
    assert (newest.action, newest.by, newest.reason) == (
        "rollback", "operator", "it reads sevens as ones",
    )  # fmt: skip
    assert "first is served again." in page.text
    assert ("operator", "run.roll_back", "first") in _audited(app)


def test_a_run_that_is_gone_is_passed_over_on_the_way_back(
    operator: SignedInClient, models: Path
) -> None:
    operator.post(RELEASES, data={"run": "first"})
    for name in ("second", "third"):
        (models / "current").write_text(name)
    change_details(models / "first", status="failed")

    answer = operator.post(RELEASES, follow_redirects=True)

    assert answer.status_code == 409
    assert "There is no earlier run to go back to that could still be served." in answer.text
    assert read_current(models) == "third"


def _promised(page: str) -> str:
    (run,) = re.findall(r'name="run" value="([^"]+)"', page)
    assert f"Yes, serve {run} again" in page
    return str(run)


def test_a_form_that_was_sent_twice_goes_one_run_back(
    operator: SignedInClient, models: Path
) -> None:
    activate_run(models, "third", [PASSED])
    data = {"run": _promised(operator.get(RELEASES).text)}

    answers = [operator.post(RELEASES, data=data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert read_current(models) == "second" == data["run"]
    assert "Nothing was changed: going back leads to first by now." in answers[1].text
    assert _promised(answers[1].text) == "first"


def test_what_can_be_followed_from_a_refusal_leads_to_a_page(operator: SignedInClient) -> None:
    refused = operator.post(RELEASES, data={"run": "another"})

    sorted_by = re.findall(r'href="([^"]+sort=[^"]+)"', refused.text)
    searched = re.findall(r'method="get" action="([^"]+)"', refused.text)
    assert refused.status_code == 409
    assert len(sorted_by) > 3
    for address in (*sorted_by, *searched):
        assert operator.get(address).status_code == 200, address


def test_where_the_promised_run_turns_out_to_be_damaged_the_next_one_is_offered(
    operator: SignedInClient, models: Path
) -> None:
    activate_run(models, "third", [PASSED])
    (models / "second" / "model.onnx").write_bytes(b"damaged")
    promised = _promised(operator.get(RELEASES).text)

    refused = operator.post(RELEASES, data={"run": promised})
    offered = _promised(refused.text)
    page = operator.post(RELEASES, data={"run": offered}, follow_redirects=True)

    assert (promised, refused.status_code, offered) == ("second", 409, "first")
    assert "first is served again." in page.text
    assert "second was passed over" in page.text
    assert read_current(models) == "first"


def test_a_run_that_only_the_store_has_is_offered_to_go_back_to(
    admin_app: MakeApp, models: Path
) -> None:
    (models / "first").rename(models.parent / "first")
    here = signed_in(admin_app(models), "operator").get(RELEASES).text
    followed = signed_in(admin_app(models, NET_MODELS_STORE="s3://bucket/net"), "operator")

    assert "There is no earlier run to go back to." in here
    assert _promised(followed.get(RELEASES).text) == "first"


@pytest.mark.parametrize("path", CHANGES)
def test_a_viewer_sees_everything_and_changes_nothing(
    viewer: SignedInClient, models: Path, path: str
) -> None:
    pages = [viewer.get(f"{RELEASES}{place}") for place in ("", "/history", "/runs/third", "/try")]

    refused = viewer.post(f"{RELEASES}{path}")

    assert [page.status_code for page in pages] == [200] * 4
    assert not any(f'method="post" action="{RELEASES}{path}"' in page.text for page in pages)
    assert refused.status_code == 403
    assert read_current(models) == "second"


@pytest.mark.parametrize("path", CHANGES)
def test_a_forged_form_changes_nothing(app: APIFlask, models: Path, path: str) -> None:
    operator = signed_in(app, "operator")

    refused = operator.post(f"{RELEASES}{path}", headers={"X-CSRFToken": "forged"})

    assert refused.status_code == 400
    assert read_current(models) == "second"


def test_asking_the_gates_and_activating_queue_a_job_each_in_the_person_s_name(
    app: APIFlask, operator: SignedInClient
) -> None:
    jobs = app.extensions["net"].jobs

    operator.post(f"{RELEASES}/runs/third/gates")
    (asked,) = jobs.list()
    jobs.stop(asked.id)
    operator.post(f"{RELEASES}/runs/third/activate", data={"reason": " the demo is tonight "})
    activation, _ = jobs.list()

    assert (asked.kind, asked.run, asked.submitted_by) == ("gates", "third", "operator")
    assert activation.kind == "activate"
    assert activation.arguments == {
        "run": "third", "force": "the demo is tonight", "by": "operator",
    }  # fmt: skip
    assert ("operator", "run.activation_asked", "third") in _audited(app)


def test_a_run_whose_gates_are_being_asked_is_not_asked_again(
    app: APIFlask, operator: SignedInClient
) -> None:
    for _ in range(3):
        operator.post(f"{RELEASES}/runs/third/gates")

    page = operator.get(f"{RELEASES}/runs/third").text
    assert len(app.extensions["net"].jobs.list()) == 1
    assert "The job waits for a worker." in page
    assert "No job worker runs at the moment." in page


@pytest.mark.parametrize(
    ("served", "at", "is_told"),
    [
        ("second", "2026-11-30T05:00:05Z", False),  # the checks ended 0.4 seconds later
        ("second", "2026-11-30T05:00:06Z", True),
        ("second", "2026-11-30T12:00:06+07:00", True),
        ("third", "2026-11-30T05:00:06Z", False),  # it is the one that was checked
        ("second", "yesterday", False),
    ],
)
def test_checks_are_out_of_date_once_another_run_has_been_served_since(
    app: APIFlask, operator: SignedInClient, models: Path, served: str, at: str, is_told: bool
) -> None:
    operator.post(f"{RELEASES}/runs/third/gates")
    with app.extensions["net"].database.session() as session:
        job = session.scalars(select(Job)).one()
        job.state, job.result = "finished", {"gates": [PASSED.as_json()]}
        job.finished_at = datetime(2026, 11, 30, 5, 0, 5, 400_000, timezone.utc)
    append_activation(models, Activation("activate", served, None, by="lan", at=at))

    page = operator.get(f"{RELEASES}/runs/third").text

    assert "Checked on" in page
    assert ("Another run has been served since" in page) == is_told


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "queued"}, "It is still being trained."),
        ({"status": "failed"}, "Its training failed"),
        ({"preprocessing_version": 99}, "It was trained on pictures drawn in another way"),
        ({"format": 99}, "Its run.json cannot be read."),
    ],
)
def test_a_run_that_cannot_be_served_says_why_and_has_no_buttons(
    app: APIFlask,
    operator: SignedInClient,
    models: Path,
    change: dict[str, object],
    sentence: str,
) -> None:
    change_details(models / "third", **change)

    page = operator.get(f"{RELEASES}/runs/third")
    operator.post(f"{RELEASES}/runs/third/activate")

    assert sentence in _text(page.text)
    assert "<form method" not in page.text.partition('id="release"')[2]
    assert list(app.extensions["net"].jobs.list()) == []


@pytest.mark.parametrize("name", ["absent", "..", "a b", "%2e%2e"])
def test_a_run_that_is_not_there_is_not_found(operator: SignedInClient, name: str) -> None:
    assert operator.get(f"{RELEASES}/runs/{name}").status_code == 404
    assert operator.post(f"{RELEASES}/runs/{name}/gates").status_code == 404


def test_the_page_tells_which_worker_serves_which_run(
    app: APIFlask, operator: SignedInClient
) -> None:
    with app.extensions["net"].database.session() as session:
        for pid, run, problem in [(101, "second", None), (102, "first", "second is broken")]:
            worker = Worker("a-host", pid, run, problem, 88_000_000, now(), now())
            describe(session, str(pid), worker)

    page = _text(operator.get(f"{RELEASES}/workers").text)

    assert "1 worker does not serve the current run yet." in page
    assert re.search(r"a-host 101 second .* 88 MB", page)
    assert re.search(r"a-host 102 first The current run cannot be served: second is broken", page)


def test_the_history_can_be_searched(operator: SignedInClient) -> None:
    found = operator.get(f"{RELEASES}/history?q=lan").text
    nothing = operator.get(f"{RELEASES}/history?q=nobody").text

    assert "activated" in found
    assert "Nothing of this kind has been activated here yet." in nothing
