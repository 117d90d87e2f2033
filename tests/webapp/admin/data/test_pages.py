"""The pages about the data, for those who see and those who may do something."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from recognizer.runs.folder import sha256
from tests.webapp.admin.conftest import MakeApp, signed_in
from tests.webapp.admin.data.conftest import SHOWN
from tests.webapp.admin.waiting import wait_until
from trainer.data.location import data_folder as real_folder
from webapp.audit.tables import AuditLine

DATA = "/admin/data"
MakeDataApp = Callable[..., APIFlask]
ROW = {"label": "7", "strokes": [{"x": [0, 10, 4], "y": [0, 0, 14]}]}


def _rows(*rows: Any) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def _text(page: str) -> str:
    without_data = re.sub(r"<script.*?</script>", " ", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", without_data)))


def _charts(page: str) -> list[dict[str, Any]]:
    blocks = re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(block) for block in blocks]


def _audited(app: APIFlask) -> list[tuple[str, str]]:
    with app.extensions["net"].database.reading() as session:
        return [(line.person, line.action) for line in session.scalars(select(AuditLine))]


@pytest.mark.usefixtures("trainer_is_here")
def test_the_first_visit_says_that_the_data_is_being_counted(app_with: MakeDataApp) -> None:
    client = signed_in(app_with(**{"mine.jsonl": _rows(ROW)}), "viewer")

    first = client.get(DATA).text
    counted = wait_until(lambda: client.get(DATA), SHOWN)

    assert "being counted for the first time" in first
    assert "mine" in counted
    assert "Your own" not in counted


def test_every_set_is_counted_by_class_site_writer_and_what_is_held_out(
    surveyed_app: APIFlask,
) -> None:
    page = signed_in(surveyed_app, "viewer").get(DATA).text

    text = _text(page)
    assert "mnist 500 10 – – –" in text
    assert "pendigits-train 90 10 3 1 30" in text
    assert "unipen-digits-train 120 10 4 1 30" in text
    assert "there 120 4 30–30 30" in text
    mnist, pendigits = _charts(page)[:2]
    # A training holds out 2,000 of MNIST's images to validate with, more than this one has.
    assert [series["name"] for series in mnist["series"]] == ["validation", "test"]
    assert [(series["name"], sum(series["y"])) for series in pendigits["series"]] == [
        ("for training", 60), ("held out", 30),
    ]  # fmt: skip
    assert pendigits["series"][0]["x"] == [str(digit) for digit in range(10)]


def test_licences_and_checksums_stand_with_each_set(
    surveyed_app: APIFlask, data_folder: Path
) -> None:
    viewer = signed_in(surveyed_app, "viewer")
    page = _text(viewer.get(DATA).text)

    vietnamese = _text(viewer.get(DATA, headers={"Accept-Language": "vi"}).text)
    assert re.search(r"mnist\.npz, \d+(,\d)? kB", vietnamese)
    assert "MNIST: Yann LeCun, Corinna Cortes, Christopher J. C. Burges; CC BY-SA 3.0" in page
    assert sha256(data_folder / "mnist.npz") in page
    assert sha256(data_folder / "unipen-upper-train.jsonl.gz") in page
    assert "not the file as it is published" in page


def test_sheets_of_samples_are_pictures_drawn_by_the_trainer(surveyed_app: APIFlask) -> None:
    client = signed_in(surveyed_app, "viewer")

    with client.get(f"{DATA}/sheets/pendigits-train.png") as sheet:
        content = sheet.data

    assert sheet.mimetype == "image/png"
    assert content.startswith(b"\x89PNG")
    assert f"{DATA}/sheets/pendigits-train.png?v=" in client.get(DATA).text


@pytest.mark.parametrize("name", ["absent", "..%2Fanswer", "%2e%2e/answer.json"])
def test_nothing_else_is_served_as_a_sheet(surveyed_app: APIFlask, name: str) -> None:
    assert signed_in(surveyed_app, "operator").get(f"{DATA}/sheets/{name}.png").status_code == 404


@pytest.mark.usefixtures("trainer_is_here")
def test_a_changed_file_is_counted_again_by_itself(app_with: MakeDataApp, tmp_path: Path) -> None:
    client = signed_in(app_with(**{"mine.jsonl": _rows(ROW)}), "viewer")
    wait_until(lambda: client.get(DATA), SHOWN)
    before = client.get(f"{DATA}/state").json

    (tmp_path / "data" / "mine.jsonl").write_text(_rows(ROW, {**ROW, "label": "1"}))
    meanwhile = client.get(DATA).text

    assert "It is being counted again." in meanwhile
    wait_until(lambda: client.get(DATA), '<td class="number">2</td>')
    assert client.get(f"{DATA}/state").json != before


@pytest.mark.parametrize(
    "path", ["7/monday/a.png", "MORE.JSONL", os.fsdecode(b"7/Windows \xe0.png")]
)
@pytest.mark.usefixtures("trainer_is_here")
def test_a_file_that_a_training_would_read_is_counted_wherever_it_comes(
    app_with: MakeDataApp, tmp_path: Path, path: str
) -> None:
    client = signed_in(app_with(**{"mine.jsonl": _rows(ROW)}), "viewer")
    wait_until(lambda: client.get(DATA), SHOWN)

    (tmp_path / "data" / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "data" / path).write_text(_rows(ROW))
    meanwhile = client.get(DATA).text

    assert "It is being counted again." in meanwhile
    wait_until(lambda: client.get(DATA), "counted on")


@pytest.mark.usefixtures("trainer_is_here")
def test_what_cannot_be_read_and_what_is_there_twice_is_said_in_words(
    app_with: MakeDataApp,
) -> None:
    mine = _rows(ROW, "{", {**ROW, "writer": "another"}, {**ROW, "label": "1"})
    client = signed_in(app_with(**{"mine.jsonl": mine}), "viewer")

    page = _text(wait_until(lambda: client.get(DATA), SHOWN))

    assert "1 row or file cannot be read" in page
    assert "mine.jsonl:2 is not a labelled drawing" in page
    assert "1 group of samples is exactly the same. 1 of them stand in several" in page
    assert "1 have different labels" in page
    assert f"{DATA}/sheets/mine.png" in client.get(DATA).text
    assert "mine.jsonl:1 = mine.jsonl:3 = mine.jsonl:4" in _text(
        client.get(f"{DATA}/duplicates?which=differing").text
    )
    assert "mine.jsonl:1" not in client.get(f"{DATA}/duplicates?q=nothing").text
    assert "mine.jsonl:2 is not" in client.get(f"{DATA}/unreadable").text


@pytest.mark.usefixtures("trainer_is_here")
def test_files_that_hold_no_data_set_are_told_in_the_trainers_words(app_with: MakeDataApp) -> None:
    client = signed_in(app_with(**{"notes.npz": "?"}), "viewer")

    page = wait_until(lambda: client.get(DATA), "could not be counted")

    assert "holds no data set: no mnist.npz or idx files" in page


def test_a_server_without_the_training_packages_says_so(
    app_with: MakeDataApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "matplotlib.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'matplotlib'\")"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "hidden"))
    client = signed_in(app_with(**{"mine.jsonl": _rows(ROW)}), "viewer")

    page = wait_until(lambda: client.get(DATA), "could not be counted")

    assert "install requirements.txt there" in page


def test_an_empty_folder_names_the_command_and_offers_operators_a_button(
    admin_app: MakeApp, tmp_path: Path
) -> None:
    app = admin_app(NET_DATA_DIR=tmp_path / "nowhere")

    operator, viewer = (signed_in(app, role).get(DATA).text for role in ("operator", "viewer"))

    for page in (operator, viewer):
        assert "There is no data yet" in page
        assert "python -m trainer data fetch" in page
    assert "Fetch what is missing" in operator
    assert "<button" not in viewer.partition('id="data"')[2].partition("</main>")[0]
    assert "An operator can fetch what is missing" in viewer


def test_an_operator_has_the_public_sets_fetched_by_a_worker(
    admin_app: MakeApp, tmp_path: Path
) -> None:
    app = admin_app(NET_DATA_DIR=tmp_path / "nowhere")
    client = signed_in(app, "operator")

    answer = client.post(f"{DATA}/fetch")

    assert answer.status_code == 303
    (job,) = app.extensions["net"].jobs.list()
    assert (job.kind, job.state, job.submitted_by) == ("fetch", "queued", "operator")
    assert ("operator", "data.fetch") in _audited(app)
    page = client.get(DATA).text
    assert f"A worker is to fetch what is missing: job {job.id}." in page
    assert "Fetch what is missing" not in page


@pytest.mark.usefixtures("trainer_is_here")
def test_an_operator_can_have_everything_counted_again(surveyed_app: APIFlask) -> None:
    client = signed_in(surveyed_app, "operator")
    before = client.get(DATA).text

    answer = client.post(f"{DATA}/survey", follow_redirects=True)

    assert "Count again" in before
    assert "It is being counted again." in answer.text
    assert ("operator", "data.survey") in _audited(surveyed_app)


@pytest.mark.parametrize("action", ["survey", "fetch"])
def test_a_viewer_changes_nothing(surveyed_app: APIFlask, action: str) -> None:
    viewer = signed_in(surveyed_app, "viewer")

    assert viewer.post(f"{DATA}/{action}").status_code == 403

    assert "Count again" not in viewer.get(DATA).text
    assert not surveyed_app.extensions["net"].jobs.list()


@pytest.mark.slow
def test_the_real_data_is_shown(admin_app: MakeApp, tmp_path: Path) -> None:
    for name in ("mnist.npz", "pendigits-train.jsonl.gz"):
        if not (real_folder() / name).is_file():
            pytest.skip("needs the real data sets: name their folder in NET_DATA_DIR")
        (tmp_path / name).symlink_to(real_folder().resolve() / name)
    client = signed_in(admin_app(NET_DATA_DIR=tmp_path), "viewer")

    page = _text(wait_until(lambda: client.get(DATA), SHOWN))

    assert "mnist 70,000 10" in page
    assert "pendigits-train 7,494 10 30 4 999" in page
