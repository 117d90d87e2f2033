"""How many corrections are taken: a minute, in all, and none where nobody wants any."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from tests.webapp.admin.conftest import MakeApp
from tests.webapp.corrections.conftest import ADDRESS, SEVEN, correction, kept

PREDICTION = "0d6f3c1e9a7b45c8"


def test_one_address_sends_so_many_a_minute_and_is_told_when_to_go_on(admin_app: MakeApp) -> None:
    client = FlaskClient(admin_app(NET_CORRECTIONS_A_MINUTE=3))
    environ = [{"REMOTE_ADDR": address} for address in ["203.0.113.1"] * 4 + ["203.0.113.2"]]

    answers = [client.post(ADDRESS, json=correction(), environ_base=one) for one in environ]

    assert [answer.status_code for answer in answers] == [201, 201, 201, 429, 201]
    assert 0 < int(answers[3].headers["Retry-After"]) <= 61
    assert answers[3].mimetype == "application/problem+json"
    assert "wrong" not in answers[3].json["detail"]  # which is said of passwords


def test_a_limit_of_corrections_limits_no_prediction(
    admin_app: MakeApp, seven: dict[str, Any]
) -> None:
    client = FlaskClient(admin_app(NET_CORRECTIONS_A_MINUTE=1))
    for _ in range(2):
        client.post(ADDRESS, json=correction())

    assert client.post("/api/v1/predictions", json=seven).status_code == 200


def test_where_none_are_taken_nothing_offers_them(admin_app: MakeApp) -> None:
    client = FlaskClient(admin_app(NET_CORRECTIONS_A_MINUTE=0))

    answers = [client.post(ADDRESS, json=correction()), client.delete(f"{ADDRESS}/{'a' * 32}")]
    pages = [client.get(path).text for path in ("/", "/practice", "/about")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "corrections" not in pages[0] + pages[1]
    assert "May we keep what you write?" not in pages[1]
    for page in pages:
        assert "nothing is stored." in page
        assert "unless" not in page


def test_where_they_are_taken_the_pages_say_what_is_kept(client: FlaskClient) -> None:
    pages = [client.get(path).text for path in ("/", "/about", "/practice")]

    assert 'data-corrections="/api/v1/corrections"' in pages[0]
    assert 'data-corrections="/api/v1/corrections"' in pages[2]
    for told in ("What for", "How long", "CC0 1.0", "take all of it back", "ask a grown-up first"):
        assert told in pages[2]
    for page in pages:
        assert "nothing is stored unless you allow it." in page
        assert "nothing is stored." not in page
    assert "no name, no address, no cookie" in pages[1]


def test_no_more_are_kept_than_there_is_room_for(admin_app: MakeApp) -> None:
    app = admin_app(NET_CORRECTIONS_MOST=2)
    client = FlaskClient(app)
    bodies = [correction(prediction=PREDICTION), correction(), correction()]

    answers = [client.post(ADDRESS, json=body) for body in [*bodies, bodies[0]]]

    assert [answer.status_code for answer in answers] == [201, 201, 503, 201]
    assert answers[2].json["type"] == "/api/docs#full"
    assert answers[2].headers["Retry-After"]
    assert len(kept(app)) == 2


def test_a_large_drawing_takes_the_room_of_several(admin_app: MakeApp) -> None:
    client = FlaskClient(admin_app(NET_CORRECTIONS_MOST=3))
    large = [{"x": list(range(10_000)), "y": list(range(10_000))}]  # 98 KB

    answers = [client.post(ADDRESS, json=correction(strokes=strokes)) for strokes in (large, SEVEN)]

    assert [answer.status_code for answer in answers] == [503, 201]


def test_without_a_database_the_answer_says_when_to_send_it_again(
    admin_app: MakeApp, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")
    url = f"sqlite:///{tmp_path}/taken/net.sqlite3"
    client = FlaskClient(admin_app(NET_DATABASE_URL=url))

    first = client.post(ADDRESS, json=correction())
    (tmp_path / "taken").unlink()
    second = client.post(ADDRESS, json=correction())

    assert (first.status_code, first.headers["Retry-After"]) == (503, "5")
    assert first.mimetype == "application/problem+json"
    assert second.status_code == 201
