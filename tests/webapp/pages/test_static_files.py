from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

from webapp.pages.static_files import read_folder, version_of


def test_a_page_names_files_by_addresses_that_can_be_kept_for_a_year(
    bare_client: FlaskClient,
) -> None:
    addresses = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', bare_client.get("/").text))

    answers = [bare_client.get(address) for address in addresses]

    assert len(addresses) > 3
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["Cache-Control"] for answer in answers} == {
        "public, max-age=31536000, immutable"
    }


def test_an_address_without_the_present_version_has_to_be_asked_for_again(
    bare_client: FlaskClient,
) -> None:
    answers = [bare_client.get(f"/static/{path}js/main.js") for path in ("", "v-old/")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-cache"}


def test_a_file_that_has_not_changed_is_not_sent_again(bare_client: FlaskClient) -> None:
    for encoding in ("identity", "gzip", "br"):
        headers = {"Accept-Encoding": encoding}
        etag = bare_client.get("/static/js/main.js", headers=headers).headers["ETag"]

        answer = bare_client.get("/static/js/main.js", headers={**headers, "If-None-Match": etag})

        assert (answer.status_code, answer.data) == (304, b"")


def test_nothing_outside_the_folder_is_served(bare_client: FlaskClient) -> None:
    for path in ("../README.md", "..%2fREADME.md", "js/../../gunicorn.conf.py", "v-x/../../a"):
        assert bare_client.get(f"/static/{path}").status_code == 404


def test_every_change_to_a_folder_is_another_version(tmp_path: Path) -> None:
    versions = [_version(tmp_path)]

    (tmp_path / "a.js").write_text("1")
    versions.append(_version(tmp_path))
    (tmp_path / "a.js").write_text("2")
    versions.append(_version(tmp_path))
    (tmp_path / "a.js").rename(tmp_path / "b.js")
    versions.append(_version(tmp_path))

    assert len(set(versions)) == 4
    assert _version(tmp_path) == versions[-1]


def test_types_do_not_depend_on_the_machine(tmp_path: Path) -> None:
    for name in ("a.js", "a.css", "a.svg", "a.webmanifest", "a.unheard-of"):
        (tmp_path / name).write_text("")

    assert [file.mimetype for file in read_folder(tmp_path).values()] == [
        "text/css",
        "text/javascript",
        "image/svg+xml",
        "application/octet-stream",
        "application/manifest+json",
    ]


def _version(folder: Path) -> str:
    return version_of(read_folder(folder))
