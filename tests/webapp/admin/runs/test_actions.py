from __future__ import annotations

import re
from pathlib import Path

import pytest
from apiflask import APIFlask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from tests.webapp.admin.conftest import SignedInClient
from tests.webapp.admin.runs.made_runs import make_run
from trainer.command_line import _parser
from trainer.runs.state import STOP_FILE, held
from webapp.audit.tables import AuditLine
from webapp.jobs.kinds import KINDS, command_line, place_of


def actions(app: APIFlask) -> list[tuple[str, str, str]]:
    """Who did what to which run, as the audit log has it."""
    with app.extensions["net"].database.session() as session:
        lines = session.scalars(select(AuditLine).order_by(AuditLine.id))
        return [(line.person, line.action, line.subject) for line in lines]


def test_a_training_is_asked_to_stop(
    app: APIFlask, operator_client: SignedInClient, models: Path
) -> None:
    run = make_run(models, status="running")
    with held(run.folder):
        answer = operator_client.post(f"/admin/runs/{run.folder.name}/stop", follow_redirects=True)

    assert "it finishes its batch and is then measured" in answer.text
    assert (run.folder / STOP_FILE).exists()
    assert actions(app) == [("operator", "run.stop", run.folder.name)]


def test_nothing_is_stopped_where_nothing_trains(
    app: APIFlask, operator_client: SignedInClient, models: Path
) -> None:
    run = make_run(models)

    answer = operator_client.post(f"/admin/runs/{run.folder.name}/stop", follow_redirects=True)

    assert "there is nothing to stop" in answer.text
    assert not (run.folder / STOP_FILE).exists()
    assert actions(app) == []


def test_a_stopped_run_is_queued_to_go_on_and_taken_out_of_the_queue_again(
    app: APIFlask, operator_client: SignedInClient, models: Path
) -> None:
    name = make_run(models, status="stopped").folder.name
    jobs = app.extensions["net"].jobs

    resumed = operator_client.post(f"/admin/runs/{name}/resume", follow_redirects=True)
    again = operator_client.post(f"/admin/runs/{name}/resume", follow_redirects=True)
    cancelled = operator_client.post(f"/admin/runs/{name}/stop", follow_redirects=True)

    assert f"{name} was cancelled." in cancelled.text
    assert "finishes its batch" not in cancelled.text
    assert cancelled.request.path == f"/admin/runs/{name}"
    assert "is queued and continues after its last finished epoch" in resumed.text
    assert "is being trained already, or waits for it" in again.text
    assert [(job.kind, job.state) for job in jobs.of_run(name)] == [("resume", "stopped")]
    assert (models / name).is_dir()


def test_a_finished_run_cannot_go_on(operator_client: SignedInClient, models: Path) -> None:
    name = make_run(models).folder.name

    answer = operator_client.post(f"/admin/runs/{name}/resume", follow_redirects=True)

    assert "has come to its end" in answer.text
    assert "/resume" not in operator_client.get(f"/admin/runs/{name}").text


def test_a_run_is_removed_when_its_name_is_confirmed(
    app: APIFlask, operator_client: SignedInClient, models: Path
) -> None:
    run = make_run(models)
    address = f"/admin/runs/{run.folder.name}/remove"

    operator_client.post(address)
    is_left = run.folder.is_dir()
    answer = operator_client.post(
        address, data={"confirmed": run.folder.name}, follow_redirects=True
    )

    assert is_left
    assert not run.folder.exists()
    assert "was removed" in answer.text
    assert actions(app) == [("operator", "run.remove", run.folder.name)]


def test_the_served_run_and_one_that_trains_are_never_removed(
    operator_client: SignedInClient, models: Path
) -> None:
    served, training = make_run(models), make_run(models, status="running")
    (models / "current").write_text(served.folder.name)

    with held(training.folder):
        for run, reason in (
            (served, f"{served.folder.name} đang phục vụ; hãy đưa lượt khác vào phục vụ trước"),
            (training, f"{training.folder.name} đang được huấn luyện (running); hãy dừng trước"),
        ):
            answer = operator_client.post(
                f"/admin/runs/{run.folder.name}/remove",
                data={"confirmed": run.folder.name},
                headers={"Accept-Language": "vi"},
                follow_redirects=True,
            )
            assert reason in answer.text

    assert served.folder.is_dir()
    assert training.folder.is_dir()


def test_a_broken_folder_can_be_removed(operator_client: SignedInClient, models: Path) -> None:
    (models / "20260101T000000Z-torn").mkdir()

    operator_client.post(
        "/admin/runs/20260101T000000Z-torn/remove", data={"confirmed": "20260101T000000Z-torn"}
    )

    assert not (models / "20260101T000000Z-torn").exists()


