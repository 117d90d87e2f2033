"""Pictures that cannot be read, and a network that is slow, gone or late with its answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.drawing_page import settled_answer, until
from tests.browser.pens import SEVEN, draw_with_mouse
from tests.browser.picture_giving import A_SEVEN, TWO_SEVENS, choose, hand_over, picture_file
from tests.browser.stand_in import PICTURES, answer_of, release
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]
STATUS = "#status [data-part=sentence]"


READABLE = "PNG, JPEG, WebP, BMP and GIF can."
UNREADABLE = [
    (picture_file(b"%PDF", "application/pdf"), READABLE),
    (picture_file(b"ftypheic", "image/heic"), READABLE),
    (picture_file(b"", "image/png"), "This file cannot be read"),
    (picture_file(b"no picture at all", "image/png"), READABLE),
]


def test_what_cannot_be_read_is_refused_before_it_is_sent(open_page: OpenPage) -> None:
    page = open_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))

    for file, sentence in UNREADABLE:
        choose(page, file)
        expect(page.locator(STATUS)).to_contain_text(sentence)
        expect(page.locator("#picture")).to_be_hidden()
        page.goto("/")  # which says nothing

    page.evaluate(
        """() => {
          const folder = {kind: "file", webkitGetAsEntry: () => ({isDirectory: true})};
          const event = new DragEvent("drop", {bubbles: true, cancelable: true});
          const given = {types: ["Files"], items: [folder], files: [new File([], "photos")]};
          Object.defineProperty(event, "dataTransfer", {value: given});
          document.querySelector("h1").dispatchEvent(event);
        }"""
    )
    expect(page.locator(STATUS)).to_have_text("This is a folder. Open it and choose one picture.")

    page.evaluate(
        """(length) => {
          const dataTransfer = new DataTransfer();
          const photo = new File([new Uint8Array(length)], "photo", {type: "image/jpeg"});
          dataTransfer.items.add(photo);
          document.dispatchEvent(new DragEvent("drop", {cancelable: true, dataTransfer}));
        }""",
        10 * 2**20 + 1,
    )
    expect(page.locator(STATUS)).to_contain_text("too large: at most 10 MiB")
    expect(page.locator(STATUS)).to_contain_text("half as many pixels of a progressive JPEG")
    expect(page.locator("#picture")).to_be_hidden()
    assert "POST" not in sent


def test_what_the_server_refuses_is_said_in_the_page_s_language(
    open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("Failed to load resource")
    page = open_page(locale="vi-VN")
    back = page.get_by_role("button", name="Về hình vẽ")

    cut_short = TWO_SEVENS[: len(TWO_SEVENS) // 2]
    for content in (cut_short, b"\xff\xd8\xff and nothing more"):
        hand_over(page, "drop", content)

        expect(page.locator(STATUS)).to_contain_text("Không đọc được tệp này: tệp bị hỏng")
        expect(back).to_be_visible()
        back.click()
        expect(page.locator(STATUS)).to_have_text("")


def test_sending_shows_its_progress_and_can_be_cancelled(open_page: OpenPage) -> None:
    page = open_page()
    held = _hold(page)
    draw_with_mouse(page, SEVEN)
    settled_answer(page)

    choose(page, picture_file(TWO_SEVENS))
    expect(page.get_by_role("progressbar", name="Progress")).to_be_visible()
    expect(page.locator(STATUS)).to_contain_text("the picture…")
    page.get_by_role("button", name="Cancel").click()
    release(held, answer_of("3"))

    expect(page.locator("#picture")).to_be_hidden()
    expect(page.locator(STATUS)).to_have_text("")
    expect(page.locator(".verdict-text")).to_have_text("7")


def test_an_answer_to_an_earlier_picture_never_shows(open_page: OpenPage) -> None:
    page = open_page()
    held = _hold(page)
    choose(page, picture_file(TWO_SEVENS))
    expect(page.locator("#picture")).to_be_visible()

    page.unroute(PICTURES)
    choose(page, picture_file(A_SEVEN))
    expect(page.locator(".verdict-text")).to_have_text("7")
    release(held, answer_of("3"))
    page.wait_for_timeout(200)

    expect(page.locator(".verdict-text")).to_have_text("7")


def test_a_picture_that_is_still_taken_in_does_not_come_once_pictures_are_left(
    open_page: OpenPage,
) -> None:
    page = open_page()
    choose(page, picture_file(TWO_SEVENS))
    expect(page.locator(".verdict-text")).to_have_text("77")
    page.evaluate(
        """() => {
          const read = Blob.prototype.arrayBuffer;
          Blob.prototype.arrayBuffer = function () {
            return new Promise((done) => { globalThis.letGo = () => done(read.call(this)); });
          };
        }"""
    )
    choose(page, picture_file(A_SEVEN))
    until(page, lambda: page.evaluate("typeof letGo") == "function")

    page.keyboard.press("Escape")
    page.evaluate("letGo()")
    page.wait_for_timeout(200)

    expect(page.locator("#picture")).to_be_hidden()


def test_an_answer_to_the_drawing_never_shows_on_a_picture(open_page: OpenPage) -> None:
    page = open_page()
    held: list[Route] = []
    page.route("**/api/v1/predictions", lambda route: held.append(route))
    draw_with_mouse(page, SEVEN)
    until(page, lambda: held)

    choose(page, picture_file(TWO_SEVENS))
    expect(page.locator(".verdict-text")).to_have_text("77")
    release(held, answer_of("3"))
    page.wait_for_timeout(200)

    expect(page.locator(".verdict-text")).to_have_text("77")
    page.unroute("**/api/v1/predictions")
    page.keyboard.press("Escape")
    expect(page.locator(".verdict-text")).to_have_text("7")


def test_without_a_connection_the_picture_waits_and_is_read_when_there_is_one(
    open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("Failed to load resource")
    page = open_page(alone=True)
    page.context.set_offline(True)

    choose(page, picture_file(TWO_SEVENS))
    expect(page.locator(STATUS)).to_have_text("No connection: the picture was not sent.")
    page.context.set_offline(False)

    expect(page.locator(".verdict-text")).to_have_text("77")
    expect(page.locator(STATUS)).to_have_text("")


def test_a_server_in_trouble_is_asked_again_by_a_button(open_page: OpenPage, watch: Watch) -> None:
    watch.expect("Failed to load resource")
    page = open_page()
    trouble: dict[str, Any] = {"status": 503, "json": {"detail": "Please wait."}}
    page.route(PICTURES, lambda route: route.fulfill(**trouble), times=1)

    choose(page, picture_file(TWO_SEVENS))
    expect(page.locator(STATUS)).to_have_text("Please wait.")
    page.get_by_role("button", name="Try again").click()

    expect(page.locator(".verdict-text")).to_have_text("77")
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()


def _hold(page: Page) -> list[Route]:
    held: list[Route] = []
    page.route(PICTURES, lambda route: held.append(route))
    return held


def test_the_content_of_a_file_decides_and_of_several_the_first_is_read(
    open_page: OpenPage,
) -> None:
    page = open_page()

    def back() -> None:
        page.keyboard.press("Escape")
        expect(page.locator("#picture")).to_be_hidden()

    for kind in ("image/pjpeg", "image/jpg", "application/octet-stream", ""):
        hand_over(page, "drop", A_SEVEN, kind)
        expect(page.locator(".verdict-text")).to_have_text("7")
        back()

    for event in ("drop", "paste"):
        hand_over(page, event, A_SEVEN, "image/jpeg", count=3)
        expect(page.locator(".verdict-text")).to_have_text("7")
        expect(page.locator(STATUS)).to_have_text("Of 3 files only the first was read.")
        back()
        expect(page.locator(STATUS)).to_have_text("")


def test_a_file_that_went_away_after_it_was_chosen_is_told(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page()
    path = tmp_path / "photo.png"
    path.write_bytes(TWO_SEVENS)
    # The file is changed between the choice and the reading of it.
    page.evaluate(
        """() => { File.prototype.arrayBuffer = () =>
          Promise.reject(new DOMException("changed", "NotReadableError")); }"""
    )

    page.locator("#choose-file").set_input_files(path)

    expect(page.locator(STATUS)).to_contain_text("This file could not be opened.")
    expect(page.locator("#picture")).to_be_hidden()


def test_a_file_that_changes_once_it_is_open_can_still_be_sent_again(
    open_page: OpenPage, watch: Watch, tmp_path: Path
) -> None:
    watch.expect("Failed to load resource")
    page = open_page()
    path = tmp_path / "photo.png"
    path.write_bytes(TWO_SEVENS)
    page.route(PICTURES, lambda route: route.fulfill(status=503, json={"detail": "Wait."}), times=1)
    page.locator("#choose-file").set_input_files(path)
    expect(page.locator(STATUS)).to_have_text("Wait.")

    path.unlink()
    page.get_by_role("button", name="Try again").click()

    expect(page.locator(".verdict-text")).to_have_text("77")
