"""Screens of every kind: lost canvases, other ratios, forced colours, paper, short windows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing_page import settled_answer, style, until
from tests.browser.pens import SEVEN, devtools, draw_with_finger, draw_with_mouse, touch
from tests.browser.picture_giving import TWO_SEVENS, choose, picture_file, picture_tags
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]
INKED = """(pad) => {
  const pixels = pad.getContext("2d").getImageData(0, 0, pad.width, pad.height).data;
  return pixels.some((value, index) => index % 4 === 3 && value > 0);
}"""


@pytest.fixture(autouse=True)
def _tests_read_pixels(watch: Watch) -> None:
    """Chromium's advice to who reads a canvas often; the page itself never does."""
    watch.expect("willReadFrequently")


def expect_ink(page: Page, is_there: bool = True) -> None:
    until(page, lambda: page.locator("#pad").evaluate(INKED) == is_there)


def test_a_canvas_that_was_reset_is_painted_again(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    for target, event in (
        ("document", "visibilitychange"),
        ("window", "pageshow"),
        ("pad", "contextrestored"),
    ):
        page.locator("#pad").evaluate("(pad) => { pad.width = pad.width; }")
        expect_ink(page, False)

        page.evaluate(
            """([target, event]) => {
              const targets = {document, window, pad: document.querySelector("#pad")};
              targets[target].dispatchEvent(new Event(event));
            }""",
            [target, event],
        )

        expect_ink(page)


def test_a_window_on_a_screen_of_another_ratio_stays_crisp_in_browsers_without_the_pixel_box(
    open_page: OpenPage,
) -> None:
    page = open_page("/livez")
    page.add_init_script(
        """const observe = ResizeObserver.prototype.observe;
        ResizeObserver.prototype.observe = function (target, options) {
          if (options?.box === "device-pixel-content-box") throw new TypeError("no such box");
          return observe.call(this, target, options);
        };"""
    )
    page.goto("/")
    draw_with_mouse(page, SEVEN)
    session = devtools(page)

    for ratio, width in ((2, 1270), (3, 1260), (1, 1250)):  # which leaves the sheet as large
        session.send(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 800, "deviceScaleFactor": ratio, "mobile": False},
        )
        shown = page.locator("#pad").bounding_box()
        assert shown is not None
        expect(page.locator("#pad")).to_have_js_property("width", round(shown["width"] * ratio))
        expect_ink(page)


def test_forced_colours_keep_edges_bars_and_choices_in_sight(open_page: OpenPage) -> None:
    page = open_page(forced_colors="active", color_scheme="light")
    draw_with_mouse(page, SEVEN)
    for scheme in ("light", "dark"):
        if scheme == "dark":
            page.emulate_media(color_scheme="dark", forced_colors="active")
            page.reload()
        settled_answer(page)
        page.wait_for_timeout(300)

        assert style(page.locator(".sheet"), "borderTopStyle") == "solid"
        best = style(page.locator("#bars [data-best] .bar"), "backgroundColor", "::before")
        paper = style(page.locator("body"), "backgroundColor")
        assert best != paper
        widths = page.locator(".pen-width")
        thin, medium, thick = [style(width, "backgroundColor") for width in widths.all()]
        assert medium not in (thin, thick)

    choose(page, picture_file(TWO_SEVENS))
    expect(picture_tags(page)).to_have_count(2)
    buttons = page.locator("#pictures button")
    tags = picture_tags(page)
    for choices in (buttons, tags):
        assert len({style(one, "backgroundColor") for one in choices.all()}) == 2

    page.locator("#inside-open").click()
    for chosen, other in (
        (page.locator(".inside-digits label").nth(7), page.locator(".inside-digits label").nth(8)),
        (page.locator("#theme-switch"), page.locator("#leave-picture")),
    ):
        expect(chosen).to_be_visible()
        assert style(chosen, "backgroundColor") != style(other, "backgroundColor")
    assert "gradient" in style(page.locator(".inside-scale"), "backgroundImage")

    page.goto("/about")
    about = page.get_by_role("link", name="About", exact=True)
    assert style(about, "backgroundColor") != style(page.locator(".wordmark"), "backgroundColor")


def test_ink_follows_when_forced_colours_come_and_go(open_page: OpenPage) -> None:
    page = open_page(color_scheme="light")
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    chosen = _ink_colour(page)
    assert chosen != [0, 0, 0]

    page.emulate_media(forced_colors="active")
    until(page, lambda: _ink_colour(page) == [0, 0, 0])
    page.emulate_media(forced_colors="none")
    until(page, lambda: _ink_colour(page) == chosen)


