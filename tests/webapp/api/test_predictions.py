from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from recognizer.limits import MAX_DRAWING_BYTES
from tests.signs import SIGNS, three_and_five
from webapp.api.schemas import Prediction

ADDRESS = "/api/v1/predictions"


def test_a_drawing_is_answered_as_the_contract_says(
    client: FlaskClient, seven: dict[str, Any]
) -> None:
    answer = client.post(ADDRESS, json=seven)

    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert list(answer.json) == [
        "id", "verdict", "text", "confidence", "digits", "left_out", "model",
    ]  # fmt: skip
    assert answer.json["left_out"] == []
    assert (answer.json["verdict"], answer.json["text"]) == ("digit", "7")
    Prediction.model_validate(answer.json, strict=True)
    (digit,) = answer.json["digits"]
    assert digit["strokes"] == [0]
    assert digit["box"] == {"x": 52.0, "y": 57.0, "width": 146.0, "height": 207.0}
    assert digit["image"].startswith("data:image/png;base64,")
    assert sum(digit["probabilities"]) == pytest.approx(1)


@pytest.mark.parametrize("mode", ["auto", "digit", "number", None])
def test_every_mode_is_answered(
    client: FlaskClient, seven: dict[str, Any], mode: str | None
) -> None:
    assert client.post(ADDRESS, json={**seven, "mode": mode}).json["text"] == "7"


@pytest.mark.parametrize("mode", ["auto", "number"])
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_between_digits_is_told_and_never_passed_over(
    client: FlaskClient, sign: str, mode: str
) -> None:
    strokes = three_and_five(sign)

    answer = client.post(ADDRESS, json={"strokes": strokes, "mode": mode}).json

    assert (answer["verdict"], answer["text"]) == ("unsure", "35")
    (left_out,) = answer["left_out"]
    assert left_out["strokes"] == list(range(1, len(strokes) - 2))
    x, y = SIGNS[sign][0][0]
    box = left_out["box"]
    assert box["x"] <= x <= box["x"] + box["width"]
    assert box["y"] <= y <= box["y"] + box["height"]
    assert [digit["doubtful"] for digit in answer["digits"]] == [False, False]
    Prediction.model_validate(answer, strict=True)


def test_every_stroke_belongs_to_a_digit_or_is_left_out(client: FlaskClient) -> None:
    strokes = three_and_five("colon")

    answer = client.post(ADDRESS, json={"strokes": strokes}).json

    told = [*answer["digits"], *answer["left_out"]]
    assert sorted(at for one in told for at in one["strokes"]) == list(range(len(strokes)))


@pytest.mark.parametrize("images", [True, None, False])
def test_who_wants_no_images_gets_none_but_boxes(
    client: FlaskClient, seven: dict[str, Any], images: bool | None
) -> None:
    answers = [
        client.post(ADDRESS, json=body).json for body in (seven, {**seven, "images": images})
    ]

    usual, answered = (answer["digits"][0] for answer in answers)
    image = usual.pop("image")
    assert answered.pop("image", None) == (None if images is False else image)
    assert answered == usual
    Prediction.model_validate(answers[1], strict=True)


@pytest.mark.parametrize("images", ["false", 0, 1, [], {}])
def test_whether_images_are_wanted_is_a_boolean(
    bare_client: FlaskClient, seven: dict[str, Any], images: Any
) -> None:
    answer = bare_client.post(ADDRESS, json={**seven, "images": images})

    assert (answer.status_code, answer.json["field"]) == (422, "images")
    assert answer.json["detail"] == "images must be true or false."


def test_a_digit_tells_how_likely_it_is_one_and_whether_it_is_doubted(
    client: FlaskClient, seven: dict[str, Any]
) -> None:
    scribble = {"x": [0, 50, 10, 60, 5, 55, 0], "y": [0, 40, 80, 5, 50, 90, 20]}

    plain = client.post(ADDRESS, json=seven).json["digits"][0]
    doubted = client.post(ADDRESS, json={"strokes": [scribble], "mode": "digit"}).json

    assert 0.9 < plain["digitness"] <= 1
    assert plain["doubtful"] is False
    assert doubted["verdict"] == "unsure"
    assert doubted["digits"][0]["doubtful"] is True
    assert doubted["digits"][0]["digitness"] < 0.5


