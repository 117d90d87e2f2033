"""What the pages about studies show, to everybody who is signed in."""

from __future__ import annotations

import html
import json
import os
import re
import time
from pathlib import Path
from typing import Any

import optuna
import pytest
from apiflask import APIFlask

from tests.postgresql_server import PASSWORD, PostgresqlServer
from tests.webapp.admin.conftest import MakeApp, SignedInClient, signed_in
from tests.webapp.admin.studies.conftest import Search, search
from tests.webapp.admin.waiting import wait_until
from trainer.search.storage import Storage
from webapp.admin.studies.places import study_places

STUDIES = "/admin/studies"
FIRST = f"{STUDIES}/local/first"
SHOWN = 'id="study-charts"'
IN_THIS_PROCESS = pytest.mark.usefixtures("trainer_is_here")


def _text(page: str) -> str:
    without_data = re.sub(r"<script.*?</script>", " ", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", without_data)))


def _charts(page: str) -> dict[str, Any]:
    found = re.search(r'id="study-charts">(.*?)</script>', page, re.DOTALL)
    assert found
    charts: dict[str, Any] = json.loads(found[1])
    return charts


def _accuracies(page: str) -> list[str]:
    trials = page.partition('id="trials"')[2].partition("</section>")[0]
    return re.findall(r'number">([\d.]+) %', trials)


@IN_THIS_PROCESS
def test_without_a_study_the_page_says_how_to_begin_one(
    operator_client: SignedInClient, viewer_client: SignedInClient
) -> None:
    operator = wait_until(lambda: operator_client.get(STUDIES), "There is no search yet.")
    viewer = viewer_client.get(STUDIES).text

    assert "Begin one with the form below" in operator
    assert "Begin the search" in operator
    assert "An operator can begin one here" in viewer
    assert "Begin the search" not in viewer


@IN_THIS_PROCESS
def test_every_study_stands_in_the_list_with_what_it_has_come_to(
    viewer_client: SignedInClient, search_in_file: Search, folder: Path
) -> None:
    search_in_file(3, "first")
    search_in_file(1, "second")
    foreign = Storage.in_file(folder / "foreign" / "study.db")
    with foreign.alone():
        optuna.create_study(storage=foreign.opened(), study_name="foreign")
    foreign.close()

    page = wait_until(lambda: viewer_client.get(STUDIES), "second")

    assert re.search(r"first conv-tuned 3 : 3 complete 9\d\.\d\d % trial \d this machine",
                     _text(page))  # fmt: skip
    assert "second conv-tuned 1 : 1 complete" in _text(page)
    assert "foreign the study foreign was not begun by this command" in _text(page)
    assert f"{STUDIES}/local/foreign" not in page
    assert "first" not in viewer_client.get(f"{STUDIES}?q=second").text.partition('id="list"')[2]


def test_a_study_shows_its_best_trial_and_the_command_that_trains_it(
    searched_app: APIFlask,
) -> None:
    text = _text(signed_in(searched_app, "viewer").get(FIRST).text)

    assert re.search(r"6 complete; best: 9\d\.\d\d % of held-out data read right", text)
    assert "python -m trainer train conv-tuned --set seed=1" in text
    assert "dropout 0 to 0.6" in text
    assert "learning_rate 0.0002 to 0.01, spread evenly on a log scale" in text
    assert "Train the best" not in text
    assert "Go on" not in text


def test_the_trials_are_sorted_filtered_and_searched_by_the_address(
    searched_app: APIFlask,
) -> None:
    client = signed_in(searched_app, "viewer")

    rising = _accuracies(client.get(f"{FIRST}?sort=accuracy").text)
    falling = _accuracies(client.get(f"{FIRST}?sort=-accuracy&outcome=complete").text)

    assert len(rising) == 6
    assert rising == sorted(rising, key=float)
    assert falling == rising[::-1]
    in_vietnamese = client.get(f"{FIRST}?sort=loss", headers={"Accept-Language": "vi"}).text
    assert re.search(r'<td class="number">0,\d+</td>', in_vietnamese)
    assert "No trial fits." in client.get(f"{FIRST}?q=nothing").text
    assert "No trial fits." in client.get(f"{FIRST}?outcome=failed").text


@IN_THIS_PROCESS
def test_trials_that_failed_say_why(viewer_client: SignedInClient, search_in_file: Search) -> None:
    def train(settings: Any, on_epoch: Any) -> Any:
        raise RuntimeError("too wide")

    with pytest.raises(Exception, match="the first 3 trials failed"):
        search_in_file(9, training=train)

    first = viewer_client.get(FIRST).text
    page = _text(wait_until(lambda: viewer_client.get(FIRST), SHOWN))

    assert "The search is being read" in first
    assert page.count("RuntimeError: too wide") == 3
    assert "No trial is complete yet." in page


def test_every_chart_gets_the_numbers_of_the_trials(searched_app: APIFlask) -> None:
    charts = _charts(signed_in(searched_app, "viewer").get(FIRST).text)

    complete, pruned, best = charts["history"]["series"]
    assert complete["x"] == [0, 1, 2, 3, 4, 5]
    assert pruned["x"] == []
    assert best["y"] == sorted(best["y"])
    assert best["y"][-1] == max(complete["y"])
    (importance,) = charts["importance"]["series"]
    assert sum(importance["y"]) == pytest.approx(1)
    assert [one["name"] for one in charts["parallel"]["dimensions"]] == [
        "dropout", "learning_rate", "accuracy",
    ]  # fmt: skip
    assert charts["slice-2"]["x_title"] == "learning_rate"
    assert charts["slice-2"]["x_log"]


@IN_THIS_PROCESS
def test_a_study_that_others_work_for_is_shown_anew_by_itself(
    searched_app: APIFlask, search_in_file: Search
) -> None:
    client = signed_in(searched_app, "viewer")
    before = client.get(f"{FIRST}/state").json

    search_in_file(7)

    wait_until(lambda: client.get(FIRST), "7 complete")
    assert client.get(f"{FIRST}/state").json != before


def test_a_page_is_made_anew_when_it_is_known_better_how_much_each_setting_matters(
    searched_app: APIFlask, tmp_path: Path
) -> None:
    client = signed_in(searched_app, "viewer")
    before = client.get(f"{FIRST}/state").json
    (kept,) = (tmp_path / "instance").rglob("importance/answer.json")

    stored = json.loads(kept.read_text())
    stored["answer"] |= {"version": "another", "facts": {"importance": {"dropout": 1.0}}}
    kept.write_text(json.dumps(stored))

    assert client.get(f"{FIRST}/state").json != before


def test_a_folder_whose_name_is_no_text_counts_as_any_other(app: APIFlask, folder: Path) -> None:
    (place,) = study_places(app.extensions["net"].configuration)
    before = place.listing()[1].revision

    (folder / os.fsdecode(b"Windows \xe0")).mkdir(parents=True)
    (folder / os.fsdecode(b"Windows \xe0") / "study.db").touch()

    assert place.listing()[1].revision != before


@pytest.mark.parametrize("path", ["local/absent", "local/..%2Fother", "shared/first", "x/first"])
def test_a_study_that_nobody_knows_is_404_and_nobody_is_asked(
    app: APIFlask, tmp_path: Path, path: str
) -> None:
    answer = signed_in(app, "operator").get(f"{STUDIES}/{path}")

    assert answer.status_code == 404
    assert not (tmp_path / "instance" / "studies").exists()


@IN_THIS_PROCESS
def test_a_study_that_cannot_be_read_says_why(viewer_client: SignedInClient, folder: Path) -> None:
    (folder / "first").mkdir(parents=True)
    (folder / "first" / "study.db").write_text("no database" * 100)

    page = wait_until(lambda: viewer_client.get(FIRST), "This search cannot be shown.")

    assert "cannot be used: file is not a database" in page


@pytest.fixture
def shared_app(admin_app: MakeApp, folder: Path, postgresql_server: PostgresqlServer) -> APIFlask:
    """An app whose studies are kept in a PostgreSQL, which has one."""
    url = postgresql_server.new_database()
    search(Storage(url), 1, "ours")
    return admin_app(NET_STUDIES_DIR=folder, NET_STUDIES_URL=url)


def test_studies_of_a_shared_database_are_shown_without_its_password(
    shared_app: APIFlask, tmp_path: Path
) -> None:
    client = signed_in(shared_app, "operator")

    listed = wait_until(lambda: client.get(STUDIES), "ours")
    page = wait_until(lambda: client.get(f"{STUDIES}/shared/ours"), SHOWN)

    assert "shared database" in _text(listed)
    assert "1 complete" in _text(page)
    assert "***@127.0.0.1" in page
    kept = list((tmp_path / "instance").rglob("answer.json"))
    assert len(kept) >= 2
    for text in (listed, page, *(path.read_text() for path in kept)):
        assert PASSWORD not in html.unescape(text)
        assert "s3cret" not in text
    assert client.get(f"{STUDIES}/shared/absent").status_code == 404
    (kept,) = (tmp_path / "instance").rglob("shared-*/list/answer.json")
    away = {"facts": None, "problem": "the database is away", "asked_at": time.time()}
    stored = json.loads(kept.read_text())
    kept.write_text(json.dumps({**stored, "answer": {**stored["answer"], **away}}))
    assert SHOWN in client.get(f"{STUDIES}/shared/ours").text
    assert client.get(f"{STUDIES}/shared/absent").status_code == 404


@IN_THIS_PROCESS
def test_a_database_that_is_away_hides_no_study_of_this_machine(
    admin_app: MakeApp, folder: Path, search_in_file: Search
) -> None:
    search_in_file(1)
    app = admin_app(NET_STUDIES_DIR=folder, NET_STUDIES_URL="postgresql://me:s3cret@127.0.0.1:9/x")
    client = signed_in(app, "viewer")

    page = wait_until(lambda: client.get(STUDIES), "kept in shared database cannot be shown")

    wait_until(lambda: client.get(STUDIES), "first")
    assert "postgresql+psycopg://me:***@127.0.0.1:9/x cannot be used" in page
    assert "s3cret" not in page
