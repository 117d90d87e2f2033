"""Fingers, palms, pens and erasers: what draws, what zooms, and what leaves no ink."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.drawing_page import drawn_strokes, expect_blank, settled_answer, until
from tests.browser.pens import (
    ONE,
    SEVEN,
    Point,
    devtools,
    draw_with_finger,
    draw_with_mouse,
    draw_with_pen,
    on_screen,
    touch,
)

OpenPage = Callable[..., Page]
PHONE: dict[str, Any] = {
    "has_touch": True,
    "is_mobile": True,
    "viewport": {"width": 390, "height": 844},
}


def open_phone(open_page: OpenPage, **options: Any) -> Page:
    return open_page(**{**PHONE, **options})


def move_two_fingers(page: Page, starts: list[Point], way: list[Point], steps: int = 12) -> None:
    """Put two fingers down one after the other, move each by its way, and lift both."""
    session = devtools(page)
    touch(session, "touchStart", starts[:1])
    touch(session, "touchMove", [(starts[0][0] + 3, starts[0][1] + 3)])
    touch(session, "touchStart", starts)
    for step in range(1, steps + 1):
        share = step / steps
        moved = [
            (x + share * dx, y + share * dy) for (x, y), (dx, dy) in zip(starts, way, strict=True)
        ]
        touch(session, "touchMove", moved)
    touch(session, "touchEnd", [])


def touch_for(page: Page, point: Point, milliseconds: int, radius: float = 12) -> None:
    session, begun = devtools(page), time.time()
    touch(session, "touchStart", [point], radius, begun)
    touch(session, "touchEnd", [], at=begun + milliseconds / 1000)


def turned_pen(page: Page, stroke: list[Point]) -> None:
    """A pen's other end, as browsers report it: button 5, 32 among the buttons."""
    page.evaluate(
        """([first, ...others]) => {
          const send = (type, [clientX, clientY], more) => document.querySelector("#pad")
            .dispatchEvent(new PointerEvent(type, {bubbles: true, cancelable: true, pointerId: 77,
              pointerType: "pen", isPrimary: true, clientX, clientY, pressure: 0.5, ...more}));
          send("pointerdown", first, {button: 5, buttons: 32});
          for (const point of others) send("pointermove", point, {button: -1, buttons: 32});
          send("pointerup", others.at(-1) ?? first, {button: 5, buttons: 0});
        }""",
        on_screen(page, stroke),
    )


def test_two_fingers_zoom_and_leave_no_ink(open_page: OpenPage) -> None:
    page = open_phone(open_page)

    starts = on_screen(page, [(0.4, 0.5), (0.6, 0.5)])
    move_two_fingers(page, starts, [(-90, -20), (90, 20)])

    assert page.evaluate("visualViewport.scale") > 1.3
    expect_blank(page)
    expect(page.locator("#undo")).to_have_attribute("aria-disabled", "true")


def test_two_fingers_scroll_and_leave_what_was_drawn_as_it_was(open_page: OpenPage) -> None:
    page = open_phone(open_page, viewport={"width": 390, "height": 500})
    draw_with_finger(page, SEVEN)
    assert settled_answer(page) == "7"

    move_two_fingers(page, on_screen(page, [(0.3, 0.8), (0.6, 0.8)]), [(0, -150), (0, -150)])

    until(page, lambda: page.evaluate("scrollY + visualViewport.offsetTop") > 30)
    assert settled_answer(page) == "7"
    assert len(drawn_strokes(page)) == 1


def test_a_finger_draws_again_after_two_have_zoomed(open_page: OpenPage) -> None:
    page = open_phone(open_page)
    starts = on_screen(page, [(0.4, 0.5), (0.6, 0.5)])
    move_two_fingers(page, starts, [(0, -60), (0, -60)])
    page.evaluate("scrollTo(0, 0)")

    draw_with_finger(page, SEVEN)

    assert settled_answer(page) == "7"
    assert len(drawn_strokes(page)) == 1


def test_a_tap_of_an_instant_is_no_dot_and_a_touch_that_stays_is_one(open_page: OpenPage) -> None:
    page = open_phone(open_page)
    (point,) = on_screen(page, [(0.5, 0.5)])

    touch_for(page, point, 0)
    after_tap = drawn_strokes(page)
    touch_for(page, point, 300)

    assert after_tap == []
    assert len(drawn_strokes(page)) == 1


def test_a_short_stroke_that_goes_somewhere_is_drawn_however_quick(open_page: OpenPage) -> None:
    page = open_phone(open_page)

    draw_with_finger(page, [[(0.5, 0.5), (0.55, 0.55)]])

    assert len(drawn_strokes(page)) == 1


def test_a_stroke_whose_end_was_swallowed_does_not_kill_the_pad(open_page: OpenPage) -> None:
    page = open_page(has_touch=True)
    for number, swallowed in enumerate(("touch", "mouse")):
        # The system takes the end away: the page never hears of it.
        page.evaluate(
            """([kind, pointerId, x, y]) => {
              const pad = document.querySelector("#pad");
              const shared = {bubbles: true, cancelable: true, pointerId, pointerType: kind,
                isPrimary: true, buttons: 1, width: 20, height: 20};
              const send = (type, clientY) =>
                pad.dispatchEvent(new PointerEvent(type, {...shared, clientX: x, clientY}));
              send("pointerdown", y);
              send("pointermove", y + 80);
            }""",
            [swallowed, 98 + number, *on_screen(page, [(0.2, 0.2)])[0]],
        )

        draw_with_finger(page, ONE)
        draw_with_mouse(page, [[(0.8, 0.2), (0.8, 0.8)]])

        assert len(drawn_strokes(page)) == 3, swallowed
        page.locator("#clear").click()