@pytest.mark.parametrize("strokes", [[], [{"x": [], "y": []}]])
def test_nothing_drawn_is_blank(client: FlaskClient, strokes: list[Any]) -> None:
    answer = client.post(ADDRESS, json={"strokes": strokes}).json

    assert (answer["verdict"], answer["text"], answer["digits"]) == ("blank", "", [])


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json; charset=utf-8", "application/vnd.net.drawing+json"],
)
def test_json_is_taken_under_each_of_its_names(
    bare_client: FlaskClient, seven: dict[str, Any], content_type: str
) -> None:
    answer = bare_client.post(ADDRESS, data=json.dumps(seven), content_type=content_type)

    assert answer.status_code == 200


@pytest.mark.parametrize("coding", ["identity", "Identity", ""])
@pytest.mark.parametrize("path", [ADDRESS, f"{ADDRESS}/image"])
def test_a_body_that_is_said_not_to_be_coded_is_read(
    bare_client: FlaskClient, path: str, coding: str
) -> None:
    kind = {"data": {"image": (BytesIO(b"7"), "7.png")}} if "image" in path else {"json": {}}

    answer = bare_client.post(path, headers={"Content-Encoding": coding}, **kind)

    assert answer.status_code in (200, 422)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
def test_another_kind_of_content_is_refused(
    bare_client: FlaskClient, headers: dict[str, str]
) -> None:
    assert bare_client.post(ADDRESS, data=b'{"strokes": []}', headers=headers).status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"strokes": []} x',
        b"\xff\xfe",
        b'{"strokes": "\xff"}',
        b"[" * 100_000,
        b'{"strokes":' * 50_000,
    ],
    ids=["empty", "half", "trailing", "not UTF-8", "half UTF-8", "deep lists", "deep objects"],
)
def test_what_is_not_json_is_refused(bare_client: FlaskClient, body: bytes) -> None:
    answer = bare_client.post(ADDRESS, data=body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json["type"] == "/api/docs#not-json"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("[]", "$"),
        ("{}", "strokes"),
        ('{"strokes": {}}', "strokes"),
        ('{"strokes": [5]}', "strokes[0]"),
        ('{"strokes": [{"x": [1]}]}', "strokes[0].y"),
        ('{"strokes": [{"x": [1], "y": [1]}, {"x": [1], "y": [NaN]}]}', "strokes[1].y"),
        ('{"strokes": [{"x": [1], "y": [-Infinity]}]}', "strokes[0].y"),
        ('{"strokes": [{"x": [1%s], "y": [1]}]}' % ("0" * 400), "strokes[0].x"),
        ('{"strokes": [{"x": [1%s], "y": [1]}]}' % ("0" * 5000), "strokes[0].x"),
        ('{"strokes": [{"x": [true], "y": [1]}]}', "strokes[0].x"),
        ('{"strokes": [{"x": [1], "y": [1], "p": [2]}]}', "strokes[0].p"),
        ('{"strokes": [], "mode": "poem"}', "mode"),
    ],
)
def test_what_is_no_drawing_is_refused_with_the_field(
    bare_client: FlaskClient, body: str, field: str
) -> None:
    answer = bare_client.post(ADDRESS, data=body, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json["field"] == field
    assert answer.json["errors"] == [{"field": field, "detail": answer.json["errors"][0]["detail"]}]
    assert answer.json["detail"] == f"{field} {answer.json['errors'][0]['detail']}"


def test_a_body_of_a_mebibyte_is_read_and_a_larger_one_is_not(bare_client: FlaskClient) -> None:
    largest = b'{"strokes": []}'.ljust(MAX_DRAWING_BYTES)

    answers = [
        bare_client.post(ADDRESS, data=body, content_type="application/json")
        for body in (largest, largest + b" ")
    ]

    assert [answer.status_code for answer in answers] == [200, 413]


def test_a_large_body_that_hides_its_length_is_refused(bare_client: FlaskClient) -> None:
    answer = bare_client.post(
        ADDRESS,
        input_stream=BytesIO(b" " * (MAX_DRAWING_BYTES + 1)),
        content_type="application/json",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert answer.status_code == 413


def test_an_answer_is_never_kept_by_a_cache(
    bare_client: FlaskClient, seven: dict[str, Any]
) -> None:
    assert bare_client.post(ADDRESS, json=seven).headers["Cache-Control"] == "no-store"


def test_options_tell_the_method_and_nobody_else_may_send_it_from_a_page(
    bare_client: FlaskClient,
) -> None:
    answer = bare_client.options(ADDRESS, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 200
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
