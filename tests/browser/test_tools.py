"""Undo, redo, clear, pen width, reload, sharing and the keys that do the same."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.drawing_page import drawn_strokes, expect_blank, settled_answer, until
from tests.browser.pens import ONE, SEVEN, Stroke, draw_with_mouse

OpenPage = Callable[..., Page]
BAR: list[Stroke] = [[(0.1, 0.9), (0.3, 0.9)]]


def test_buttons_and_keys_undo_one_stroke_and_redo_it(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN + BAR)

    page.get_by_role("button", name="Undo").click()
    undone = len(drawn_strokes(page))
    answer = settled_answer(page)
    page.get_by_role("button", name="Redo").click()
    counts = [undone, len(drawn_strokes(page))]
    for key in ("u", "r", "Control+z", "Control+Shift+Z"):
        page.keyboard.press(key)
        counts.append(len(drawn_strokes(page)))

    assert (answer, counts) == ("7", [1, 2, 1, 2, 1, 2])


def test_clear_can_be_repeated_and_undone(open_page: OpenPage) -> None:
    page = open_page()

    for _ in range(3):
        draw_with_mouse(page, SEVEN)
        settled_answer(page)
        page.get_by_role("button", name="Clear").click()
        expect_blank(page)
    page.get_by_role("button", name="Undo").click()

    assert settled_answer(page) == "7"


def test_the_drawing_its_answer_and_the_settings_survive_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label("Thick").check()
    draw_with_mouse(page, SEVEN)
    before = drawn_strokes(page)

    page.reload()
    assert settled_answer(page) == "7"
    page.get_by_label("Answer while I draw").uncheck()
    page.reload()

    assert drawn_strokes(page) == before
    expect(page.get_by_label("Thick")).to_be_checked()
    expect(page.get_by_label("Answer while I draw")).not_to_be_checked()


def test_the_page_works_with_a_broken_memory_and_where_storage_is_forbidden(
    open_page: OpenPage,
) -> None:
    page = open_page()
    page.add_init_script("if (window.name) localStorage.setItem('net.drawing', window.name)")

    for rubbish in ("{", "[]", '{"strokes": [{"x": [1], "y": "a"}]}', "null"):
        page.evaluate("(rubbish) => { window.name = rubbish; }", rubbish)
        page.reload()
        expect_blank(page)
        draw_with_mouse(page, SEVEN)
        assert settled_answer(page) == "7", rubbish

    page.evaluate("() => { window.name = ''; }")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page.reload()
    expect_blank(page)
    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "7"


def test_pen_width_changes_the_ink_and_not_the_strokes(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, ONE)
    strokes, thin = drawn_strokes(page), page.locator("#pad").screenshot()

    page.get_by_label("Thick").check()

    until(page, lambda: page.locator("#pad").screenshot() != thin)
    assert drawn_strokes(page) == strokes


def test_a_drawing_is_saved_as_a_png_and_copied_with_its_answer(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "7"

    with page.expect_download() as download:
        page.get_by_role("button", name="Save as PNG").click()
    download.value.save_as(tmp_path / "net.png")
    page.get_by_role("button", name="Copy as JSON").click()
    expect(page.locator("#status")).to_contain_text("Copied as JSON, with the answer.")

    data = (tmp_path / "net.png").read_bytes()
    assert download.value.suggested_filename == "net.png"
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (1024, 1024)
    text = page.evaluate("navigator.clipboard.readText()")
    document = json.loads(text)
    assert document["answer"]["text"] == "7"
    assert "image" not in document["answer"]["digits"][0]
    headers = {"Content-Type": "application/json"}
    again = page.request.post("/api/v1/predictions", data=text, headers=headers)
    assert again.json()["text"] == "7"


def test_json_is_copied_where_the_clipboard_api_is_missing(open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.reload()
    draw_with_mouse(page, SEVEN)

    page.get_by_role("button", name="Copy as JSON").click()

    expect(page.locator("#status")).to_contain_text("Copied as JSON")


def test_keys_change_settings_and_say_so_and_predict_and_clear(open_page: OpenPage) -> None:
    page = open_page()
    said = page.locator("#status [data-part=sentence]")

    page.keyboard.press("w")
    expect(said).to_have_text("Pen width: Thick")
    expect(page.get_by_label("Thick")).to_be_checked()
    page.keyboard.press("l")
    expect(said).to_have_text("Answers come when you press Predict.")
    expect(page.get_by_label("Answer while I draw")).not_to_be_checked()
    draw_with_mouse(page, SEVEN)
    page.keyboard.press("p")
    assert settled_answer(page) == "7"
    page.keyboard.press("l")
    expect(said).to_have_text("Answers come while you draw.")

    page.keyboard.press("c")
    expect_blank(page)


def test_help_opens_keeps_keys_out_is_closed_in_two_ways_and_turns_single_keys_off(
    open_page: OpenPage,
) -> None:
    page = open_page()
    dialog = page.get_by_role("dialog", name="Keys and help")
    draw_with_mouse(page, SEVEN)

    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    expect(page.get_by_role("heading", name="Keys and help")).to_be_focused()
    page.keyboard.press("c")
    dialog.click(position={"x": 5, "y": 5})
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert len(drawn_strokes(page)) == 1

    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    page.mouse.click(20, 20)
    expect(dialog).to_be_hidden()
    assert len(drawn_strokes(page)) == 1

    page.keyboard.press("?")
    page.get_by_label("Single keys act as shortcuts").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    assert len(drawn_strokes(page)) == 1
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


def test_keys_mean_the_same_on_every_layout(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN + BAR)
    pad = page.locator("#pad")
    counts = {"undo": "strokes drawn: 1", "clear": "empty"}
    back = {"undo": "#redo", "clear": "#undo", "width": "[aria-label=Medium]"}

    for layout, key, code, is_control, meaning in KEYS:
        page.evaluate(
            """([key, code, ctrlKey]) => document.body.dispatchEvent(new KeyboardEvent(
              "keydown", {key, code, ctrlKey, bubbles: true, cancelable: true}))""",
            [key, code, is_control],
        )

        drawn = counts.get(meaning, "strokes drawn: 2")
        expect(pad, layout).to_have_attribute("aria-label", f"Drawing area, {drawn}")
        thick = page.get_by_label("Thick")
        expect(thick, layout).to_be_checked(checked=meaning == "width")
        if meaning == "nothing":
            assert len(drawn_strokes(page)) == 2, layout
        else:
            page.locator(back[meaning]).click()
            expect(pad).to_have_attribute("aria-label", "Drawing area, strokes drawn: 2")


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


def test_on_a_phone_help_has_its_way_out_in_sight_and_names_no_keys(open_page: OpenPage) -> None:
    page = open_page(
        has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}, locale="vi-VN"
    )
    for width, height in ((390, 844), (320, 568), (844, 390)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/")
        page.locator("#help-open").tap()

        box = page.locator("#help-close").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height
        assert page.locator("kbd:visible").count() == 0
