"""Several digits on the pad: a box for each, picked by mouse, finger or keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.drawing_page import drawn_strokes, settled_answer
from tests.browser.pens import ONE, SEVEN, Stroke, draw_with_finger, draw_with_mouse, on_screen
from tests.browser.stand_in import answer_of, answer_with

OpenPage = Callable[..., Page]


def _beside(digits: Sequence[Sequence[Stroke]]) -> list[Stroke]:
    """Digits of a third of the sheet, side by side."""
    return [
        [(at / len(digits) + x / len(digits), 0.35 + y / len(digits)) for x, y in stroke]
        for at, digit in enumerate(digits)
        for stroke in digit
    ]


SEVENTY_ONE = _beside([SEVEN, ONE])
SEVEN_ONE_SEVEN = _beside([SEVEN, ONE, SEVEN])


def _tags(page: Page) -> Locator:
    return page.get_by_role("group", name="Digits on the drawing").get_by_role("button")


def _answer_in_boxes(text: str) -> dict[str, Any]:
    """An answer whose digits lie side by side in the upper half of the sheet."""
    answer = answer_of(text, "number")
    for at, digit in enumerate(answer["digits"]):
        digit["probabilities"] = [0.91 if one == digit["digit"] else 0.01 for one in range(10)]
        digit["box"] = {"x": 100 + 300 * at, "y": 200, "width": 150, "height": 200}
    return answer


def test_digits_side_by_side_are_a_number_with_a_box_around_each_until_the_drawing_changes(
    open_page: OpenPage,
) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "7"
    expect(_tags(page)).to_have_count(0)
    page.locator("#clear").click()

    draw_with_mouse(page, SEVEN_ONE_SEVEN)
    expect(page.locator(".verdict-text")).to_have_text("717")
    expect(_tags(page)).to_have_text(["7", "1", "7"])

    boxes = [box.bounding_box() for box in page.locator("#boxes .box").all()]
    for stroke, box in zip(SEVEN_ONE_SEVEN, boxes, strict=True):
        assert box is not None
        for x, y in on_screen(page, stroke):
            assert box["x"] - 3 <= x <= box["x"] + box["width"] + 3
            assert box["y"] - 3 <= y <= box["y"] + box["height"] + 3

    page.get_by_label("Answer while I draw").uncheck()
    page.locator("#undo").click()
    expect(_tags(page).first).to_be_hidden()


def test_a_tag_picks_its_digit_and_so_does_its_picture(open_page: OpenPage) -> None:
    page = open_page()
    answer_with(page, _answer_in_boxes("12"))
    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "12"
    second = page.get_by_role("button", name="2, digit 2 of 2")

    second.click()
    expect(page.locator("#bars li").nth(2)).to_have_attribute("data-best", "")
    expect(page.get_by_role("button", name="Show digit 2 of 2: 2")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="Show digit 1 of 2: 1").click()

    expect(second).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#bars li").nth(1)).to_have_attribute("data-best", "")
    assert len(drawn_strokes(page)) == 1


def test_a_finger_picks_a_digit(open_page: OpenPage) -> None:
    page = open_page(has_touch=True)
    answer_with(page, _answer_in_boxes("12"))
    draw_with_finger(page, SEVEN)
    assert settled_answer(page) == "12"

    page.get_by_role("button", name="2, digit 2 of 2").tap()

    expect(page.locator("#bars li").nth(2)).to_have_attribute("data-best", "")


def test_the_keyboard_goes_from_digit_to_digit(open_page: OpenPage) -> None:
    page = open_page()
    answer_with(page, _answer_in_boxes("123"))
    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "123"
    _tags(page).first.focus()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(_tags(page).nth(2)).to_be_focused()
    expect(page.locator("#bars li").nth(3)).to_have_attribute("data-best", "")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")

    expect(_tags(page).nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.tag')")


def test_a_digit_in_doubt_is_marked_and_a_mark_goes_with_the_sign(open_page: OpenPage) -> None:
    page = open_page()
    answer = _answer_in_boxes("12")
    answer["digits"][1]["doubtful"] = True
    answer["left_out"] = [{"strokes": [1], "box": {"x": 280, "y": 280, "width": 60, "height": 1}}]
    answer_with(page, answer)

    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "12"
    marks = page.locator("#boxes .box").evaluate_all(
        "boxes => boxes.map((box) => box.hasAttribute('data-doubtful'))"
    )
    expect(page.locator("#left-out .left-out")).to_have_count(1)
    page.locator("#clear").click()

    assert marks == [False, True]
    expect(page.locator("#left-out .left-out")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en-GB", "35, without a sign that is not read."),
        ("vi-VN", "35, bỏ qua một dấu không đọc."),
    ],
)
def test_a_sign_that_is_not_read_is_marked_and_told(
    open_page: OpenPage, locale: str, sentence: str
) -> None:
    page = open_page(locale=locale)
    answer = _answer_in_boxes("35")
    answer["verdict"] = "unsure"
    box = {"x": 280, "y": 280, "width": 60, "height": 10}
    answer["left_out"] = [{"strokes": [1], "box": box}]
    answer_with(page, answer)

    draw_with_mouse(page, SEVEN)

    expect(page.locator(".verdict-words")).to_have_text(sentence)
    expect(page.locator("#announcement")).to_have_text(sentence)
    expect(page.locator("#boxes .box")).to_have_count(2)
    marks = page.locator("#left-out .left-out")
    expect(marks).to_have_count(1)
    sheet, mark = page.locator("#pad").bounding_box(), marks.bounding_box()
    assert sheet is not None
    assert mark is not None
    assert (mark["x"] - sheet["x"]) / sheet["width"] == pytest.approx(0.28, abs=0.01)
    assert mark["width"] / sheet["width"] == pytest.approx(0.06, abs=0.01)


def test_a_stroke_that_begins_on_a_tag_is_drawn(open_page: OpenPage) -> None:
    page = open_page()
    answer_with(page, _answer_in_boxes("12"))
    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "12"
    box = _tags(page).first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 80, steps=4)
    page.mouse.up()

    strokes = drawn_strokes(page)
    assert len(strokes) == 2
    (left, *_, right), pad = strokes[1]["x"], page.locator("#pad").bounding_box()
    assert pad is not None
    assert abs(left / 1000 - (x - pad["x"]) / pad["width"]) < 0.01
    assert abs((right - left) / 1000 - 60 / pad["width"]) < 0.01


def test_what_to_read_can_be_said_and_is_remembered(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, SEVENTY_ONE)
    assert settled_answer(page) == "71"

    with page.expect_request("**/api/v1/predictions") as request:
        page.get_by_label("Read as").select_option("one digit")
    asked = request.value.post_data_json
    page.wait_for_selector("#answer:not([data-pending])")
    page.reload()

    assert asked["mode"] == "digit"
    expect(page.get_by_label("Read as")).to_have_value("digit")
    assert len(settled_answer(page)) == 1
