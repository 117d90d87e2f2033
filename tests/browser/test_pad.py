"""Drawing on the pad: every kind of pointer, and what must not draw."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing_page import drawn_strokes, settled_answer
from tests.browser.pens import (
    ONE,
    SEVEN,
    Pen,
    devtools,
    draw_with_finger,
    draw_with_mouse,
    draw_with_pen,
    on_screen,
    pen,
    touch,
)
from tests.browser.real_drawings import real_drawings

OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize(
    ("draw", "start"), [(draw_with_mouse, 5), (draw_with_finger, 105), (draw_with_pen, 205)]
)
def test_strangers_digits_are_read_right_whatever_they_are_drawn_with(
    open_page: OpenPage, draw: Pen, start: int
) -> None:
    page = open_page(has_touch=True)
    right = 0
    drawings = real_drawings(start, 3)

    for label, strokes in drawings:
        draw(page, strokes)
        right += settled_answer(page) == label
        page.locator("#clear").click()

    assert right >= len(drawings) - 1


def test_every_pointer_draws_the_points_it_passes_and_a_pen_its_pressure(
    open_page: OpenPage,
) -> None:
    page = open_page(has_touch=True)
    for draw in (draw_with_mouse, draw_with_finger, draw_with_pen):
        draw(page, SEVEN)

        (stroke,) = drawn_strokes(page)
        assert len(stroke["x"]) >= len(SEVEN[0])
        ends = [(stroke["x"][at] / 1000, stroke["y"][at] / 1000) for at in (0, -1)]
        assert ends[0] == pytest.approx(SEVEN[0][0], abs=0.003)
        assert ends[1] == pytest.approx(SEVEN[0][-1], abs=0.003)
        assert len({len(column) for column in stroke.values()}) == 1
        assert stroke["t"] == sorted(stroke["t"])
        page.locator("#clear").click()

    assert max(stroke["p"]) > min(stroke["p"]) > 0


def test_a_click_is_a_dot_unless_by_the_right_button_and_a_stroke_may_leave_the_pad(
    open_page: OpenPage,
) -> None:
    page = open_page()

    page.locator("#pad").click(button="right")
    assert drawn_strokes(page) == []
    page.locator("#pad").click()
    (dot,) = drawn_strokes(page)
    draw_with_mouse(page, [[(0.5, 0.3), (0.9, 0.3), (1.2, 0.5), (0.9, 0.7), (0.5, 0.7)]])

    (_, stroke) = drawn_strokes(page)
    assert len(dot["x"]) == 1
    assert max(stroke["x"]) > 1000
    assert stroke["x"][-1] == pytest.approx(500, abs=3)


def test_a_palm_draws_nothing_alone_before_a_pen_or_beside_it(open_page: OpenPage) -> None:
    page = open_page(has_touch=True)
    session = devtools(page)
    tip = on_screen(page, ONE[0])

    touch(session, "touchStart", on_screen(page, [(0.5, 0.5)]), radius=80)
    touch(session, "touchEnd", [])
    assert drawn_strokes(page) == []

    touch(session, "touchStart", on_screen(page, [(0.9, 0.9)]))
    pen(session, "mousePressed", tip[0])
    pen(session, "mouseMoved", tip[2])
    touch(session, "touchEnd", [])
    pen(session, "mouseReleased", tip[2])
    (stroke,) = drawn_strokes(page)
    assert stroke["x"] == pytest.approx([500] * len(stroke["x"]), abs=3)

    touch(session, "touchStart", on_screen(page, [(0.8, 0.9)]))
    touch(session, "touchEnd", [])
    assert len(drawn_strokes(page)) == 1


def test_drawing_does_not_scroll_the_page(open_page: OpenPage) -> None:
    page = open_page(has_touch=True, is_mobile=True, viewport={"width": 320, "height": 480})

    draw_with_finger(page, [[(0.5, 0.9), (0.5, 0.6), (0.5, 0.3), (0.5, 0.1)]])

    assert page.evaluate("scrollY") == 0
    assert len(drawn_strokes(page)) == 1


@pytest.mark.parametrize("ratio", [1, 2, 3])
def test_the_pad_has_a_pixel_for_every_pixel_of_the_screen(
    open_page: OpenPage, ratio: float
) -> None:
    page = open_page(device_scale_factor=ratio, viewport=PHONE)

    draw_with_mouse(page, SEVEN)

    width, shown = page.evaluate(
        "[document.querySelector('#pad').width,"
        " document.querySelector('#pad').getBoundingClientRect().width]"
    )
    assert width == pytest.approx(shown * ratio, abs=1)
    assert settled_answer(page) == "7"


def test_a_rotation_keeps_the_drawing_and_its_answer(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE)
    draw_with_mouse(page, SEVEN)
    before = drawn_strokes(page)

    page.set_viewport_size({"width": 844, "height": 390})
    expect(page.locator("#pad")).not_to_have_js_property("width", 358)
    page.evaluate("scrollTo(0, 0)")
    box = page.locator("#pad").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 390

    assert drawn_strokes(page) == before
    assert _share_of_ink(page) > 0.01
    assert settled_answer(page) == "7"


def test_the_ink_follows_the_theme(open_page: OpenPage) -> None:
    page = open_page(color_scheme="light")
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    in_light = _picture(page)

    page.locator("#theme-switch").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_timeout(100)
    assert _picture(page) != in_light


def _picture(page: Page) -> str:
    """The ink alone, without the sheet that shines through."""
    picture: str = page.evaluate("document.querySelector('#pad').toDataURL()")
    return picture


def _share_of_ink(page: Page) -> float:
    share: float = page.evaluate(
        """() => {
          const pad = document.querySelector("#pad");
          const pixels = pad.getContext("2d").getImageData(0, 0, pad.width, pad.height).data;
          return pixels.filter((value, index) => index % 4 === 3 && value > 0).length
            / (pad.width * pad.height);
        }"""
    )
    return share
