"""POST /api/v1/predictions/image, through the client as anybody sends it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, get_ident
from threading import enumerate as enumerate_threads
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from recognizer.errors import PictureDamagedError, PictureTooLargeError, PictureTypeError
from recognizer.limits import MAX_PICTURE_BYTES
from tests.written_paper import as_file, on_its_side, paper
from webapp.api.pictures import LIMIT
from webapp.api.schemas import Prediction, Problem
from webapp.api.uploads import MAX_OVERHEAD_BYTES, MAX_PARTS
from webapp.limiting.concurrency import ConcurrencyLimit

ADDRESS = "/api/v1/predictions/image"
KINDS = ["PNG", "JPEG", "WEBP", "BMP", "GIF"]


def _send(client: FlaskClient, content: bytes, **fields: str) -> TestResponse:
    """Send a form. By hand: for large ones the test client itself would use the disk."""
    texts = [_part(text.encode(), f'name="{name}"'.encode()) for name, text in fields.items()]
    return _send_raw(client, _form(*texts, _part(content, b'name="image"; filename="paper.png"')))


def _form(*parts: bytes) -> bytes:
    return b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"


def _part(content: bytes, disposition: bytes) -> bytes:
    return b"Content-Disposition: form-data; " + disposition + b"\r\n\r\n" + content


def _send_raw(client: FlaskClient, body: bytes, boundary: str = "cut") -> TestResponse:
    return client.post(ADDRESS, data=body, content_type=f"multipart/form-data; boundary={boundary}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_each_kind_is_answered_as_the_contract_says(
    client: FlaskClient, kind: str
) -> None:
    answer = _send(client, as_file(paper(), kind))

    assert answer.status_code == 200
    Prediction.model_validate(answer.json, strict=True)
    assert answer.json["verdict"] in ("digit", "unsure")
    assert answer.json["text"] == "7"
    assert answer.json["digits"][0]["strokes"] == []


def test_boxes_are_in_pixels_of_the_picture_as_it_is_seen(client: FlaskClient) -> None:
    upright = _send(client, as_file(paper(size=(240, 320)))).json
    turned = _send(client, on_its_side(paper(size=(240, 320)))).json

    box = upright["digits"][0]["box"]
    assert turned["text"] == upright["text"] == "7"
    assert turned["digits"][0]["box"] == pytest.approx(box, abs=8)
    assert 0 <= box["x"] < box["x"] + box["width"] <= 240
    assert box["y"] + box["height"] == pytest.approx(160 + 0.42 * 120, abs=20)


def test_several_digits_are_read_in_order(client: FlaskClient) -> None:
    answer = _send(client, as_file(paper(3, size=(480, 200)))).json

    assert answer["text"] == "777"
    lefts = [digit["box"]["x"] for digit in answer["digits"]]
    assert lefts == sorted(lefts)


def test_a_picture_without_ink_is_blank(client: FlaskClient) -> None:
    answer = _send(client, as_file(paper(0))).json

    assert (answer["verdict"], answer["text"], answer["digits"]) == ("blank", "", [])


@pytest.mark.parametrize("mode", ["auto", "digit", "number"])
def test_the_mode_and_the_file_reach_the_recogniser_as_they_came(
    bare_client: FlaskClient, recognizer: Any, mode: str
) -> None:
    answer = _send(bare_client, b"\r\n--any\0bytes\xff", mode=mode)

    assert answer.status_code == 200
    assert recognizer.pictures == [(b"\r\n--any\0bytes\xff", mode)]


def test_without_a_mode_it_is_found_out(bare_client: FlaskClient, recognizer: Any) -> None:
    _send(bare_client, b"bytes")

    assert recognizer.pictures == [(b"bytes", "auto")]


@pytest.mark.parametrize(
    ("failure", "status", "title"),
    [
        (PictureTypeError("image", "picture_type"), 415, "Not a picture that can be read"),
        (PictureDamagedError("image", "picture_damaged"), 422, "The picture cannot be read"),
        (
            PictureTooLargeError("image", "picture_too_many_bytes", limit=1, actual=2),
            413,
            "Too large",
        ),
    ],
)
def test_a_picture_that_cannot_be_read_is_refused_with_the_field(
    bare_client: FlaskClient, recognizer: Any, failure: Exception, status: int, title: str
) -> None:
    recognizer.failure = failure

    answer = _send(bare_client, b"bytes")

    assert (answer.status_code, answer.json["title"]) == (status, title)
    assert answer.mimetype == "application/problem+json"
    assert answer.json["type"] == "/api/docs#invalid-picture"
    assert answer.json["field"] == "image"
    Problem.model_validate(answer.json, strict=True)


def test_a_refusal_comes_in_the_language_of_the_caller(bare_client: FlaskClient) -> None:
    answer = bare_client.post(
        ADDRESS,
        data={"mode": "auto"},
        content_type="multipart/form-data",
        headers={"Accept-Language": "vi"},
    )

    assert answer.json["title"] == "Không đọc được ảnh"
    assert answer.json["detail"] == "image bị thiếu."


@pytest.mark.parametrize(
    ("parts", "detail"),
    [
        ([], "image is missing."),
        ([_part(b"7", b'name="picture"; filename="a.png"')], "image is missing."),
        ([_part(b"", b'name="image"; filename=""')], "image is missing."),
        ([_part(b"", b'name="image"; filename="a.png"')], "image is an empty file."),
        (
            [_part(b"7", b'name="image"')],
            "image must be a file, with a file name, but is text.",
        ),
        (
            [_part(b"7", b'name="image"; filename="a.png"')] * 2,
            "image must be sent once, but was sent several times.",
        ),
        (
            [_part(b"7", b'name="image"; filename="a"'), _part(b"poem", b'name="mode"')],
            "mode must be one of: auto, digit, number.",
        ),
        ([_part(b"7", b"filename=a")], "image is missing."),
    ],
)
def test_a_form_without_its_one_file_is_refused_with_the_field(
    bare_client: FlaskClient, recognizer: Any, parts: list[bytes], detail: str
) -> None:
    answer = _send_raw(bare_client, _form(*parts))

    assert answer.status_code == 422
    assert answer.json["detail"] == detail
    assert answer.json["field"] == detail.split()[0]
    assert recognizer.asked == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "image/png"},
        {"Content-Type": "application/json"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=cut", "Content-Encoding": "gzip"},
    ],
)
def test_another_kind_of_content_is_refused(
    bare_client: FlaskClient, headers: dict[str, str]
) -> None:
    answer = bare_client.post(ADDRESS, data=b"7", headers=headers)

    assert answer.status_code == 415
    assert "multipart/form-data" in answer.json["detail"]


@pytest.mark.parametrize(
    ("body", "boundary"),
    [
        (b"--cut", "cut"),
        (b"--cut\r\n\r\n\r\n--cut--", "cut"),
        (_form(_part(b"7", b'name="image"; filename="a"'))[:-20], "cut"),
    ],
    ids=["half", "no disposition", "cut off"],
)
def test_what_is_not_multipart_is_not_understood(
    bare_client: FlaskClient, body: bytes, boundary: str
) -> None:
    assert _send_raw(bare_client, body, boundary).status_code == 400


def test_ten_mebibytes_are_read_and_a_body_far_beyond_is_not(
    bare_client: FlaskClient, recognizer: Any
) -> None:
    largest = bytes(MAX_PICTURE_BYTES)

    answers = [
        _send(bare_client, content) for content in (largest, largest + bytes(MAX_OVERHEAD_BYTES))
    ]

    assert [answer.status_code for answer in answers] == [200, 413]
    assert recognizer.asked == 1


def test_a_file_of_more_than_ten_mebibytes_is_refused_with_the_field(client: FlaskClient) -> None:
    answer = _send(client, bytes(MAX_PICTURE_BYTES + 1))

    assert (answer.status_code, answer.json["field"]) == (413, "image")


def test_a_large_body_that_hides_its_length_is_refused(bare_client: FlaskClient) -> None:
    body = _form(_part(bytes(MAX_PICTURE_BYTES + MAX_OVERHEAD_BYTES), b'name="image"; filename=a'))

    answer = bare_client.post(
        ADDRESS,
        input_stream=io.BytesIO(body),
        content_type="multipart/form-data; boundary=cut",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert answer.status_code == 413


def test_neither_many_parts_nor_long_texts_are_taken(bare_client: FlaskClient) -> None:
    many = _form(*[_part(b"1", b'name="mode"')] * (MAX_PARTS + 1))
    with_picture = _form(
        _part(b"7", b'name="image"; filename="a"'), _part(bytes(600_000), b'name="x"')
    )

    statuses = [_send_raw(bare_client, body).status_code for body in (many, with_picture)]

    assert statuses == [413, 413]


@pytest.mark.parametrize("size", [600, 600_000, 9_000_000])
def test_a_picture_that_came_as_text_is_named_whatever_its_size(
    bare_client: FlaskClient, size: int
) -> None:
    text = b"data:image/png;base64," + b"A" * size

    answer = _send_raw(bare_client, _form(_part(text, b'name="image"')))

    assert (answer.status_code, answer.json["field"]) == (422, "image")
    assert answer.json["detail"] == "image must be a file, with a file name, but is text."


@pytest.mark.parametrize("parameters", ["", "; boundary=", "; boundary=é", "; charset=utf-8"])
def test_a_form_without_a_boundary_is_told_which_header_lacks_it(
    bare_client: FlaskClient, parameters: str
) -> None:
    body = _form(_part(b"7", b'name="image"; filename="a"'))

    answer = bare_client.post(ADDRESS, data=body, content_type=f"multipart/form-data{parameters}")

    assert (answer.status_code, answer.json["field"]) == (400, "Content-Type")
    assert "boundary" in answer.json["detail"]
    Problem.model_validate(answer.json, strict=True)


@pytest.mark.parametrize("given", ["", "False", "0", "no", "null"])
def test_whether_images_are_wanted_is_said_by_true_or_false(
    bare_client: FlaskClient, given: str
) -> None:
    answer = _send(bare_client, b"7", images=given)

    assert (answer.status_code, answer.json["field"]) == (422, "images")
    assert answer.json["detail"] == "images must be true or false."


def test_who_wants_no_images_gets_none_but_boxes(client: FlaskClient) -> None:
    answers = [
        _send(client, as_file(paper(), "PNG"), images=images).json for images in ("true", "false")
    ]

    with_image, without = (answer["digits"][0] for answer in answers)
    assert with_image.pop("image").startswith("data:image/png")
    assert without == with_image
    Prediction.model_validate(answers[1], strict=True)


def test_a_drawing_still_may_not_be_as_large_as_a_picture(bare_client: FlaskClient) -> None:
    _send(bare_client, bytes(2_000_000))

    answer = bare_client.post(
        "/api/v1/predictions", data=bytes(2_000_000), content_type="application/json"
    )

    assert answer.status_code == 413


_written: list[str] | None = None
_busy_with_else: set[int] = set()  # threads that tests of before left at work


def _note_writing(event: str, arguments: tuple[Any, ...]) -> None:
    if _written is None or event != "open" or get_ident() in _busy_with_else:
        return
    path, _, flags = arguments
    if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR):
        _written.append(str(path))


@pytest.fixture
def written() -> Iterator[list[str]]:
    """What is opened for writing while the test runs."""
    global _written, _busy_with_else
    if not getattr(sys, "_net_is_audited", False):
        sys.addaudithook(_note_writing)  # for good: hooks cannot be taken away
        sys._net_is_audited = True  # type: ignore[attr-defined]
    _busy_with_else = {thread.ident or 0 for thread in enumerate_threads()} - {get_ident()}
    _written = []
    yield _written
    _written = None


def test_nothing_is_written_to_disk(client: FlaskClient, written: list[str]) -> None:
    picture = as_file(paper(size=(2000, 1700)), "BMP")

    answer = _send(client, picture)

    assert len(picture) > 10_000_000
    assert answer.json["text"] == "7"
    assert written == []


def test_who_comes_while_too_many_pictures_are_read_is_told_when_to_ask_again(
    bare_client: FlaskClient, recognizer: Any, seven: dict[str, Any]
) -> None:
    bare_client.application.extensions[LIMIT] = ConcurrencyLimit(1, wait_seconds=0.05)
    begun, release = Event(), Event()

    def read_slowly() -> None:
        begun.set()
        release.wait(60)

    recognizer.while_reading = read_slowly
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(_send, bare_client.application.test_client(), b"bytes")
        assert begun.wait(60)
        second = _send(bare_client, b"bytes")
        drawing = bare_client.post("/api/v1/predictions", json=seven)
        release.set()

    assert first.result().status_code == 200
    assert second.status_code == 503
    assert int(second.headers["Retry-After"]) > 0
    assert drawing.status_code == 200
