"""What holds for every page: language, theme, width, weight and access for everybody."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.barriers import barriers
from tests.browser.drawing_page import settled_answer, style
from tests.browser.pens import SEVEN, draw_with_mouse
from tests.browser.stand_in import PREDICTIONS
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]
PAGES = ["/", "/practice", "/about", "/api/docs", "/nowhere"]
FIRST_VISIT = 50_000  # bytes, compressed
TWICE_AS_LONG = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const {currentNode: node} = walker;
    const isSentence = !node.parentElement.closest("script, table, code, [translate=no]");
    if (isSentence && node.data.trim().length > 3) node.data += ` ${node.data}`;
  }
}"""  # as other languages may be


@pytest.mark.parametrize(
    ("path", "locale", "width"),
    # Practice is in test_practice.
    [("/", "en-GB", 1280)] + [(path, "vi-VN", 320) for path in PAGES if path != "/practice"],
)
def test_a_page_has_no_barrier(
    open_page: OpenPage, watch: Watch, path: str, locale: str, width: int
) -> None:
    watch.expect("404")
    page = open_page(path, locale=locale, viewport={"width": width, "height": 568})

    assert barriers(page) == []


def test_an_answer_the_help_and_the_cells_have_no_barrier(open_page: OpenPage) -> None:
    page = open_page(locale="vi-VN", viewport={"width": 320, "height": 568})
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    found = barriers(page, "#answer")

    page.locator("#cells-switch").click()
    found += barriers(page, "#workbench")
    page.locator("#help-open").click()
    found += barriers(page, "#help")

    assert found == []


def test_pages_fit_320_pixels_also_with_sentences_twice_as_long(
    open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("404")
    page = open_page(PAGES[0], locale="en-GB", viewport={"width": 320, "height": 568})
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path

        page.evaluate(TWICE_AS_LONG)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.parametrize(
    ("locale", "language", "lead"),
    [
        ("en-GB", "en", "Draw a digit or a number."),
        ("vi-VN", "vi", "Hãy vẽ một con số."),
        ("de-DE", "en", "Draw a digit or a number."),
    ],
)
def test_the_browser_s_language_is_spoken(
    open_page: OpenPage, locale: str, language: str, lead: str
) -> None:
    page = open_page(locale=locale)

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading", level=1)).to_have_text(lead)


def test_the_language_can_be_switched_and_is_remembered_with_the_drawing(
    open_page: OpenPage,
) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN)
    settled_answer(page)

    page.get_by_role("button", name="Tiếng Việt").click()

    assert settled_answer(page) == "7"
    expect(page.locator(".verdict-figure")).to_have_text(re.compile(r"^\d+(,\d)?%$"))
    expect(page.locator("#bars li").nth(7)).to_contain_text("Chữ số 7: ")
    page.goto("/about")
    expect(page.get_by_role("heading", level=1)).to_have_text("Giới thiệu Nét")


def test_the_server_s_errors_come_in_the_page_s_language(open_page: OpenPage, watch: Watch) -> None:
    watch.expect("Failed to load resource")
    page = open_page(locale="vi-VN")
    broken = '{"strokes": [{"x": [1]}]}'
    page.route(PREDICTIONS, lambda route: route.continue_(post_data=broken))

    draw_with_mouse(page, SEVEN)

    expect(page.locator("#status")).to_contain_text("strokes[0].y bị thiếu.")


def test_the_theme_follows_the_system_until_a_person_disagrees(open_page: OpenPage) -> None:
    page = open_page(color_scheme="dark")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(root).to_have_attribute("data-theme", "light")

    page.get_by_role("button", name="Dark theme").click()
    page.reload()

    expect(root).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark theme")).to_have_attribute("aria-pressed", "true")
    colour = page.locator("meta[name=theme-color]").get_attribute("content") or ""
    paper = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    assert style(page.locator("body"), "backgroundColor") == "rgb({}, {}, {})".format(*paper)


def test_the_theme_is_the_same_in_every_tab_and_on_a_page_that_a_browser_kept_for_back(
    open_page: OpenPage, watch: Watch
) -> None:
    page = open_page(color_scheme="light")
    other = page.context.new_page()
    watch.follow(other)
    other.goto("/about")

    other.get_by_role("button", name="Dark theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    come_back = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    page.evaluate(f"localStorage.removeItem('net.theme'); {come_back}")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")

    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    page.get_by_role("button", name="Dark theme").click()
    page.evaluate(come_back)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_who_wants_less_motion_gets_none(open_page: OpenPage) -> None:
    page = open_page(reduced_motion="no-preference")

    def moving() -> int:
        number: int = page.evaluate(
            """[...document.querySelectorAll("*")].filter((element) =>
              getComputedStyle(element).transitionDuration.split(",").some((d) => d.trim() !== "0s")
            ).length"""
        )
        return number

    assert moving() > 0
    page.emulate_media(reduced_motion="reduce")
    assert moving() == 0


def test_a_first_visit_weighs_less_than_50_kilobytes(open_page: OpenPage) -> None:
    page = open_page("/livez", alone=True)
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))

    page.goto("/", wait_until="networkidle")

    weights = {response.url: _weight(response) for response in responses}
    assert 5 <= len(weights) <= 8
    assert sum(weights.values()) < FIRST_VISIT, weights


def test_the_about_page_shows_the_model_that_answers(open_page: OpenPage) -> None:
    page = open_page("/about")

    expect(page.locator("#model")).to_contain_text("strokes")
    expect(page.locator("#model")).to_contain_text("MNIST test images read right")
    expect(page.locator("main")).to_contain_text("CC BY-SA 3.0")


def test_the_about_page_says_when_there_is_no_model(open_page: OpenPage, watch: Watch) -> None:
    watch.expect("503")
    page = open_page("/livez")
    page.route("**/api/v1/models/current", lambda route: route.fulfill(status=503, json={}))

    page.goto("/about")

    expect(page.locator("#model")).to_have_text("No model is being served at the moment.")


def _weight(response: Response) -> int:
    body = response.body()
    is_packed = response.url.endswith(".png")
    return len(body) if is_packed else len(gzip.compress(body, 6))
