"""The drawing page's basic path in Firefox and WebKit; the whole suite runs in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.engines.drawing_page import DrawingPage
from tests.browser.pens import ONE, SEVEN, Stroke
from tests.browser.picture_giving import TWO_SEVENS
from tests.written_paper import on_its_side, paper

SEVENTY_ONE: list[Stroke] = [
    [(at / 2 + x / 2, 0.25 + y / 2) for x, y in stroke]
    for at, digit in enumerate((SEVEN, ONE))
    for stroke in digit
]
BAR: list[Stroke] = [[(0.1, 0.9), (0.2, 0.9), (0.3, 0.9)]]


def test_a_digit_is_drawn_answered_corrected_and_stays_in_another_language(
    page: DrawingPage,
) -> None:
    page.draw(SEVEN)

    assert page.answer() == "7"
    assert page.text("[data-part=figure]").endswith("%")
    assert page.evaluate("document.querySelector('#pictures img').naturalWidth") == 28
    assert page.evaluate("document.querySelectorAll('#bars li')[7].hasAttribute('data-best')")

    page.click(".correction-open")
    page.click(".correction-digits [value='1']")
    page.wait("document.querySelector('.correction').dataset.state === 'kept'")
    page.click("[data-part=take_back]")
    page.wait("document.querySelector('.correction').dataset.state === 'taken'")

    other = "vi" if page.evaluate("document.documentElement.lang") == "en" else "en"
    page.click(".language-form button")
    page.wait(f"document.documentElement && document.documentElement.lang === '{other}'")
    assert page.answer() == "7"
    page.click(".language-form button")
    page.wait(f"document.documentElement && document.documentElement.lang !== '{other}'")


def test_undo_redo_and_clear_and_a_reload_that_brings_all_of_it_back(page: DrawingPage) -> None:
    page.draw(SEVEN + BAR)
    page.click("#undo")
    page.wait_until_kept(1)
    assert page.answer() == "7"

    page.engine.reload()
    assert page.answer() == "7"
    page.click("#redo")
    page.wait_until_kept(2)

    page.click("#clear")
    page.wait("document.querySelector('#answer').dataset.verdict === 'blank'")
    page.wait_until_kept(0)
    page.engine.press(["u"])
    page.wait_until_kept(2)


def test_the_eraser_takes_ink_away_and_the_theme_is_switched_and_remembered(
    page: DrawingPage,
) -> None:
    page.draw(ONE)
    page.engine.press(["e"])
    page.draw([[(0.3, 0.5), (0.5, 0.5), (0.7, 0.5)]])
    page.engine.press(["e"])
    page.wait_until_kept(2)

    before = page.evaluate("document.documentElement.dataset.theme")
    page.click("#theme-switch")
    page.wait(f"document.documentElement.dataset.theme !== '{before}'")
    page.engine.reload()
    assert page.evaluate("document.documentElement.dataset.theme") != before


def test_several_digits_are_a_number_with_a_box_for_each(page: DrawingPage) -> None:
    page.draw(SEVENTY_ONE)

    assert page.answer() == "71"
    page.wait("document.querySelectorAll('#boxes .tag').length === 2")
    page.click("#boxes .box:nth-child(2) .tag")
    page.wait("document.querySelectorAll('#bars li')[1].hasAttribute('data-best')")


def test_a_picture_is_read_and_back_leads_to_the_drawing(page: DrawingPage, tmp_path: Path) -> None:
    page.draw(ONE)
    page.answer()
    path = tmp_path / "paper.png"
    path.write_bytes(TWO_SEVENS)

    page.engine.choose_file("#choose-file", path)
    page.wait("document.querySelector('.verdict-text').textContent === '77'")
    tags = page.evaluate("document.querySelectorAll('#picture-boxes .tag').length")
    page.evaluate("history.back() ?? null")
    page.wait("document.querySelector('#picture').hidden")

    assert tags == 2
    assert page.answer() == "1"


def test_boxes_lie_on_the_ink_of_a_png_whether_the_browser_turns_it_or_not(
    page: DrawingPage, tmp_path: Path
) -> None:
    path = tmp_path / "turned.png"
    path.write_bytes(on_its_side(paper(size=(240, 320)), "PNG"))

    page.engine.choose_file("#choose-file", path)
    page.wait("document.querySelector('#picture-boxes .box')")
    is_turned = page.evaluate(
        "(({naturalWidth, naturalHeight}) => naturalWidth < naturalHeight)"
        "(document.querySelector('#picture img'))"
    )
    x, y, width, height = page.evaluate(
        "((box, sheet) => [(box.x - sheet.x) / sheet.width, (box.y - sheet.y) / sheet.height,"
        " box.width / sheet.width, box.height / sheet.height])("
        "document.querySelector('#picture-boxes .box').getBoundingClientRect(),"
        " document.querySelector('#picture img').getBoundingClientRect())"
    )

    if not is_turned:  # by a quarter, as the file has it
        x, y, width, height = 1 - y - height, x, height, width
    assert [x, y, width, height] == pytest.approx([0.34, 0.34, 0.34, 0.32], abs=0.06)


def test_a_digit_is_drawn_with_the_keyboard_alone(page: DrawingPage) -> None:
    up, down = "\ue013", "\ue015"
    page.engine.press(["k"])
    page.wait("document.activeElement.getAttribute('role') === 'gridcell'")

    page.engine.press([up] * 4 + [" ", *(key for _ in range(8) for key in (down, " "))])

    assert page.answer() == "1"


def test_a_stroke_is_kept_where_the_rest_of_the_page_is_late(page: DrawingPage) -> None:
    # The sheet's script alone, as it is before the modules are there.
    is_there = page.evaluate("net.sheet.drawing.isEmpty && net.sheet.pad !== undefined")
    page.draw(SEVEN)

    assert is_there
    assert page.answer() == "7"
