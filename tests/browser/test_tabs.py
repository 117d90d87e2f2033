"""Several tabs with one drawing, reloads and the browser's own memory: no work is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing_page import drawn_strokes, expect_blank, settled_answer, until
from tests.browser.pens import ONE, SEVEN, draw_with_mouse
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]
DRAWN_1 = "Drawing area, strokes drawn: 1"
DRAWN_2 = "Drawing area, strokes drawn: 2"


def another_tab(page: Page, watch: Watch) -> Page:
    tab = page.context.new_page()
    watch.follow(tab)
    tab.goto("/")
    return tab


def leave(page: Page) -> None:
    """Leave the page, which lets it write what it still has to write."""
    page.goto("about:blank")


def test_an_empty_tab_that_is_left_later_wipes_nothing(open_page: OpenPage, watch: Watch) -> None:
    empty = open_page()
    tab = another_tab(empty, watch)
    draw_with_mouse(tab, SEVEN)
    settled_answer(tab)
    leave(tab)
    tab.close()

    leave(empty)
    empty.goto("/")

    assert settled_answer(empty) == "7"


def test_an_older_drawing_does_not_overwrite_a_newer_one(open_page: OpenPage, watch: Watch) -> None:
    older = open_page()
    draw_with_mouse(older, ONE)
    settled_answer(older)
    older.wait_for_timeout(500)  # until it has been written
    newer = another_tab(older, watch)
    newer.locator("#clear").click()
    draw_with_mouse(newer, SEVEN)
    settled_answer(newer)
    # Browsers carry what one tab writes to the others in their own time.
    expect(older.locator(".verdict-text")).to_have_text("7")
    leave(newer)
    newer.close()

    leave(older)

    assert settled_answer(another_tab(older, watch)) == "7"


def test_a_tab_shows_what_another_one_draws_and_undo_brings_its_own_back(
    open_page: OpenPage, watch: Watch
) -> None:
    one = open_page()
    two = another_tab(one, watch)
    draw_with_mouse(one, ONE)
    expect(two.locator("#pad")).to_have_attribute("aria-label", DRAWN_1)
    assert settled_answer(two) == "1"

    two.locator("#clear").click()
    expect(one.locator("#pad")).to_have_attribute("aria-label", "Drawing area, empty")
    one.locator("#undo").click()

    expect(one.locator("#pad")).to_have_attribute("aria-label", DRAWN_1)
    expect(two.locator("#pad")).to_have_attribute("aria-label", DRAWN_1)


def test_a_stroke_that_grows_is_not_taken_away_by_another_tab(
    open_page: OpenPage, watch: Watch
) -> None:
    one = open_page()
    two = another_tab(one, watch)
    box = one.locator("#pad").bounding_box()
    assert box is not None
    one.mouse.move(box["x"] + 50, box["y"] + 50)
    one.mouse.down()
    one.mouse.move(box["x"] + 60, box["y"] + 90)

    draw_with_mouse(two, SEVEN)
    one.mouse.move(box["x"] + 60, box["y"] + 190)
    one.mouse.up()

    # Whoever wrote last is shown by both, with the other's stroke a step away.
    until(one, lambda: drawn_strokes(one)[-1]["y"][-1] > 100)
    one.locator("#undo").click()
    expect(two.locator("#pad")).not_to_have_attribute("aria-label", "")


@pytest.mark.parametrize(
    "broken",
    [
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }",
        "Object.defineProperty(globalThis, 'localStorage', { get() { throw new Error(); } })",
    ],
    ids=["full", "forbidden"],
)
def test_a_drawing_that_cannot_be_remembered_is_there_when_back_leads_to_its_page(
    open_page: OpenPage, broken: str
) -> None:
    page = open_page("/livez", alone=True)
    page.add_init_script(broken)
    page.goto("/")
    draw_with_mouse(page, SEVEN)
    settled_answer(page)

    for event, persisted in (("pagehide", True), ("pageshow", True)):
        init = [event, {"persisted": persisted}]
        page.evaluate("(init) => dispatchEvent(new PageTransitionEvent(...init))", init)

    expect(page.locator("#pad")).to_have_attribute("aria-label", DRAWN_1)
    assert settled_answer(page) == "7"


def test_undo_redo_and_clear_survive_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, [*SEVEN, [(0.1, 0.9), (0.3, 0.9)]])
    page.locator("#undo").click()

    page.reload()
    expect(page.locator("#pad")).to_have_attribute("aria-label", DRAWN_1)
    page.locator("#redo").click()
    expect(page.locator("#pad")).to_have_attribute("aria-label", DRAWN_2)
    page.locator("#clear").click()
    page.reload()
    expect_blank(page)
    page.locator("#undo").click()

    assert len(drawn_strokes(page)) == 2


def test_a_drawing_that_an_earlier_version_kept_is_taken_up(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate(
        """() => localStorage.setItem("net.drawing", JSON.stringify({
          strokes: [{x: [500, 500], y: [150, 850], t: [0, 300], p: [0.5, 0.5]}], cells: []}))"""
    )

    page.reload()

    assert settled_answer(page) == "1"
    page.locator("#undo").click()
    expect_blank(page)
