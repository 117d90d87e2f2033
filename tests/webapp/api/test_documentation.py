from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from recognizer.limits import MAX_STROKES
from recognizer.strokes import read_drawing
from webapp.api import schemas
from webapp.corrections.reading import parse_correction

ADDRESS = "/api/v1/openapi.json"


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def test_the_document_tells_of_every_address_of_the_api(bare_client: FlaskClient) -> None:
    rules = bare_client.application.url_map.iter_rules()
    addresses = {re.sub(r"<(\w+)>", r"{\1}", rule.rule) for rule in rules}
    expected = {one for one in addresses if one.startswith("/api/v1/")} - {ADDRESS}

    document = bare_client.get(ADDRESS).json

    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == expected | {"/livez", "/readyz"}


def test_every_reference_leads_to_a_schema(bare_client: FlaskClient) -> None:
    document = bare_client.get(ADDRESS).json

    names = {reference.removeprefix("#/components/schemas/") for reference in _references(document)}

    assert names <= set(document["components"]["schemas"])


def test_the_body_of_a_prediction_is_described_with_its_limits(bare_client: FlaskClient) -> None:
    document = bare_client.get(ADDRESS).json

    operation = document["paths"]["/api/v1/predictions"]["post"]
    schema = document["components"]["schemas"]["Drawing"]
    assert operation["requestBody"]["required"]
    assert set(operation["responses"]) == {"200", "400", "413", "415", "422", "429", "503"}
    assert schema["properties"]["strokes"]["maxItems"] == MAX_STROKES


def test_the_body_of_a_picture_is_described_as_a_form_with_a_file(bare_client: FlaskClient) -> None:
    document = bare_client.get(ADDRESS).json

    operation = document["paths"]["/api/v1/predictions/image"]["post"]
    content = operation["requestBody"]["content"]
    schema = document["components"]["schemas"]["Picture"]
    assert list(content) == ["multipart/form-data"]
    assert set(operation["responses"]) == {"200", "400", "413", "415", "422", "429", "503"}
    assert schema["properties"]["image"]["format"] == "binary"
    assert schema["required"] == ["image"]


def test_the_examples_are_what_the_app_takes_and_gives() -> None:
    drawing = read_drawing(schemas.DRAWING_EXAMPLE)

    assert len(drawing.strokes) == 1
    schemas.Prediction.model_validate(schemas.PREDICTION_EXAMPLE)
    schemas.Prediction.model_validate(schemas.PICTURE_PREDICTION_EXAMPLE)


def test_the_document_does_not_depend_on_who_asks(bare_client: FlaskClient) -> None:
    answers = [
        bare_client.get(ADDRESS, headers={"Host": host}).data for host in ("a.example", "b.example")
    ]

    assert answers[0] == answers[1]
    assert json.loads(answers[0])["servers"] == [{"url": "/"}]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_shows_every_address_and_every_link_on_it_leads_somewhere(
    bare_client: FlaskClient, language: str
) -> None:
    page = bare_client.get("/api/docs", headers={"Accept-Language": language}).text

    assert f'<html lang="{language}">' in page
    for path in bare_client.get(ADDRESS).json["paths"]:
        assert f" {path}</code>" in page
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_the_defaults_of_a_correction_are_taken(bare_client: FlaskClient) -> None:
    document = bare_client.get("/api/v1/openapi.json").get_json()
    fields = document["components"]["schemas"]["Correction"]["properties"]
    defaults = {name: field["default"] for name, field in fields.items() if "default" in field}
    drawn = {"label": "7", "strokes": [{"x": [0, 60, 25], "y": [0, 0, 100]}]}

    given = parse_correction(json.dumps({**defaults, **drawn}).encode())

    assert (given.label, given.image) == ("7", None)
