from __future__ import annotations

import gzip

from tests.webapp.admin.conftest import SignedInClient
from webapp.admin.plotly import installed_version, style_names

ADDRESS = f"/admin/plotly-{installed_version()}.js"


def test_the_script_comes_packed_out_of_the_package_and_may_be_kept(
    viewer_client: SignedInClient,
) -> None:
    packed = viewer_client.get(ADDRESS, headers={"Accept-Encoding": "gzip, br"})
    plain = viewer_client.get(ADDRESS)

    assert packed.mimetype == "text/javascript"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "immutable" in packed.headers["Cache-Control"]
    assert gzip.decompress(packed.data) == plain.data
    assert b"Plotly" in plain.data


def test_a_script_that_a_browser_has_is_not_sent_again(viewer_client: SignedInClient) -> None:
    for encoding in ("gzip", "identity"):
        headers = {"Accept-Encoding": encoding}
        tag = viewer_client.get(ADDRESS, headers=headers).headers["ETag"]

        answer = viewer_client.get(ADDRESS, headers={**headers, "If-None-Match": tag})

        assert (answer.status_code, answer.data) == (304, b"")


def test_another_version_is_not_found(viewer_client: SignedInClient) -> None:
    assert viewer_client.get("/admin/plotly-1.0.0.js").status_code == 404


def test_nobody_gets_it_without_a_session(anonymous_client: SignedInClient) -> None:
    assert anonymous_client.get(ADDRESS).status_code == 401


def test_the_style_elements_that_the_script_would_add_are_known() -> None:
    assert all(len(name) == 64 for name in style_names())
    assert style_names()
