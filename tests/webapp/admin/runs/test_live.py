from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask

from tests.webapp.admin.conftest import MakeApp, SignedInClient, signed_in
from tests.webapp.admin.runs.made_runs import add_epoch, make_run
from trainer.runs.state import held
from trainer.runs.training_log import TrainingLog
from webapp.accounts.users import require_user

SHORT = {"NET_REQUEST_SECONDS": 1}  # streams of half a second


@pytest.fixture
def app(admin_app: MakeApp, models: Path) -> APIFlask:
    return admin_app(**SHORT)


def told(text: str) -> list[tuple[str, str, Any]]:
    """Events of a stream: id, name and data."""
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if line != ":")
        if "event" in fields:
            found.append((fields.get("id", ""), fields["event"], json.loads(fields["data"])))
    return found


def test_a_stream_tells_the_epochs_so_far_and_the_progress(
    viewer_client: SignedInClient, models: Path
) -> None:
    progress = {"network": "model", "epoch": 4, "epochs": 9, "step": 2, "steps": 7, "loss": 0.5,
                "seconds_left": 61.0, "last_epoch": None}  # fmt: skip
    run = make_run(models, status="running", progress=progress)

    with held(run.folder):
        answer = viewer_client.get(f"/admin/runs/{run.folder.name}/events", buffered=True)

    assert answer.mimetype == "text/event-stream"
    (number, _, epochs), (_, name, state) = told(answer.text)
    assert number == "3"
    assert [epoch["epoch"] for epoch in epochs["epochs"]] == [1, 2, 3]
    assert (name, state["status"], state["share"]) == ("progress", "running", (3 * 7 + 2) / (9 * 7))
    assert state["words"].startswith("Main network: epoch 4 of 9, batch 2 of 7; loss so far 0.5")


def test_a_reader_that_comes_again_is_told_only_what_is_new(
    viewer_client: SignedInClient, models: Path
) -> None:
    run = make_run(models, status="running")
    address = f"/admin/runs/{run.folder.name}/events?after=1"

    with held(run.folder):
        add_epoch(run.folder, 4)
        answer = viewer_client.get(address, headers={"Last-Event-ID": "3"}, buffered=True)

    number, name, news = told(answer.text)[0]
    assert (number, name) == ("4", "epochs")
    assert [epoch["epoch"] for epoch in news["epochs"]] == [4]
    assert not news["is_anew"]


def test_a_log_that_was_cut_is_told_anew(viewer_client: SignedInClient, models: Path) -> None:
    run = make_run(models, status="running", epochs=5)
    TrainingLog.of_run(run.folder).keep(2)

    with held(run.folder):
        answer = viewer_client.get(f"/admin/runs/{run.folder.name}/progress.json?after=5")

    assert answer.json["is_anew"]
    assert [epoch["epoch"] for epoch in answer.json["epochs"]] == [1, 2]


def test_a_run_at_its_end_says_so_and_the_stream_is_over(
    viewer_client: SignedInClient, models: Path
) -> None:
    run = make_run(models, status="stopped")

    answer = viewer_client.get(f"/admin/runs/{run.folder.name}/events?after=3")

    assert [(name, news["status"]) for _, name, news in told(answer.text)] == [("over", "stopped")]


def test_a_training_whose_process_was_killed_is_over_with_its_reason(
    viewer_client: SignedInClient, models: Path
) -> None:
    run = make_run(models, status="running")

    answer = viewer_client.get(f"/admin/runs/{run.folder.name}/events")

    _, name, news = told(answer.text)[-1]
    assert (name, news["status"]) == ("over", "failed")
    assert "is gone" in news["reason"]


@pytest.mark.parametrize("end", ["remove", "sign-out"])
def test_whoever_is_put_out_is_told_nothing_more(
    admin_app: MakeApp, models: Path, end: str
) -> None:
    app = admin_app(NET_REQUEST_SECONDS=60)
    client = signed_in(app, "viewer", "an")
    operator = signed_in(app, "operator")
    with app.extensions["net"].database.session() as session:
        user = require_user(session, "an").id
    run = make_run(models, status="running")

    with held(run.folder):
        lines = iter(client.get(f"/admin/runs/{run.folder.name}/events", buffered=False).response)
        before = [next(lines) for _ in range(3)]
        assert operator.post(f"/admin/people/{user}/{end}").status_code == 303
        add_epoch(run.folder, 4)
        after = b"".join(lines).decode()

    assert b"event: progress" in b"".join(before)
    assert [(name, news["status"]) for _, name, news in told(after)] == [("over", "signed_out")]


def test_half_a_line_of_the_log_waits_until_it_is_whole(
    viewer_client: SignedInClient, models: Path
) -> None:
    run = make_run(models, status="running")
    log = run.folder / "training_log.csv"
    with log.open("a") as file:
        file.write("4,0.1,0.9")

    with held(run.folder):
        answer = viewer_client.get(f"/admin/runs/{run.folder.name}/progress.json")

    assert answer.json["count"] == 3


def test_streams_never_take_all_threads_of_a_worker(admin_app: MakeApp, models: Path) -> None:
    client = signed_in(admin_app(NET_THREADS=4), "viewer")
    run = make_run(models, status="running")
    address = f"/admin/runs/{run.folder.name}/events"

    with held(run.folder):
        first = client.get(address, buffered=False)
        refused = client.get(address)
        first.close()
        after = client.get(address, buffered=False)
        after.close()

    assert (first.status_code, refused.status_code, after.status_code) == (200, 503, 200)
    assert refused.headers["Retry-After"]


def test_nonsense_as_the_last_event_means_none(viewer_client: SignedInClient, models: Path) -> None:
    run = make_run(models, status="stopped")

    for given in ("-1", "x", "٣", "9" * 99):
        answer = viewer_client.get(
            f"/admin/runs/{run.folder.name}/events", headers={"Last-Event-ID": given}
        )
        assert answer.status_code == 200
        assert told(answer.text)[0][2]["count"] == 3
