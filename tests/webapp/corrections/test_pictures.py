"""A digit of a picture can be corrected: its ink of 28x28 is kept, and nothing else of the file."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from recognizer.picture import to_data_uri
from tests.webapp.corrections.conftest import ADDRESS, ANSWER, SEVEN, Correct, kept
from tests.webapp.corrections.test_export import export, rows
from trainer.data.own import load_own
from trainer.data.survey.finding import survey
from webapp.corrections.finding import count_trainable

INK = np.zeros((28, 28), np.uint8)
INK[5:23, 12:16] = 200
SECRET = "taken at 21.0285 N 105.8542 E"


def png(size: tuple[int, int] = (28, 28), mode: str = "L", text: str = "", value: int = 200) -> str:
    """A PNG as a data address, with what a camera may have written into it."""
    picture = Image.new(mode, size)
    if value:
        picture.paste(value if mode == "L" else (value,) * len(mode), (10, 5, 14, 20))
    facts = PngInfo()
    facts.add_text("Comment", text)
    exif = Image.Exif()
    exif[0x010E] = text  # ImageDescription
    file = io.BytesIO()
    picture.save(file, "PNG", pnginfo=facts, exif=exif)
    return "data:image/png;base64," + b64encode(file.getvalue()).decode()


def pictured(**changes: Any) -> dict[str, Any]:
    """The body of a correction of a picture's digit."""
    return {"label": "1", "image": to_data_uri(INK), "answer": ANSWER, **changes}


@pytest.fixture
def accepted(client: FlaskClient, operator_client: FlaskClient) -> list[str]:
    """A 1, no digit and a number, all of pictures and all accepted."""
    ids = []
    for label in ("1", "", "42"):
        answer = client.post(ADDRESS, json=pictured(label=label))
        assert answer.status_code == 201, answer.json
        ids.append(answer.json["id"])
    operator_client.post("/admin/corrections/accept", data={"id": ids})
    return ids


def test_only_the_ink_is_kept_of_what_was_sent(app: APIFlask, client: FlaskClient) -> None:
    answer = client.post(ADDRESS, json=pictured(image=png(text=SECRET), mode="number"))

    assert answer.status_code == 201
    (correction,) = kept(app)
    drawing = correction.drawing
    assert (drawing.strokes, drawing.mode) == ("[]", "digit")
    ink = np.zeros((28, 28), np.uint8)
    ink[5:20, 10:14] = 200
    assert drawing.image == to_data_uri(ink)  # written anew: what the camera said is not in it


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"image": png((29, 28))}, "image"),
        ({"image": png((5, 5))}, "image"),
        ({"image": png(value=0)}, "image"),
        ({"image": "data:image/png;base64,AAAA"}, "image"),
        ({"image": "data:image/png;base64,%%%%"}, "image"),
        ({"image": "data:image/jpeg;base64,AAAA"}, "image"),
        ({"image": png(text="x" * 20_000)}, "image"),
        ({"image": "https://example.org/a.png"}, "image"),
        ({"image": ""}, "image"),
        ({"image": 7}, "image"),
        ({"image": []}, "image"),
        ({"strokes": SEVEN}, "image"),
        ({"image": None}, "strokes"),
        ({"label": "x"}, "label"),
    ],
)
def test_what_is_no_picture_of_a_digit_is_refused_by_name(
    app: APIFlask, client: FlaskClient, changes: dict[str, Any], field: str
) -> None:
    answer = client.post(ADDRESS, json=pictured(**changes))

    assert (answer.status_code, answer.json["field"]) == (422, field)
    assert kept(app) == []


def test_it_takes_the_place_of_an_earlier_one_and_can_be_taken_back(
    app: APIFlask, client: FlaskClient, correct: Correct
) -> None:
    correct(prediction="a" * 32)
    given = client.post(ADDRESS, json=pictured(prediction="a" * 32)).json
    (before,) = kept(app)

    token = {"Authorization": f"Bearer {given['token']}"}
    answer = client.delete(f"{ADDRESS}/{given['id']}", headers=token)

    assert (before.label, before.drawing.image is None) == ("1", False)
    assert answer.status_code == 204
    assert kept(app) == []


def test_the_review_shows_the_digit_and_says_that_it_was_cut_out(
    client: FlaskClient, viewer_client: FlaskClient
) -> None:
    client.post(ADDRESS, json=pictured())

    page = viewer_client.get("/admin/corrections").text

    assert f'src="{to_data_uri(INK)}"' in page
    assert "a picture's digit" in page


def test_the_trainer_reads_the_digit_as_a_picture_of_mnist_s_form(
    app: APIFlask, tmp_path: Path, accepted: list[str]
) -> None:
    export(app, tmp_path / "mine.jsonl", "--all-labels")

    own = load_own(tmp_path / "mine.jsonl")
    seen = survey(tmp_path, [tmp_path / "mine.jsonl"], 10)

    assert {row["label"] for row in rows(tmp_path / "mine.jsonl")} == {"1", "", "42"}
    assert (len(own.images), own.images.labels.tolist()) == (1, [1])
    assert np.array_equal(own.images.ink[0], INK)
    assert (own.drawings, own.outliers, len(own.left_out)) == ([], [], 2)
    (shown,) = seen.sets
    (one,) = (sample for sample in shown.samples if sample.label == "1")
    assert np.array_equal(one.ink(), INK)
    assert (shown.labels(), seen.left_out, seen.problems) == (["", "1", "42"], [], [])


@pytest.mark.usefixtures("accepted")
@pytest.mark.parametrize("with_no_digits", [True, False])
def test_a_picture_s_digit_alone_can_be_trained_on(app: APIFlask, with_no_digits: bool) -> None:
    with app.extensions["net"].database.reading() as session:
        number = count_trainable(session, with_no_digits=with_no_digits)

    assert number == 1


def test_a_row_without_a_digit_to_train_on_is_an_error_in_words(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps({"label": "1", "image": png((29, 28))}) + "\n")

    with pytest.raises(Exception, match="is not a labelled drawing"):
        load_own(file)
