"""Whatever anybody sends, the answer is one of the contract's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.written_paper import as_file, paper
from webapp.api.schemas import Prediction, Problem

ADDRESS = "/api/v1/predictions"
PICTURES = {
    kind: as_file(paper(size=(64, 48)), kind) for kind in ("PNG", "JPEG", "WEBP", "BMP", "GIF")
}
EXAMPLES = settings(
    max_examples=75, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

numbers = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([10**400, -(10**400), 1e308, -1e308, 5e-324, 1e300, True, None, "1", [], {}]),
)
columns = st.lists(numbers, max_size=6) | numbers
strokes = st.dictionaries(st.sampled_from(["x", "y", "t", "p", "z"]), columns) | numbers
drawings = st.fixed_dictionaries(
    {}, optional={"strokes": st.lists(strokes, max_size=4) | numbers, "mode": numbers}
)
anything = st.recursive(
    numbers | st.text(),
    lambda parts: st.lists(parts) | st.dictionaries(st.text() | st.just("strokes"), parts),
)
finite = st.floats(-1e300, 1e300)
honest_strokes = st.lists(st.tuples(finite, finite), max_size=30).map(
    lambda points: {"x": [x for x, _ in points], "y": [y for _, y in points]}
)
honest_drawings = st.builds(
    lambda strokes, mode: {"strokes": strokes, "mode": mode},
    st.lists(honest_strokes, max_size=5),
    st.sampled_from(["auto", "digit", "number"]),
)


def _check(client: FlaskClient, body: bytes) -> int:
    answer = client.post(ADDRESS, data=body, content_type="application/json")
    if answer.status_code == 200:
        Prediction.model_validate(answer.json, strict=True)
    else:
        assert answer.status_code in (400, 422)
        Problem.model_validate(answer.json, strict=True)
        assert (answer.json.get("field") is not None) == (answer.status_code == 422)
    return answer.status_code


@EXAMPLES
@given(document=drawings | anything)
def test_any_json_is_answered_or_refused(client: FlaskClient, document: Any) -> None:
    _check(client, json.dumps(document).encode("utf-8", "surrogatepass"))


@EXAMPLES
@given(body=st.binary())
def test_any_bytes_are_answered_or_refused(client: FlaskClient, body: bytes) -> None:
    _check(client, body)


@EXAMPLES
@given(drawing=honest_drawings)
def test_every_drawing_within_the_rules_is_answered(
    client: FlaskClient, drawing: dict[str, Any]
) -> None:
    assert _check(client, json.dumps(drawing).encode()) == 200


def _check_picture(client: FlaskClient, body: bytes, boundary: str = "cut") -> int:
    kind = f"multipart/form-data; boundary={boundary}"
    answer = client.post(f"{ADDRESS}/image", data=body, content_type=kind)
    if answer.status_code == 200:
        Prediction.model_validate(answer.json, strict=True)
    else:
        assert answer.status_code in (400, 413, 415, 422)
        Problem.model_validate(answer.json, strict=True)
    return answer.status_code


def _form(content: bytes) -> bytes:
    head = b'--cut\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'
    return head + content + b"\r\n--cut--\r\n"


@EXAMPLES
@given(body=st.binary() | st.binary().map(lambda noise: b"--cut\r\n" + noise + b"\r\n--cut--"))
def test_any_form_is_answered_or_refused(client: FlaskClient, body: bytes) -> None:
    _check_picture(client, body)


@EXAMPLES
@given(boundary=st.text(st.characters(min_codepoint=32, max_codepoint=255)))
def test_any_boundary_is_answered_or_refused(client: FlaskClient, boundary: str) -> None:
    _check_picture(client, _form(PICTURES["PNG"]), boundary)


@EXAMPLES
@given(content=st.binary(min_size=1))
def test_any_file_is_answered_or_refused(client: FlaskClient, content: bytes) -> None:
    _check_picture(client, _form(content))


@EXAMPLES
@given(
    kind=st.sampled_from(sorted(PICTURES)),
    length=st.floats(0.01, 1),
    noise=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
)
def test_a_picture_cut_short_and_with_wrong_bytes_is_answered_or_refused(
    client: FlaskClient, kind: str, length: float, noise: list[tuple[float, int]]
) -> None:
    content = bytearray(PICTURES[kind])
    for place, byte in noise:
        content[int(place * len(content))] = byte
    kept = bytes(content[: max(1, int(length * len(content)))])

    status = _check_picture(client, _form(kept))

    assert status == 200 or length < 1 or noise


@EXAMPLES
@given(
    path=st.text(st.characters(codec="utf-8", exclude_characters="?#"), max_size=40),
    headers=st.dictionaries(
        st.sampled_from(
            ["Accept-Language", "Cookie", "Host", "X-Request-ID", "If-None-Match", "Range",
             "Accept-Encoding", "Content-Type"]
        ),
        st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30),
    ),
)  # fmt: skip
@pytest.mark.parametrize("folder", ["", "api/v1/", "static/", "static/v-"])
def test_any_address_and_headers_are_answered(
    bare_client: FlaskClient, folder: str, path: str, headers: dict[str, str]
) -> None:
    # As a server passes it on: the client would take "//." for the address of another host.
    address = {"PATH_INFO": f"/{folder}{path}".encode().decode("latin-1")}

    assert bare_client.get("/", environ_overrides=address, headers=headers).status_code < 500