@pytest.mark.parametrize(("key", "kind"), [("h5", "export"), ("report", "report")])
def test_an_export_and_the_report_are_made_as_jobs(
    app: APIFlask, operator_client: SignedInClient, models: Path, key: str, kind: str
) -> None:
    name = make_run(models).folder.name

    answer = operator_client.post(f"/admin/runs/{name}/made/{key}", follow_redirects=True)

    [job] = app.extensions["net"].jobs.of_run(name)
    assert (job.kind, job.submitted_by) == (kind, "operator")
    assert ": waiting" in answer.text


@pytest.mark.parametrize("path", ["runs/{0}/made/h5", "runs/{0}/made/report", "runs/compare",
                                  "data/fetch"])  # fmt: skip
def test_what_is_asked_for_twice_is_done_once_until_it_is_over(
    app: APIFlask, operator_client: SignedInClient, models: Path, path: str
) -> None:
    first, second = make_run(models).folder.name, make_run(models).folder.name
    address, jobs = f"/admin/{path.format(first)}", app.extensions["net"].jobs

    for _ in range(2):
        operator_client.post(address, data={"run": [first, second]})
    (job,) = jobs.list()
    jobs.stop(job.id)
    operator_client.post(address, data={"run": [first, second]})

    assert len(jobs.list()) == 2


@pytest.mark.parametrize(("page", "path"), [
    ("runs/{0}", "runs/{0}/made/h5"), ("runs/{0}", "runs/{0}/resume"), ("data", "data/fetch"),
    ("runs/compare?run={0}&run={1}", "runs/compare"), ("training/jobs/1", "training/resume"),
])  # fmt: skip
def test_a_form_that_arrives_twice_gives_one_job_though_the_first_one_is_over(
    app: APIFlask, operator_client: SignedInClient, models: Path, page: str, path: str
) -> None:
    names = [make_run(models, status="stopped").folder.name for _ in range(2)]
    jobs = app.extensions["net"].jobs
    if page == "training/jobs/1":
        jobs.stop(jobs.submit("resume", {"run": names[0]}, "somebody").id)
    before = len(jobs.list())
    shown = operator_client.get(f"/admin/{page.format(*names)}").text
    form = shown.partition(f'action="/admin/{path.format(*names)}"')[2].partition("</form>")[0]
    fields = re.findall(r'name="(ticket|run)" value="([^"]+)"', form)

    for _ in range(2):
        operator_client.post(f"/admin/{path.format(*names)}", data=MultiDict(fields))
        jobs.stop(jobs.list()[0].id)

    assert len(jobs.list()) == before + 1


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_report_is_in_the_language_of_the_page_where_it_is_asked_for(
    app: APIFlask, operator_client: SignedInClient, models: Path, language: str
) -> None:
    name = make_run(models).folder.name

    operator_client.post(f"/admin/runs/{name}/made/report", headers={"Accept-Language": language})

    [job] = app.extensions["net"].jobs.of_run(name)
    place = place_of(app.extensions["net"].configuration)
    options = _parser().parse_args(command_line(KINDS["report"], job.arguments, place)[3:])
    assert (options.name, options.language) == (name, language)


def test_a_report_that_an_older_release_queued_is_english(app: APIFlask, models: Path) -> None:
    name = make_run(models).folder.name
    place = place_of(app.extensions["net"].configuration)

    command = command_line(KINDS["report"], {"run": name}, place)

    assert _parser().parse_args(command[3:]).language == "en"


@pytest.mark.parametrize("action", ["stop", "resume", "remove", "made/h5", "made/report"])
def test_a_viewer_may_do_nothing(
    app: APIFlask, viewer_client: SignedInClient, models: Path, action: str
) -> None:
    name = make_run(models, status="stopped").folder.name

    answer = viewer_client.post(f"/admin/runs/{name}/{action}", data={"confirmed": name})

    assert answer.status_code == 403
    assert (models / name).is_dir()
    assert actions(app) == []
    assert not app.extensions["net"].jobs.of_run(name)


def test_a_form_without_its_token_changes_nothing(
    operator_client: SignedInClient, models: Path
) -> None:
    name = make_run(models).folder.name

    answer = operator_client.post(
        f"/admin/runs/{name}/remove", data={"confirmed": name}, headers={"X-CSRFToken": "forged"}
    )

    assert answer.status_code == 400
    assert (models / name).is_dir()
