from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from apiflask import APIFlask

from tests.webapp.admin.conftest import SignedInClient
from tests.webapp.admin.runs.made_runs import make_run, metrics
from webapp.jobs.tables import FINISHED, Job
from webapp.storage.tables import now


def two_runs(models: Path) -> tuple[str, str]:
    """A run, and one with a higher accuracy and another learning rate."""
    first = make_run(models)
    second = make_run(models, epochs=5, metrics=metrics(0.999))
    second.update(settings={**second.details["settings"], "learning_rate": 0.5})
    return first.folder.name, second.folder.name


def test_two_runs_stand_side_by_side(viewer_client: SignedInClient, models: Path) -> None:
    first, second = two_runs(models)

    page = viewer_client.get(f"/admin/runs/compare?run={first}&run={second}").text

    assert page.index("99.56 %") < page.index("99.90 %")
    assert "99.36 – 99.76 %" in page
    differing = page.split('id="settings"')[1]
    assert "learning_rate" in differing
    assert ">seed<" not in differing
    charts = [json.loads(text) for text in re.findall(r'json">(.*?)</script>', page)]
    assert [one["name"] for one in charts[0]["series"]] == [first, second]
    assert [len(one["x"]) for one in charts[0]["series"]] == [3, 5]


def test_fewer_than_two_runs_are_told_what_to_do(viewer_client: SignedInClient) -> None:
    assert "Choose two runs or more" in viewer_client.get("/admin/runs/compare").text


def test_runs_that_do_not_fit_are_named(viewer_client: SignedInClient, models: Path) -> None:
    names = [make_run(models, status="queued").folder.name for _ in range(10)]

    query = "&".join(f"run={name}" for name in [*names, names[0]])
    page = viewer_client.get(f"/admin/runs/compare?{query}").text

    assert f"left out: {', '.join(names[8:])}" in page
    assert "have no network yet" in page


def test_the_difference_is_tested_by_a_job_and_its_answer_is_shown(
    app: APIFlask, operator_client: SignedInClient, models: Path
) -> None:
    first, second = two_runs(models)
    operator_client.post("/admin/runs/compare", data={"run": [first, second]})
    [job] = app.extensions["net"].jobs.list()
    address = f"/admin/runs/compare?run={first}&run={second}"
    waiting = operator_client.get(address).text
    state = f"/admin/runs/compare/{job.id}.json"
    was_over = operator_client.get(state).json["is_over"]

    finish(app, job.id, {"tests": [answer_of_the_test(first, second)]})
    page = operator_client.get(address).text

    assert job.arguments == {"runs": [first, second]}
    assert "Waiting for a worker" in waiting
    assert state in waiting
    assert not was_over
    assert operator_client.get(state).json["is_over"]
    assert f"better than {first}" in page
    assert "&lt; 0.001" in page


def test_an_answer_is_found_behind_any_number_of_other_jobs(
    app: APIFlask, operator_client: SignedInClient, models: Path
) -> None:
    first, second = two_runs(models)
    operator_client.post("/admin/runs/compare", data={"run": [first, second]})
    [job] = app.extensions["net"].jobs.list()
    finish(app, job.id, {"tests": [answer_of_the_test(first, second)]})
    other = {"kind": "fetch", "queue": "short", "arguments": {}, "submitted_by": "an"}
    with app.extensions["net"].database.session() as session:
        session.add_all(Job(**other, state=FINISHED, submitted_at=now()) for _ in range(250))

    address = f"/admin/runs/compare?run={first}&run={second}"
    page = operator_client.get(address, headers={"Accept-Language": "vi"}).text

    assert f"tốt hơn {first}" in page
    assert "&lt; 0,001" in page


def test_a_viewer_cannot_have_it_tested(
    app: APIFlask, viewer_client: SignedInClient, models: Path
) -> None:
    first, second = two_runs(models)

    answer = viewer_client.post("/admin/runs/compare", data={"run": [first, second]})

    assert answer.status_code == 403
    assert not app.extensions["net"].jobs.list()


def test_a_run_that_is_gone_is_refused_in_words(
    operator_client: SignedInClient, models: Path
) -> None:
    name = make_run(models).folder.name

    answer = operator_client.post(
        "/admin/runs/compare", data={"run": [name, "gone"]}, follow_redirects=True
    )

    assert "There is no run gone." in answer.text


def finish(app: APIFlask, job_id: int, result: Any) -> None:
    """As a worker does."""
    with app.extensions["net"].database.session() as session:
        job = session.get(Job, job_id)
        job.state, job.result = FINISHED, result


def answer_of_the_test(first: str, second: str) -> dict[str, Any]:
    """One of the tests of ``compare --json``."""
    return {"key": "mnist_test", "first": first, "second": second, "samples": 10000,
            "only_first": 3, "only_second": 40, "p": 1e-8, "p_adjusted": 1e-8,
            "is_shown": True, "verdict": "…"}  # fmt: skip
