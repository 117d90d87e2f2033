"""Accepted corrections become a file that the trainer reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from click.testing import Result
from flask.testing import FlaskClient

from tests.webapp.corrections.conftest import SEVEN, Correct
from trainer.data.own import load_own


@pytest.fixture
def reviewed(correct: Correct, operator_client: FlaskClient) -> None:
    """A 7, a number and no digit that are accepted, a 1 that is rejected, a 2 that waits."""
    accepted = [correct(label=label)["id"] for label in ("7", "42", "")]
    rejected = [correct(label="1")["id"]]
    correct(label="2")
    operator_client.post("/admin/corrections/accept", data={"id": accepted})
    operator_client.post("/admin/corrections/reject", data={"id": rejected})


def export(app: APIFlask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["corrections", "export", *map(str, arguments)])


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.usefixtures("reviewed")
@pytest.mark.parametrize("name", ["mine.jsonl", "mine.jsonl.gz"])
def test_the_trainer_reads_what_was_exported(app: APIFlask, tmp_path: Path, name: str) -> None:
    answer = export(app, tmp_path / name)

    assert answer.output == f"Wrote 1 corrections to {tmp_path / name}.\n"
    (drawing,) = load_own(tmp_path / name).drawings
    assert (drawing.label, drawing.source, drawing.writer) == (7, "corrections", "mine")
    assert drawing.strokes[0].tolist() == [
        list(point) for point in zip(SEVEN[0]["x"], SEVEN[0]["y"], strict=True)
    ]


@pytest.mark.usefixtures("reviewed")
@pytest.mark.parametrize(
    ("options", "labels"),
    [
        ([], ["7"]),
        (["--all-labels"], ["", "42", "7"]),
        (["--unreviewed"], ["2", "7"]),
        (["--all-labels", "--unreviewed"], ["", "2", "42", "7"]),
    ],
)
def test_what_was_rejected_is_never_exported(
    app: APIFlask, tmp_path: Path, options: list[str], labels: list[str]
) -> None:
    export(app, tmp_path / "mine.jsonl", *options)

    assert sorted(row["label"] for row in rows(tmp_path / "mine.jsonl")) == labels


@pytest.mark.usefixtures("reviewed")
def test_a_row_says_what_was_answered_and_nobody_s_name(app: APIFlask, tmp_path: Path) -> None:
    export(app, tmp_path / "mine.jsonl")

    (row,) = rows(tmp_path / "mine.jsonl")
    assert (row["answer"], row["run"]) == ("1", "20261120T231500Z-ink")
    assert not {"writer", "token", "token_hash", "reviewed_by", "prediction"} & set(row)


def test_a_row_says_whether_it_was_practised(
    app: APIFlask, tmp_path: Path, correct: Correct
) -> None:
    correct(label="1")
    correct(label="2", origin="practice")

    export(app, tmp_path / "mine.jsonl", "--unreviewed")

    origins = {row["label"]: row["origin"] for row in rows(tmp_path / "mine.jsonl")}
    assert origins == {"1": "correction", "2": "practice"}


def test_more_than_one_page_of_the_database_is_exported(
    app: APIFlask, tmp_path: Path, correct: Correct, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.corrections.finding._BATCH", 2)
    for label in "01234":
        correct(label=label)

    export(app, tmp_path / "mine.jsonl", "--unreviewed")

    assert sorted(row["label"] for row in rows(tmp_path / "mine.jsonl")) == list("01234")


@pytest.mark.parametrize("name", ["mine.csv", "nowhere/mine.jsonl"])
def test_what_cannot_be_written_is_said_in_words_and_leaves_nothing(
    app: APIFlask, tmp_path: Path, name: str
) -> None:
    answer = export(app, tmp_path / name)

    assert answer.exit_code != 0
    assert "jsonl" in answer.output
    assert "Traceback" not in answer.output
    assert not (tmp_path / name).exists()
    assert not list(tmp_path.glob(".mine*"))


def test_a_file_that_was_there_stays_where_the_database_does_not_answer(
    admin_app: Any, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")
    (tmp_path / "mine.jsonl").write_text("before\n")
    app = admin_app(NET_DATABASE_URL=f"sqlite:///{tmp_path}/taken/net.sqlite3")

    answer = export(app, tmp_path / "mine.jsonl")

    assert answer.exit_code == 1
    assert "The database does not answer" in answer.output
    assert (tmp_path / "mine.jsonl").read_text() == "before\n"
    assert not list(tmp_path.glob(".mine*"))


@pytest.mark.usefixtures("reviewed")
def test_the_page_gives_the_same_lines_to_a_viewer(
    viewer_client: FlaskClient, app: APIFlask, tmp_path: Path
) -> None:
    export(app, tmp_path / "mine.jsonl")
    answer = viewer_client.get("/admin/corrections/corrections.jsonl")
    everything = viewer_client.get("/admin/corrections/corrections.jsonl?labels=all")

    assert answer.text == (tmp_path / "mine.jsonl").read_text("utf-8")
    assert answer.headers["Content-Disposition"].endswith('filename="corrections.jsonl"')
    assert len(everything.text.splitlines()) == 3
