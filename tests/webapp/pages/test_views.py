"""The pages' HTML: titles, names, forms, and nothing that the security policy would stop."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from webapp.pages.static_files import FOLDER

PAGES = ["/", "/practice", "/about", "/nowhere"]
VOID = {"meta", "link", "input", "br", "hr", "img", "path", "circle"}


class Elements(HTMLParser):
    """Every start tag of a page, and the text of its title and scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found:
            tag = self.found[-1][0]
            self.texts[tag] = self.texts.get(tag, "") + data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "Nét: draw a digit"),
        ("/practice", "Practise writing digits · Nét"),
        ("/about", "About Nét"),
        ("/nowhere", "Not found · Nét"),
    ],
)
def test_a_page_has_a_title_a_language_and_one_main_heading(
    bare_client: FlaskClient, path: str, title: str
) -> None:
    elements = Elements(bare_client.get(path).text)

    assert elements.texts["title"].strip() == title
    assert elements.of("html")[0]["lang"] == "en"
    assert len(elements.of("h1")) == len(elements.of("main")) == 1


def test_only_the_page_that_draws_and_remembers_at_once_says_so_where_loading_fails(
    bare_client: FlaskClient,
) -> None:
    for sentence in ("You can draw already", "What you have drawn is kept."):
        assert sentence in bare_client.get("/").text
        assert sentence not in bare_client.get("/practice").text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_nothing_that_its_security_policy_would_stop(
    bare_client: FlaskClient, path: str
) -> None:
    elements = Elements(bare_client.get(path).text)

    assert not elements.of("style")
    for tag, attributes in elements.found:
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag
    for script in elements.of("script"):
        assert script.get("src") or script["type"] == "application/json"


@pytest.mark.parametrize("path", PAGES)
def test_everything_a_page_loads_is_ours_and_there(bare_client: FlaskClient, path: str) -> None:
    elements = Elements(bare_client.get(path).text)

    loaded = [tag.get("src") for tag in elements.of("script") + elements.of("img")]
    loaded += [tag.get("href") for tag in elements.of("link")]
    for address in filter(None, loaded):
        assert address.startswith("/static/")
        assert bare_client.get(address).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_ids_of_a_page_are_unique_and_labels_point_to_them(
    bare_client: FlaskClient, path: str
) -> None:
    elements = Elements(bare_client.get(path).text)
    ids = [value for _, attributes in elements.found if (value := attributes.get("id"))]

    assert len(ids) == len(set(ids))
    for _, attributes in elements.found:
        for name in ("aria-labelledby", "aria-describedby"):
            assert attributes.get(name) in {None, *ids}


def test_every_sentence_that_javascript_asks_for_is_given_to_it(bare_client: FlaskClient) -> None:
    given: set[str] = set()
    for path in ("/", "/practice", "/about", "/inside"):
        given |= set(json.loads(Elements(bare_client.get(path).text).texts["script"]))
    asked = set()
    for script in (FOLDER / "js").glob("*.js"):
        asked |= set(re.findall(r'"([a-z]+\.[a-z_]+)"', script.read_text(encoding="utf-8")))

    asked = {key for key in asked if key.split(".")[0] != "net"}
    assert asked - given == set()
    names_that_are_put_together = ("model.", "place.", "direction.", "layer.", "evidence.")
    computed = {key for key in given if key.startswith(names_that_are_put_together)}
    assert given - asked - computed == set()


def test_the_practice_page_has_every_sentence_of_its_own_modules(bare_client: FlaskClient) -> None:
    elements = Elements(bare_client.get("/practice").text)
    (entry,) = [tag["src"] for tag in elements.of("script") if tag.get("type") == "module"]
    asked = set(re.findall(r'"([a-z]+\.[a-z_]+)"', bare_client.get(str(entry)).text))

    assert asked - set(json.loads(elements.texts["script"])) == {"net.theme"}  # a storage's key


def test_there_is_an_icon_where_browsers_look_for_one(bare_client: FlaskClient) -> None:
    icon = bare_client.get("/favicon.ico", follow_redirects=True)

    assert (icon.status_code, icon.mimetype) == (200, "image/png")


def test_about_credits_every_data_set(bare_client: FlaskClient) -> None:
    page = bare_client.get("/about").text

    for credit in ("LeCun", "Cortes", "Burges", "CC BY-SA 3.0", "Alpaydin", "1195803", "CC BY 4.0"):
        assert credit in page


def test_who_has_no_javascript_is_told(bare_client: FlaskClient) -> None:
    page = bare_client.get("/").text

    assert "Drawing needs JavaScript" in page.split("<noscript>")[1].split("</noscript>")[0]


def test_an_address_cannot_put_html_into_an_error_page(bare_client: FlaskClient) -> None:
    page = bare_client.get("/%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text

    assert "<script>alert" not in page
