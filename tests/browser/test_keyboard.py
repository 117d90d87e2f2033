"""Drawing, reading the answer and everything else by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.drawing_page import drawn_strokes, expect_blank, settled_answer
from tests.browser.pens import draw_with_mouse

OpenPage = Callable[..., Page]

# Steps from the middle of the grid (row 7, column 7); capitals draw a line while they go.
ROUTES = {
    "0": "uuul RRR DDDDDD LLL UUUUUU",
    "2": "uuull RRRR DDD LLLL DDD RRRR",
    "4": "uuuu DDDDDDDD uuu RR lll LLL UUUU",
    "7": "uuulll RRRRR DDDDDDDD",
}
_KEYS = {"u": "ArrowUp", "d": "ArrowDown", "l": "ArrowLeft", "r": "ArrowRight"}


def open_cells(page: Page) -> None:
    page.get_by_role("button", name="Draw with the keyboard").focus()
    page.keyboard.press("Enter")


def follow(page: Page, route: str) -> None:
    for step in route.replace(" ", ""):
        key = _KEYS[step.lower()]
        page.keyboard.press(f"Shift+{key}" if step.isupper() else key)


def focused_name(page: Page) -> str | None:
    name: str | None = page.evaluate("document.activeElement.getAttribute('aria-label')")
    return name


def test_digits_drawn_cell_by_cell_are_read_right(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label("Answer while I draw").uncheck()  # dozens of answers to each digit
    for digit, route in ROUTES.items():
        open_cells(page)

        follow(page, route)
        page.keyboard.press("p")

        assert settled_answer(page) == digit
        page.locator("#clear").click()
        page.reload()


def test_cells_tell_where_they_are_are_inked_and_wiped_and_left(open_page: OpenPage) -> None:
    page = open_page()
    open_cells(page)

    page.keyboard.press("Space")
    inked = (focused_name(page), page.locator(":focus").get_attribute("aria-selected"))
    page.keyboard.press("Space")
    assert inked == ("Row 7, column 7, ink", "true")
    expect_blank(page)

    names = [focused_name(page)]
    for key in ("ArrowUp", "ArrowLeft", "Home", "ArrowLeft", "PageDown", "ArrowDown", "End"):
        page.keyboard.press(key)
        names.append(focused_name(page))
    assert names == [
        "Row 7, column 7",
        "Row 6, column 7",
        "Row 6, column 6",
        "Row 6, column 1",
        "Row 6, column 1",
        "Row 12, column 1",
        "Row 12, column 1",
        "Row 12, column 12",
    ]

    page.keyboard.press("Escape")
    expect(page.get_by_role("grid")).to_be_hidden()
    expect(page.get_by_role("button", name="Draw with the keyboard")).to_be_focused()


def test_cells_and_strokes_make_one_drawing_that_survives_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    page.locator("#pad").click()
    open_cells(page)
    follow(page, "RR")
    page.keyboard.press("Escape")
    before = drawn_strokes(page)

    page.reload()

    assert len(before) == 2
    assert drawn_strokes(page) == before


def test_a_cell_can_be_clicked(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 320, "height": 568})
    open_cells(page)

    cell = page.get_by_label("Row 3, column 4", exact=True)
    box = cell.bounding_box()
    cell.click()

    assert box is not None
    assert min(box["width"], box["height"]) >= 23.9  # WCAG 2.5.8
    expect(page.get_by_label("Row 3, column 4, ink")).to_have_count(1)


def test_tab_reaches_every_control_and_shows_where_it_is(open_page: OpenPage) -> None:
    page = open_page()
    reached = []

    for _ in range(22):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "[document.activeElement.id,"
                " getComputedStyle(document.activeElement.closest('label') &&"
                " document.activeElement.type === 'radio' ?"
                " document.activeElement.parentElement : document.activeElement).outlineStyle]"
            )
        )

    ids = [name for name, _ in reached]
    for control in ("theme-switch", "undo", "redo", "clear", "predict", "live", "cells-switch"):
        assert control in ids
    for control in ("copy", "save", "help-open"):
        assert control in ids
    assert {outline for name, outline in reached if name} == {"solid"}


def test_clearing_by_keyboard_keeps_the_focus(open_page: OpenPage) -> None:
    page = open_page()
    page.locator("#pad").click()
    page.locator("#clear").focus()

    page.keyboard.press("Enter")

    expect_blank(page)
    expect(page.locator("#clear")).to_be_focused()


def test_the_cells_show_what_a_pen_drew_and_wipe_it(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, [[(0.04, 0.54), (0.96, 0.54)]])
    open_cells(page)
    inked = page.locator("#cells [aria-selected=true]")
    expect(inked).to_have_count(12)
    expect(page.get_by_label("Row 7, column 7, ink")).to_be_focused()

    page.keyboard.press("Space")

    expect(inked).to_have_count(11)
    assert focused_name(page) == "Row 7, column 7"
    assert len(drawn_strokes(page)) == 2
