"""A training of the accepted corrections: what the form offers, and what is queued."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from apiflask import APIFlask

from tests.webapp.admin.conftest import SignedInClient
from tests.webapp.corrections.conftest import HELD_OUT, Arrive, Correct, arrive, correct
from webapp.jobs.book import JobBook

__all__ = ["arrive", "correct"]

PAGE = "/admin/training"


@pytest.fixture
def client(app: APIFlask) -> SignedInClient:
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def book(app: APIFlask) -> JobBook:
    return app.extensions["net"].jobs  # type: ignore[no-any-return]


@pytest.fixture
def accepted(correct: Correct, operator_client: SignedInClient, arrive: Arrive) -> None:
    """A 7, a 1, no digit and a number that may be trained on, a 2 that is held out; a 3 waits."""
    ids = [correct(label=label)["id"] for label in ("7", "1", "", "42")]
    correct(label="3")
    arrive(HELD_OUT)
    ids.append(correct(label="2")["id"])
    operator_client.post("/admin/corrections/accept", data={"id": ids})


def test_without_corrections_there_is_nothing_to_tick(operator_client: SignedInClient) -> None:
    page = operator_client.get(f"{PAGE}/new?recipe=dense-512").text

    assert "There is no accepted correction to train on yet" in page
    assert 'name="corrections"' not in page
    assert 'name="added_share"' not in page


@pytest.mark.usefixtures("accepted")
@pytest.mark.parametrize(("recipe", "number"), [("dense-512", 2), ("strokes", 3)])
def test_the_form_offers_those_that_the_recipe_learns_from(
    operator_client: SignedInClient, recipe: str, number: int
) -> None:
    page = operator_client.get(f"{PAGE}/new?recipe={recipe}").text

    assert f"and the {number} accepted corrections" in page
    assert '<option value="0.1" selected>10%</option>' in page
    assert page.count('id="set-added_share"') == 1


@pytest.mark.usefixtures("accepted")
def test_a_training_with_corrections_names_their_share_and_keeps_none_of_them(
    operator_client: SignedInClient, book: JobBook, app: APIFlask
) -> None:
    data = {"recipe": "dense-512", "corrections": "yes", "added_share": "0.25"}
    operator_client.post(PAGE, data=data)

    (job,) = book.list()
    configuration = app.extensions["net"].configuration
    run = configuration.models_folder / str(job.run)
    details = json.loads((run / "run.json").read_text("utf-8"))
    assert job.arguments["corrections"] is True
    assert details["settings"]["added_share"] == 0.25
    assert [Path(path).name for path in details["added"]] == ["corrections.jsonl"]
    assert not Path(details["added"][0]).is_relative_to(configuration.models_folder)
    assert not Path(details["added"][0]).exists()  # before it begins
    page = operator_client.get(f"{PAGE}/jobs/{job.id}").text
    assert "Trained on the accepted corrections, too" in page
    for address in (f"{PAGE}/new?job={job.id}", f"{PAGE}/new?run={job.run}"):
        form = operator_client.get(address).text
        assert 'name="corrections" value="yes" checked' in form
        assert '<option value="0.25" selected>' in form


@pytest.mark.usefixtures("accepted")
def test_a_training_without_the_tick_has_no_share(
    operator_client: SignedInClient, book: JobBook
) -> None:
    operator_client.post(PAGE, data={"recipe": "dense-512", "added_share": "0.25"})

    (job,) = book.list()
    assert job.arguments == {"recipe": "dense-512", "settings": {}}


@pytest.mark.usefixtures("accepted")
@pytest.mark.parametrize("share", ["1", "nan", "-0.1", "much", "<b>"])
def test_a_share_that_cannot_be_is_named(
    operator_client: SignedInClient, book: JobBook, share: str
) -> None:
    data = {"recipe": "dense-512", "corrections": "yes", "added_share": share}
    answer = operator_client.post(PAGE, data=data)

    assert answer.status_code == 422
    assert "added_share must be a number, from 0 to 0.9." in answer.text
    assert book.count() == 0


def test_a_tick_that_came_too_late_starts_nothing(
    operator_client: SignedInClient, book: JobBook
) -> None:
    answer = operator_client.post(PAGE, data={"recipe": "dense-512", "corrections": "yes"})

    assert answer.status_code == 422
    assert "there is no accepted correction any more" in answer.text
    assert book.count() == 0
