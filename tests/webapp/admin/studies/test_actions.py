"""What an operator begins, goes on with, stops and trains; and that nobody else does."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from recognizer.runs.folder import read_details
from tests.webapp.admin.conftest import SignedInClient, signed_in
from tests.webapp.admin.studies.conftest import FIXED
from tests.webapp.admin.studies.test_pages import FIRST, STUDIES
from trainer.command_line import _parser
from trainer.recipes import find_recipe
from trainer.settings.definition import apply_settings
from webapp.audit.tables import AuditLine
from webapp.jobs.kinds import KINDS, command_line, place_of
from webapp.jobs.tables import Job

pytestmark = pytest.mark.usefixtures("trainer_is_here")

FORM = {"recipe": "conv-tuned", "study": "mine", "trials": "20", "pruner": "none",
        "place": "local", "fixed": "epochs=2\n units=64 \n"}  # fmt: skip


def _jobs(app: APIFlask) -> list[Job]:
    return list(app.extensions["net"].jobs.list())


def _actions(app: APIFlask) -> list[str]:
    with app.extensions["net"].database.reading() as session:
        return [line.action for line in session.scalars(select(AuditLine))]


def test_a_search_is_begun_as_a_job(app: APIFlask, operator_client: SignedInClient) -> None:
    page = operator_client.post(STUDIES, data=FORM, follow_redirects=True).text

    (job,) = _jobs(app)
    assert (job.kind, job.queue, job.submitted_by) == ("tune", "training", "operator")
    assert job.arguments == {
        "recipe": "conv-tuned", "study": "mine", "trials": 20, "pruner": "none",
        "settings": {"epochs": "2", "units": "64"}, "is_shared": False,
    }  # fmt: skip
    assert "The search mine is queued as job" in page
    assert "waits for a worker" in page
    assert "study.search" in _actions(app)


def test_the_trainer_is_asked_for_exactly_what_the_form_says(
    app: APIFlask, operator_client: SignedInClient
) -> None:
    operator_client.post(STUDIES, data=FORM)
    (job,) = _jobs(app)
    place = place_of(app.extensions["net"].configuration)

    command = command_line(KINDS["tune"], job.arguments, place)

    data = ["--data-dir", str(place.data)] if place.data else []
    assert command[3:] == [
        "tune", "conv-tuned", "--study=mine", "--trials=20", "--pruner=none",
        "--set=epochs=2", "--set=units=64", "--storage=", f"--output={place.studies}", *data,
    ]  # fmt: skip
    understood = _parser().parse_args(command[3:])
    assert (understood.recipe, understood.study, understood.trials) == ("conv-tuned", "mine", 20)
    assert (understood.assignments, understood.storage) == (["epochs=2", "units=64"], "")


def test_the_trainer_takes_every_fixed_setting_that_the_form_takes(
    app: APIFlask, operator_client: SignedInClient
) -> None:
    fixed = "learning_rate=0,001\n units = 6_4 \n\nepochs=\nadded_share=0,2\nprecision=float32"

    operator_client.post(STUDIES, data={**FORM, "fixed": fixed})

    (job,) = _jobs(app)
    command = command_line(
        KINDS["tune"], job.arguments, place_of(app.extensions["net"].configuration)
    )
    recipe: Any = find_recipe("conv-tuned").Settings()
    taken = apply_settings(recipe, _parser().parse_args(command[3:]).assignments)
    assert (taken.learning_rate, taken.units, taken.epochs) == (0.001, 64, recipe.epochs)
    assert (taken.added_share, taken.precision) == (0.2, "float32")


def test_a_form_that_is_sent_twice_gives_one_search(
    app: APIFlask, operator_client: SignedInClient
) -> None:
    for _ in range(2):
        operator_client.post(STUDIES, data={**FORM, "ticket": "the same\0" * 20})

    (job,) = _jobs(app)
    assert len(str(job.ticket)) == 64  # which PostgreSQL has room for


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"recipe": "no-such"}, "Choose one of these."),
        ({"study": "../up"}, "Letters, digits and ._+- only."),
        ({"trials": "0"}, "A whole number from 1 to 10000."),
        ({"trials": "10001"}, "A whole number from 1 to 10000."),
        ({"trials": "²"}, "A whole number from 1 to 10000."),
        ({"trials": "9" * 40}, "A whole number from 1 to 10000."),
        ({"fixed": "units=64\nepochs"}, "Line 2: write NAME=VALUE, such as epochs=…"),
        ({"fixed": "epochs=many"}, "Line 1: epochs must be a whole number, from 1 to 1000."),
        ({"fixed": "units = 64\nepochs = -1"}, "Line 2: epochs must be a whole number"),
        ({"fixed": "units=64\nepochs=2\nunits = 32"}, "Line 3: units stands in an earlier line."),
        ({"fixed": "added_share=much"}, "Line 1: added_share must be a number, from 0 to 0.9."),
        ({"fixed": f"seed={10**400}"}, "Line 1: seed must be a whole number, from 0 to"),
        ({"recipe": "dense-512", "fixed": "batch_size=64\nunits=64\nlearning_rate=0.001"},
         "Nothing is left to search"),
    ],
)  # fmt: skip
def test_what_cannot_be_searched_is_said_beside_the_field(
    app: APIFlask, operator_client: SignedInClient, change: Mapping[str, str], sentence: str
) -> None:
    answer = operator_client.post(STUDIES, data={**FORM, **change})

    page = html.unescape(answer.text)
    assert answer.status_code == 422
    assert sentence in page
    assert f'id="{list(change)[-1]}-error"' in page
    assert 'aria-invalid="true"' in page
    assert "mine" in page or "study" in change
    assert _jobs(app) == []


@pytest.mark.parametrize("change", [{"pruner": "garden"}, {"place": "shared"}])
def test_what_the_form_does_not_offer_is_not_searched(
    app: APIFlask, operator_client: SignedInClient, change: Mapping[str, str]
) -> None:
    assert operator_client.post(STUDIES, data={**FORM, **change}).status_code == 422

    assert _jobs(app) == []


def test_a_study_goes_on_with_the_settings_it_was_begun_with(
    searched_app: APIFlask,
) -> None:
    operator_client = signed_in(searched_app, "operator")
    few = operator_client.post(
        f"{FIRST}/more", data={"trials": "6", "pruner": "median"}, follow_redirects=True
    )
    operator_client.post(f"{FIRST}/more", data={"trials": "9", "pruner": "median"})
    twice = operator_client.post(
        f"{FIRST}/more", data={"trials": "9", "pruner": "median"}, follow_redirects=True
    )

    assert "The search has 6 trials already; ask for more." in few.text
    (job,) = _jobs(searched_app)
    assert (job.arguments["recipe"], job.arguments["trials"]) == ("conv-tuned", 9)
    assert FIXED.items() < job.arguments["settings"].items()
    assert not {"dropout", "learning_rate"} & set(job.arguments["settings"])
    assert "This search is being worked on already" in twice.text
    assert "Stop the search" in twice.text


def test_a_search_that_waits_is_withdrawn(app: APIFlask, operator_client: SignedInClient) -> None:
    operator_client.post(STUDIES, data=FORM)

    page = operator_client.post(f"{STUDIES}/local/mine/stop", follow_redirects=True).text

    (job,) = _jobs(app)
    assert job.state == "stopped"
    assert "The search was asked to stop." in page
    assert "study.stop" in _actions(app)
    again = operator_client.post(f"{STUDIES}/local/mine/stop", follow_redirects=True).text
    assert "there is nothing to stop" in again


def test_the_best_trial_is_trained_for_as_many_epochs_as_asked_for(
    searched_app: APIFlask, tmp_path: Path
) -> None:
    operator_client = signed_in(searched_app, "operator")

    trial = _best_trial(operator_client)

    answer = operator_client.post(f"{FIRST}/train", data={"epochs": "12", "trial": trial})

    assert "Train the best" in operator_client.get(FIRST).text
    (job,) = _jobs(searched_app)
    assert answer.headers["Location"] == f"/admin/runs/{job.run}"
    run = read_details(tmp_path / "models" / str(job.run))
    assert (run["status"], run["recipe"], run["seed"]) == ("queued", "conv-tuned", 1)
    assert {**FIXED, "epochs": 12}.items() < run["settings"].items()
    assert 0 <= run["settings"]["dropout"] <= 0.6
    assert "study.train" in _actions(searched_app)


def _best_trial(client: SignedInClient) -> str:
    (trial,) = re.findall(r'name="trial" value="(\d+)"', client.get(FIRST).text)
    return str(trial)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"epochs": "0"}, "epochs phải là số nguyên, từ 1 đến 1000."),
        ({"epochs": "1" * 400}, "epochs phải là số nguyên, từ 1 đến 1000."),
        ({"trial": "99"}, "Chưa bắt đầu gì: giờ lần thử"),
    ],
)
def test_what_cannot_be_trained_is_said_on_the_studys_page(
    searched_app: APIFlask, given: Mapping[str, str], sentence: str
) -> None:
    client = signed_in(searched_app, "operator")
    data = {"epochs": "12", "trial": _best_trial(client), **given}

    page = client.post(
        f"{FIRST}/train", data=data, headers={"Accept-Language": "vi"}, follow_redirects=True
    ).text

    assert sentence in page
    assert _jobs(searched_app) == []


@pytest.mark.parametrize(
    "path", ["", "/local/first/more", "/local/first/stop", "/local/first/train"]
)
def test_a_viewer_changes_nothing(searched_app: APIFlask, path: str) -> None:
    viewer = signed_in(searched_app, "viewer")

    assert viewer.post(f"{STUDIES}{path}", data=FORM).status_code == 403

    assert _jobs(searched_app) == []