def test_paper_gets_dark_ink_the_answer_and_its_bars_and_no_buttons(open_page: OpenPage) -> None:
    page = open_page(color_scheme="light")
    draw_with_mouse(page, SEVEN)
    for scheme in ("light", "dark"):
        if scheme == "dark":
            page.emulate_media(color_scheme="dark", media="screen")
            page.reload()
        assert settled_answer(page) == "7"
        expect(page.locator("html")).to_have_attribute("data-theme", scheme)

        page.emulate_media(color_scheme=scheme, media="print")

        assert style(page.locator("body"), "backgroundColor") == "rgb(255, 255, 255)"
        assert style(page.locator(".sheet"), "backgroundColor") == "rgb(255, 255, 255)"
        assert style(page.locator("#pad"), "filter") == "brightness(0)"
        assert style(page.locator(".verdict-text"), "color") == "rgb(0, 0, 0)"
        for bar in page.locator(".bar").all():
            assert style(bar, "printColorAdjust") == "exact"
        assert page.locator("button:visible, input:visible, select:visible").count() == 0
        expect(page.locator(".verdict-text")).to_be_visible()
        expect(page.locator("#bars")).to_be_visible()


def test_practice_is_dark_on_white_on_paper(open_page: OpenPage) -> None:
    page = open_page("/practice", color_scheme="dark")

    page.emulate_media(media="print")

    assert style(page.locator("body"), "backgroundColor") == "rgb(255, 255, 255)"
    assert style(page.locator("#pad"), "filter") == "brightness(0)"
    assert page.locator("main :is(button, input, a):visible").count() == 0
    for name in ("--red", "--good"):  # pale on a dark screen
        colour = page.locator(".practice-page").evaluate(
            "(one, name) => getComputedStyle(one).getPropertyValue(name)", name
        )
        assert max(int(colour[at : at + 2], 16) for at in (3, 5)) < 0x80


def test_on_the_narrowest_phone_nothing_stands_on_something_else(open_page: OpenPage) -> None:
    page = open_page(locale="vi-VN", viewport={"width": 320, "height": 568})

    words = page.locator(".verdict-words").bounding_box()
    way = page.locator(".or-practise").bounding_box()

    assert words is not None
    assert way is not None
    assert words["y"] + words["height"] <= way["y"]


def test_on_a_laptop_the_tools_are_one_row_and_stay_where_they_are_when_the_answer_grows(
    open_page: OpenPage,
) -> None:
    page = open_page(viewport={"width": 1280, "height": 720})
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    tops = """["undo", "predict", "live"].map((id) =>
      document.getElementById(id).getBoundingClientRect().top + scrollY)"""
    before = page.evaluate(tops)

    page.get_by_role("button", name="Wrong? Tell what it was").click()

    assert page.evaluate(tops) == before
    assert before[0] == before[1]


def test_a_phone_on_its_side_shows_sheet_and_answer(open_page: OpenPage) -> None:
    page = open_page(
        locale="vi-VN", viewport={"width": 844, "height": 390}, is_mobile=True, has_touch=True
    )
    draw_with_finger(page, SEVEN)
    for width, height in ((844, 390), (667, 375), (568, 320), (915, 412)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/")
        assert settled_answer(page) == "7"

        sheet = page.locator(".sheet").bounding_box()
        digit = page.locator(".verdict-text").bounding_box()
        assert sheet is not None
        assert digit is not None
        assert sheet["y"] + sheet["height"] <= height
        assert sheet["width"] <= width - 80
        assert digit["y"] + digit["height"] <= height
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_on_its_side_shows_what_to_practise_the_sheet_and_what_to_press(
    open_page: OpenPage,
) -> None:
    page = open_page("/practice", locale="vi-VN", viewport={"width": 844, "height": 390})
    for width, height in ((844, 390), (667, 375), (568, 320)):
        page.set_viewport_size({"width": width, "height": height})

        for selector in ("#task-words", ".sheet", "#undo", "#check"):
            expect(page.locator(selector)).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/", "/practice"])
def test_at_400_percent_the_sheet_fits_with_room_beside_it_to_scroll_by(
    open_page: OpenPage, path: str
) -> None:
    page = open_page(viewport={"width": 320, "height": 256}, has_touch=True, is_mobile=True)
    session = devtools(page)
    for width, height in ((320, 256), (480, 270), (400, 300)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(path)

        sheet = page.locator(".sheet").bounding_box()
        assert sheet is not None
        assert sheet["height"] <= height
        assert width - sheet["x"] - sheet["width"] >= 44
        # A finger beside the sheet scrolls past it.
        assert page.evaluate("scrollY") == 0
        touch(session, "touchStart", [(width - 20, height - 60)])
        for way in range(10, 110, 10):
            touch(session, "touchMove", [(width - 20, height - 60 - way)])
        touch(session, "touchEnd", [])
        until(page, lambda: page.evaluate("scrollY") > 50)


def _ink_colour(page: Page) -> list[int]:
    colour: list[int] = page.locator("#pad").evaluate(
        """(pad) => {
          const {data} = pad.getContext("2d").getImageData(0, 0, pad.width, pad.height);
          const at = data.findIndex((value, index) => index % 4 === 3 && value === 255);
          return [...data.slice(at - 3, at)];
        }"""
    )
    return colour
