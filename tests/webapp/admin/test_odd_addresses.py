"""Every address with an id or a name in it, and every number behind "?": 404 or a page, no 500."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from apiflask import APIFlask
from werkzeug.routing import Rule

from recognizer.runs.registry import Registry
from tests.postgresql_server import PostgresqlServer
from tests.webapp.admin.conftest import SignedInClient, signed_in
from webapp import create_app

PAGE = {"Accept": "text/html"}
ODD_IDS = [
    "0", "-1", "+1", "01", "1.0", "1e3", "1_0", "0x1", " 1", "1 ", "٣", "１", "²", "NaN",
    "2147483648", "4294967297", "9223372036854775807", "9223372036854775808", "9" * 5000,
]  # fmt: skip
ODD_NAMES = ["..", ".", "%00", "a\0b", "a" * 5000, "١٢", "名前", "a%2f..%2fb", "-", "'", "\ud7ff"]
ODD_NUMBERS = ["-1", "1e9", "٣", "9" * 30, "9" * 5000, "9223372036854775808", "", "\0"]
COUNTED = [
    "/admin/training?page={}",
    "/admin/training/new?job={}",
    "/admin/training/new?run={}",
    "/admin/training/new?recipe={}",
    "/admin/training/jobs/1/news?from={}",
    "/admin/people/log?page={}&q={}",
    "/admin/people/log?person={}&action={}",
    "/admin/corrections?page={}&label={}&run={}&verdict={}&since={}",
    "/admin/runs?page={}&sort={}&q={}&recipe={}",
    "/admin/releases?page={}",
    "/admin?period={}",
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def operator(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    released_models: Path,
    released_registry: Registry,
) -> Iterator[SignedInClient]:
    """One for all tests of a kind of database: odd addresses leave nothing behind."""
    instance = tmp_path_factory.mktemp("odd") / "instance"
    settings = {
        "TESTING": True, "NET_MODELS_DIR": released_models, "NET_INSTANCE_DIR": instance,
        "NET_DATA_DIR": instance.parent,
    }  # fmt: skip
    if request.param == "postgresql":
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        settings["NET_DATABASE_URL"] = server.migrated_database()
    app = create_app(settings, registry=released_registry)
    app.test_client_class = SignedInClient
    yield signed_in(app, "operator")
    app.extensions["net"].database.close()


def _filled(rule: Rule, fill: Callable[[str], str]) -> str:
    return re.sub(r"<(?:([^:<>]+):)?[^<>]+>", lambda found: fill(found[1] or "name"), rule.rule)


def _odd_paths(app: APIFlask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        if "<" not in rule.rule or not rule.rule.startswith(("/admin", "/api", "/set-up")):
            continue
        for method in {"GET", "POST", "DELETE"} & set(rule.methods or ()):
            for odd in ODD_IDS if "<id:" in rule.rule else ODD_NAMES:
                yield method, _filled(rule, lambda _, odd=odd: quote(odd))  # type: ignore[misc]


def test_ids_and_names_that_nobody_has_are_told_to_be_unknown(operator: SignedInClient) -> None:
    app: APIFlask = operator.application  # type: ignore[assignment]
    walked = list(_odd_paths(app))

    answers = {
        (method, path[:80]): operator.open(path, method=method, headers=PAGE).status_code
        for method, path in walked
    }

    unexpected = {asked: status for asked, status in answers.items() if status >= 500}
    wrong_ids = {
        asked: status
        for asked, status in answers.items()
        if re.search(r"/(jobs|people)/", asked[1]) and status not in (404, 405)
    }
    assert len(walked) > 100
    assert (unexpected, wrong_ids) == ({}, {})


@pytest.mark.parametrize("address", COUNTED)
def test_numbers_that_are_none_are_left_out(operator: SignedInClient, address: str) -> None:
    job = operator.application.extensions["net"].jobs.submit("fetch", {}, by="an")
    address = address.replace("jobs/1/", f"jobs/{job.id}/")

    statuses = {
        odd[:20]: operator.get(address.replace("{}", quote(odd)), headers=PAGE).status_code
        for odd in ODD_NUMBERS
    }

    assert set(statuses.values()) <= {200, 404}, statuses
