"""Photos and other pictures: how they come to the page, and what it shows of them."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.drawing_page import drawn_strokes, settled_answer, until
from tests.browser.pens import SEVEN, draw_with_mouse
from tests.browser.picture_giving import (
    A_SEVEN,
    TWO_SEVENS,
    choose,
    hand_over,
    picture_file,
    picture_tags,
)
from tests.browser.stand_in import PICTURES
from tests.written_paper import as_file, on_its_side, paper

OpenPage = Callable[..., Page]


def test_a_picture_is_shown_with_a_box_for_each_digit_to_pick_and_read_in_another_mode(
    open_page: OpenPage,
) -> None:
    page = open_page()
    drawing = page.get_by_role("img", name="Drawing area")
    expect(drawing).to_have_count(1)

    choose(page, picture_file(TWO_SEVENS))
    expect(page.locator(".verdict-text")).to_have_text("77")
    expect(picture_tags(page)).to_have_text(["7", "7"])
    expect(page.get_by_role("img", name="Your picture")).to_have_js_property("naturalWidth", 320)
    expect(page.locator("#announcement")).to_contain_text("77")
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    expect(drawing).to_have_count(0)  # a screen reader does not find it under a picture

    page.locator("#picture-boxes .box").nth(1).click(position={"x": 3, "y": 3})
    expect(picture_tags(page).nth(1)).to_have_attribute("aria-pressed", "true")
    picture_tags(page).nth(1).focus()
    page.keyboard.press("ArrowLeft")
    expect(picture_tags(page).first).to_be_focused()
    expect(page.get_by_role("button", name="Show digit 1 of 2: 7")).to_have_attribute(
        "aria-pressed", "true"
    )

    page.get_by_label("Read as").select_option("one digit")
    expect(picture_tags(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(drawing).to_have_count(1)


def test_boxes_lie_on_the_ink_also_of_a_photo_that_the_camera_has_turned(
    open_page: OpenPage,
) -> None:
    page = open_page()

    choose(page, picture_file(on_its_side(paper(size=(240, 320))), "image/jpeg"))
    expect(picture_tags(page)).to_have_count(1)

    picture = page.get_by_role("img", name="Your picture").bounding_box()
    box = page.locator("#picture-boxes .box").bounding_box()
    assert picture is not None
    assert box is not None
    assert picture["width"] / picture["height"] == pytest.approx(3 / 4, rel=0.01)
    shares = [
        (box["x"] - picture["x"]) / picture["width"],
        (box["y"] - picture["y"]) / picture["height"],
        box["width"] / picture["width"],
        box["height"] / picture["height"],
    ]
    assert shares == pytest.approx([0.34, 0.34, 0.34, 0.32], abs=0.06)


def test_a_picture_is_pasted_and_dropped_anywhere_and_never_opens_behind_the_help(
    open_page: OpenPage,
) -> None:
    page = open_page()
    picture = page.locator("#picture")
    dialog = page.get_by_role("dialog")
    for event in ("paste", "drop"):
        for is_helped in (False, True):
            if is_helped:
                page.keyboard.press("?")
                expect(dialog).to_be_visible()
            with page.expect_response(PICTURES):
                hand_over(page, event, A_SEVEN, "image/jpeg")
            expect(dialog).to_be_hidden()
            expect(picture).to_be_visible()
            expect(page.locator(".verdict-text")).to_have_text("7")
            page.keyboard.press("Escape")
            expect(picture).to_be_hidden()


def test_a_file_that_is_dragged_over_the_page_is_invited_and_pasted_text_is_left_alone(
    open_page: OpenPage,
) -> None:
    page = open_page()
    hint = page.get_by_text("Drop the picture to read it")
    hand_over(page, "dragenter", A_SEVEN)
    expect(hint).to_be_visible()
    hand_over(page, "dragleave", A_SEVEN)
    expect(hint).to_be_hidden()

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('7')")
    page.keyboard.press("Control+v")
    expect(page.locator("#picture")).to_be_hidden()


def test_a_phone_offers_its_camera_and_a_desk_does_not(open_page: OpenPage) -> None:
    phone = open_page(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 640})
    desk = open_page()

    with phone.expect_file_chooser() as chooser:
        phone.get_by_role("button", name="Take a photo").tap()
    chooser.value.set_files(picture_file(A_SEVEN, "image/jpeg", "photo.jpg"))

    expect(phone.locator(".verdict-text")).to_have_text("7")
    expect(phone.locator("#photograph-file")).to_have_attribute("capture", "environment")
    expect(desk.locator("#photograph")).to_be_hidden()


def test_the_drawing_and_its_answer_are_there_again_afterwards(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN)
    expect(page.locator(".verdict-text")).to_have_text("7")
    for way in ("button", "Escape"):
        choose(page, picture_file(TWO_SEVENS))
        expect(page.locator(".verdict-text")).to_have_text("77")
        for key in ("c", "u", "Control+z"):
            page.keyboard.press(key)

        if way == "button":
            page.get_by_role("button", name="Back to drawing").click()
        else:
            page.keyboard.press("Escape")

        expect(page.locator("#picture")).to_be_hidden()
        expect(page.get_by_role("button", name="Read a picture")).to_be_focused()
        expect(page.locator(".verdict-text")).to_have_text("7")
        assert len(drawn_strokes(page)) == 1, way


def test_the_keyboard_alone_reads_a_picture_and_comes_back(open_page: OpenPage) -> None:
    page = open_page()
    # A key is quicker than Playwright's request to be told of files, unless it has been made.
    page.on("filechooser", lambda _: None)
    expect(page.locator("#pad")).to_be_visible()

    with page.expect_file_chooser() as chooser:
        page.keyboard.press("o")
    chooser.value.set_files(picture_file(TWO_SEVENS))
    expect(page.locator(".verdict-text")).to_have_text("77")
    page.get_by_role("button", name="Back to drawing").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#picture")).to_be_hidden()


def test_the_same_picture_can_be_chosen_twice_another_after_it_and_one_without_ink(
    open_page: OpenPage,
) -> None:
    page = open_page()

    for file, text in ((TWO_SEVENS, "77"), (A_SEVEN, "7"), (A_SEVEN, "7")):
        with page.expect_response(PICTURES):
            choose(page, picture_file(file))
        expect(page.locator(".verdict-text")).to_have_text(text)
        # A file that is still chosen could not be chosen again: nothing would have changed.
        expect(page.locator("#choose-file")).to_have_value("")

    choose(page, picture_file(as_file(paper(0))))
    expect(page.locator(".verdict-words")).to_have_text("No digits were found in this picture.")
    page.keyboard.press("Escape")
    expect(page.locator(".verdict-words")).to_have_text("Nothing is drawn yet.")


def test_a_picture_has_no_barrier_within_320_pixels(open_page: OpenPage) -> None:
    page = open_page(locale="vi-VN", viewport={"width": 320, "height": 568})

    hand_over(page, "drop", TWO_SEVENS)
    expect(page.locator(".verdict-text")).to_have_text("77")

    assert barriers(page) == []


def test_text_and_picture_pasted_into_a_field_are_text(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    page.get_by_role("button", name="Wrong? Tell what it was").click()

    is_left_to_the_field = page.get_by_role("textbox", name="A number").evaluate(
        """(field) => {
          const data = new DataTransfer();
          data.setData("text/plain", "12");
          data.items.add(new File(["x"], "cells.png", {type: "image/png"}));
          return field.dispatchEvent(new ClipboardEvent("paste",
            {bubbles: true, cancelable: true, clipboardData: data}));
        }"""
    )

    assert is_left_to_the_field
    expect(page.locator("#picture")).to_be_hidden()


def test_copy_and_save_are_about_the_picture_that_is_seen(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    choose(page, picture_file(TWO_SEVENS))
    expect(page.locator(".verdict-text")).to_have_text("77")

    page.get_by_role("button", name="Copy as JSON").click()
    expect(page.locator("#status")).to_contain_text("Copied as JSON, with the answer.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as PNG").click()
    download.value.save_as(tmp_path / "net.png")

    document = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert (document["answer"]["text"], "strokes" in document) == ("77", False)
    saved = (tmp_path / "net.png").read_bytes()
    assert struct.unpack(">II", saved[16:24]) == (320, 240)


def test_the_browser_s_back_leads_from_the_picture_to_the_drawing(open_page: OpenPage) -> None:
    page = open_page("/about")
    page.goto("/")
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    for file in (TWO_SEVENS, A_SEVEN):
        choose(page, picture_file(file))
        expect(page.locator("#picture")).to_be_visible()

    page.go_back()
    expect(page.locator("#picture")).to_be_hidden()
    expect(page.locator(".verdict-text")).to_have_text("7")
    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text("About Nét")


def test_escape_closes_what_is_open_on_a_picture_before_the_picture_and_skipping_to_it_keeps_it(
    open_page: OpenPage,
) -> None:
    page = open_page()
    choose(page, picture_file(TWO_SEVENS))
    expect(picture_tags(page)).to_have_count(2)

    page.get_by_role("link", name="Skip to the content").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.get_by_role("button", name="Wrong? Tell what it was").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Not a digit")).to_be_hidden()
    page.locator("#inside-open").click()
    expect(page.locator("#inside h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#inside")).to_be_hidden()
    page.wait_for_timeout(100)
    expect(page.locator("#picture")).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.locator("#picture")).to_be_hidden()


def test_leaving_a_picture_by_its_button_leaves_no_step_in_the_history(open_page: OpenPage) -> None:
    page = open_page("/about")
    page.goto("/")
    choose(page, picture_file(TWO_SEVENS))
    page.get_by_role("button", name="Back to drawing").click()
    expect(page.locator("#picture")).to_be_hidden()
    page.wait_for_timeout(200)

    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text("About Nét")


def test_a_picture_that_is_gone_after_a_reload_leaves_no_step_in_the_history(
    open_page: OpenPage,
) -> None:
    page = open_page("/about")
    page.goto("/")
    choose(page, picture_file(TWO_SEVENS))
    expect(page.locator("#picture")).to_be_visible()

    page.reload()
    until(page, lambda: page.evaluate("history.state") is None)
    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text("About Nét")
