"""Undo, redo, clear, pen width, reload, sharing and the keys that do the same."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing_page import drawn_strokes, expect_blank, settled_answer, until
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
    strokes, thin = drawn_strokes(page), page.locator("#pad").screenshot()

    page.get_by_label("Thick").check()

    until(page, lambda: page.locator("#pad").screenshot() != thin)
    assert drawn_strokes(page) == strokes


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

    expect(page.locator("#status")).to_contain_text("Copied as JSON")


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


# A letter by its meaning, wherever its key is; a key by its place where it writes no Latin letter.
KEYS = [
    ("Russian", "я", "KeyZ", True, "undo"),
    ("Ukrainian", "я", "KeyZ", True, "undo"),
    ("Greek", "ζ", "KeyZ", True, "undo"),
    ("Arabic", "ئ", "KeyZ", True, "undo"),
    ("AZERTY", "z", "KeyW", True, "undo"),
    ("AZERTY, closes a tab", "w", "KeyZ", True, "nothing"),
    ("QWERTZ", "z", "KeyY", True, "undo"),
    ("Dvorak", "u", "KeyF", False, "undo"),
    ("Dvorak, another letter", "g", "KeyU", False, "nothing"),
    ("Russian", "г", "KeyU", False, "undo"),
    ("Vietnamese Telex", "ư", "KeyW", False, "width"),
    ("Vietnamese Telex, capital", "Ư", "KeyW", False, "width"),
    ("an input method", "Process", "KeyW", False, "width"),
    ("Thai", "แ", "KeyC", False, "clear"),
]


@pytest.mark.parametrize(
    ("layout", "key", "code", "is_control", "meaning"), KEYS, ids=[f"{k[0]} {k[2]}" for k in KEYS]
)
def test_keys_mean_the_same_on_every_layout(
    open_page: OpenPage, layout: str, key: str, code: str, is_control: bool, meaning: str
) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN + BAR)

    page.evaluate(
        """([key, code, ctrlKey]) => document.body.dispatchEvent(
          new KeyboardEvent("keydown", {key, code, ctrlKey, bubbles: true, cancelable: true}))""",
        [key, code, is_control],
    )

    counts = {"undo": 1, "clear": 0, "width": 2, "nothing": 2}
    assert len(drawn_strokes(page)) == counts[meaning]
    expect(page.get_by_label("Thick")).to_be_checked(checked=meaning == "width")


def test_keys_that_change_a_setting_say_so(open_page: OpenPage) -> None:
    page = open_page()
    said = page.locator("#status [data-part=sentence]")

    page.keyboard.press("w")
    expect(said).to_have_text("Pen width: Thick")
    page.keyboard.press("l")
    expect(said).to_have_text("Answers come when you press Predict.")
    page.keyboard.press("l")
    expect(said).to_have_text("Answers come while you draw.")


def test_an_empty_sheet_is_neither_copied_nor_saved(open_page: OpenPage) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('before')")
    downloads: list[object] = []
    page.on("download", lambda download: downloads.append(download))

    for name in ("Copy as JSON", "Save as PNG"):
        page.get_by_role("button", name=name).click()
        expect(page.locator("#status")).to_contain_text("Nothing is drawn yet.")
        page.keyboard.press("w")  # says something else

    assert page.evaluate("navigator.clipboard.readText()") == "before"
    assert downloads == []


def test_what_is_copied_holds_the_answer_and_can_be_sent_again(open_page: OpenPage) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "7"

    page.get_by_role("button", name="Copy as JSON").click()
    expect(page.locator("#status")).to_contain_text("Copied as JSON, with the answer.")

    text = page.evaluate("navigator.clipboard.readText()")
    document = json.loads(text)
    assert document["answer"]["text"] == "7"
    assert "image" not in document["answer"]["digits"][0]
    headers = {"Content-Type": "application/json"}
    again = page.request.post("/api/v1/predictions", data=text, headers=headers)
    assert again.json()["text"] == "7"


def test_help_is_closed_by_a_click_beside_it_and_not_inside(open_page: OpenPage) -> None:
    page = open_page()
    dialog = page.get_by_role("dialog")
    page.keyboard.press("?")

    dialog.click(position={"x": 5, "y": 5})
    expect(dialog).to_be_visible()
    page.mouse.click(20, 20)

    expect(dialog).to_be_hidden()
    assert drawn_strokes(page) == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 568), (844, 390)])
def test_on_a_phone_help_has_its_way_out_in_sight_and_names_no_keys(
    open_page: OpenPage, width: int, height: int
) -> None:
    page = open_page(
        has_touch=True, is_mobile=True, viewport={"width": width, "height": height}, locale="vi-VN"
    )
    page.locator("#help-open").tap()

    box = page.locator("#help-close").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height
    assert page.locator("kbd:visible").count() == 0