def test_a_page_that_is_left_ends_what_is_being_drawn(open_page: OpenPage) -> None:
    page = open_page()
    first, second, *_ = on_screen(page, ONE[0])
    for event in ("blur", "pagehide"):
        page.mouse.move(*first)
        page.mouse.down()
        page.mouse.move(*second)

        page.evaluate("(type) => dispatchEvent(new Event(type))", event)
        page.mouse.move(*on_screen(page, [(0.9, 0.9)])[0])
        page.mouse.up()

        (stroke,) = drawn_strokes(page)
        assert max(stroke["x"]) < 600, event
        page.locator("#clear").click()


def test_on_a_school_board_every_touch_is_broad_and_draws(open_page: OpenPage) -> None:
    page = open_page(has_touch=True)
    session = devtools(page)
    first, *others = on_screen(page, SEVEN[0])

    touch(session, "touchStart", [first], radius=70)
    for point in others:
        touch(session, "touchMove", [point], radius=70)
    touch(session, "touchEnd", [])

    assert settled_answer(page) == "7"


def test_a_broad_touch_beside_a_finger_is_a_palm_and_the_finger_draws_on(
    open_page: OpenPage,
) -> None:
    page = open_page(has_touch=True)
    pad = on_screen(page, [(0.5, 0.2), (0.5, 0.5), (0.5, 0.8), (0.9, 0.9)])
    page.evaluate(
        """([start, middle, end, palm]) => {
          const send = (type, [clientX, clientY], id, size) => document.querySelector("#pad")
            .dispatchEvent(new PointerEvent(type, {bubbles: true, cancelable: true, pointerId: id,
              pointerType: "touch", isPrimary: id === 5, clientX, clientY, width: size,
              height: size, buttons: type === "pointerup" ? 0 : 1}));
          send("pointerdown", start, 5, 20);
          send("pointermove", middle, 5, 20);
          send("pointerdown", palm, 6, 150);
          send("pointermove", end, 5, 20);
          send("pointerup", end, 5, 20);
          send("pointerup", palm, 6, 150);
        }""",
        pad,
    )

    (stroke,) = drawn_strokes(page)
    assert stroke["y"][-1] > 700


def test_a_finger_draws_as_soon_as_a_pen_that_only_hovered_is_away(open_page: OpenPage) -> None:
    page = open_page(has_touch=True)
    session = devtools(page)
    hover, aside = on_screen(page, [(0.5, 0.5), (0.5, -0.1)])
    for point in (hover, aside):
        session.send(
            "Input.dispatchMouseEvent",
            {
                "type": "mouseMoved",
                "x": point[0],
                "y": point[1],
                "pointerType": "pen",
                "buttons": 0,
            },
        )

    draw_with_finger(page, SEVEN)

    assert settled_answer(page) == "7"


def test_a_finger_that_must_rest_beside_a_pen_is_told_why(open_page: OpenPage) -> None:
    page = open_page(has_touch=True, locale="vi-VN")
    draw_with_pen(page, ONE)
    before = len(drawn_strokes(page))

    draw_with_finger(page, [[(0.2, 0.2), (0.5, 0.2), (0.8, 0.2)]])

    expect(page.locator("#status")).to_contain_text("Bút đang ở gần")
    assert len(drawn_strokes(page)) == before == 1


def test_touches_on_the_pad_are_kept_from_scribble_and_two_of_them_are_not(
    open_page: OpenPage,
) -> None:
    page = open_page(has_touch=True)

    prevented = page.evaluate(
        """() => {
          const pad = document.querySelector("#pad");
          const made = (count) => Array.from({length: count}, (_, identifier) =>
            new Touch({identifier, target: pad, clientX: 9 * identifier, clientY: 1}));
          return [1, 2].map((count) => !pad.dispatchEvent(new TouchEvent("touchmove",
            {cancelable: true, bubbles: true, touches: made(count)})));
        }"""
    )

    assert prevented == [True, False]


def test_the_other_end_of_a_pen_erases_what_it_passes_in_one_step(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, ONE)
    settled_answer(page)

    turned_pen(page, [(0.4, 0.5), (0.6, 0.5)])
    after = len(drawn_strokes(page))
    page.locator("#undo").click()

    assert after == 2
    assert len(drawn_strokes(page)) == 1
    assert settled_answer(page) == "1"


def test_the_eraser_is_turned_on_and_off_and_who_chooses_a_pen_draws(open_page: OpenPage) -> None:
    page = open_page()
    button = page.get_by_role("button", name="Eraser")
    turn = {"key": lambda: page.keyboard.press("e"), "button": button.click}

    for way in ("key", "button"):
        draw_with_mouse(page, SEVEN)
        turn[way]()
        expect(button).to_have_attribute("aria-pressed", "true")
        draw_with_mouse(page, SEVEN)
        expect_blank(page)
        turn[way]()
        expect(button).to_have_attribute("aria-pressed", "false")
        draw_with_mouse(page, ONE)
        assert settled_answer(page) == "1", way
        page.locator("#clear").click()

    page.keyboard.press("e")
    page.get_by_label("Thick").check()
    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "7"
