"""Undo, redo, clear, pen width, reload, sharing and the keys that do the same."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing_page import drawn_strokes, expect_blank, settled_answer
from tests.browser.pens import ONE, SEVEN, Stroke, draw_with_mouse

OpenPage = Callable[..., Page]
BAR: list[Stroke] = [[(0.1, 0.9), (0.3, 0.9)]]


def test_undo_takes_one_stroke_away_and_redo_brings_it_back(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN + BAR)

    page.get_by_role("button", name="Undo").click()
    undone = len(drawn_strokes(page))
    answer = settled_answer(page)
    page.get_by_role("button", name="Redo").click()

    assert (undone, answer, len(drawn_strokes(page))) == (1, "7", 2)


def test_clear_can_be_repeated_and_undone(open_page: OpenPage) -> None:
    page = open_page()

    for _ in range(3):
        draw_with_mouse(page, SEVEN)
        settled_answer(page)
        page.get_by_role("button", name="Clear").click()
        expect_blank(page)
    page.get_by_role("button", name="Undo").click()

    assert settled_answer(page) == "7"


def test_the_drawing_and_the_settings_survive_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label("Thick").check()
    draw_with_mouse(page, SEVEN)
    before = drawn_strokes(page)
    page.get_by_label("Answer while I draw").uncheck()

    page.reload()

    assert drawn_strokes(page) == before
    expect(page.get_by_label("Thick")).to_be_checked()
    expect(page.get_by_label("Answer while I draw")).not_to_be_checked()


def test_a_reload_brings_the_answer_back(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN)
    settled_answer(page)

    page.reload()

    assert settled_answer(page) == "7"


@pytest.mark.parametrize("rubbish", ["{", "[]", '{"strokes": [{"x": [1], "y": "a"}]}', "null"])
def test_a_broken_memory_is_ignored(open_page: OpenPage, rubbish: str) -> None:
    page = open_page()
    page.add_init_script(f"localStorage.setItem('net.drawing', {rubbish!r})")

    page.reload()
    draw_with_mouse(page, SEVEN)

    assert settled_answer(page) == "7"


def test_the_page_works_where_storage_is_forbidden(open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " {get() { throw new DOMException('no', 'SecurityError'); }})"
    )

    page.reload()
    draw_with_mouse(page, SEVEN)

    assert settled_answer(page) == "7"


def test_pen_width_changes_the_ink_and_not_the_strokes(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, ONE)
    before = (drawn_strokes(page), page.locator("#pad").screenshot())

    page.get_by_label("Thick").check()
    page.wait_for_timeout(100)

    assert drawn_strokes(page) == before[0]
    assert page.locator("#pad").screenshot() != before[1]


def test_a_drawing_is_saved_as_a_png(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN)

    with page.expect_download() as download:
        page.get_by_role("button", name="Save as PNG").click()
    download.value.save_as(tmp_path / "net.png")

    data = (tmp_path / "net.png").read_bytes()
    assert download.value.suggested_filename == "net.png"
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (1024, 1024)


def test_json_is_copied_where_the_clipboard_api_is_missing(open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.reload()
    draw_with_mouse(page, SEVEN)

    page.get_by_role("button", name="Copy as JSON").click()

    expect(page.locator("#status")).to_contain_text("Copied as JSON.")


@pytest.mark.parametrize(("undo", "redo"), [("u", "r"), ("Control+z", "Control+Shift+Z")])
def test_keys_undo_and_redo(open_page: OpenPage, undo: str, redo: str) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN + BAR)

    page.keyboard.press(undo)
    undone = len(drawn_strokes(page))
    page.keyboard.press(redo)

    assert (undone, len(drawn_strokes(page))) == (1, 2)


def test_keys_clear_and_change_the_pen_and_predict(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.press("l")
    page.keyboard.press("w")
    draw_with_mouse(page, SEVEN)

    page.keyboard.press("p")

    expect(page.get_by_label("Thick")).to_be_checked()
    expect(page.get_by_label("Answer while I draw")).not_to_be_checked()
    assert settled_answer(page) == "7"
    page.keyboard.press("c")
    expect_blank(page)


def test_the_question_mark_opens_help_which_keeps_other_keys_out(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN)

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys and help")).to_be_visible()
    expect(page.get_by_role("heading", name="Keys and help")).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    assert len(drawn_strokes(page)) == 1


def test_single_keys_can_be_turned_off_for_good(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.press("?")
    page.get_by_label("Single keys act as shortcuts").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    draw_with_mouse(page, SEVEN)

    page.keyboard.press("c")

    assert len(drawn_strokes(page)) == 1
    page.keyboard.press("Control+z")
    assert drawn_strokes(page) == []
