"""A person tells what a drawing was, takes it back, and an operator looks at it."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.admin_server import AdminServer, forget_corrections
from tests.browser.barriers import barriers
from tests.browser.drawing_page import expect_blank, settled_answer
from tests.browser.pens import ONE, SEVEN, draw_with_mouse
from tests.browser.picture_giving import TWO_SEVENS, picture_file
from tests.browser.picture_giving import choose as choose_picture
from tests.browser.stand_in import answer_of, answer_with
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]
CORRECTIONS = "**/api/v1/corrections"
PHONE = {"width": 320, "height": 568}


def draw_and_open(page: Page) -> None:
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    # As a child does: it opens.
    page.get_by_role("button", name="Wrong? Tell what it was").dblclick()


def choose(page: Page, digit: str) -> None:
    page.get_by_role("group", name="What it was").get_by_role("button", name=digit).click()


def sentence(page: Page) -> str:
    page.wait_for_selector("#correction[data-state=kept], #correction[data-state=failed]")
    return page.locator("#correction [role=status]").inner_text()


def fail_once(page: Page, status: int, detail: str) -> None:
    page.route(
        CORRECTIONS, lambda route: route.fulfill(status=status, json={"detail": detail}), times=1
    )


def test_an_answer_is_corrected_by_a_click_and_not_before_and_the_correction_taken_back(
    open_page: OpenPage,
) -> None:
    page = open_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    expect(page.locator("#correction")).to_be_hidden()

    draw_and_open(page)
    expect(page.get_by_role("button", name="Not a digit")).to_be_visible()
    expect(page.locator("#correction")).to_contain_text("your drawing is sent once more and kept")
    assert not [url for url in sent if "corrections" in url]

    with page.expect_request(CORRECTIONS) as request:
        choose(page, "1")
    body = json.loads(request.value.post_data or "")
    assert (body["label"], body["answer"]["text"], body["mode"]) == ("1", "7", "auto")
    assert set(body) == {"prediction", "label", "strokes", "mode", "answer"}
    assert set(body["strokes"][0]) == {"x", "y", "t", "p"}
    assert sentence(page) == "Thank you. The drawing is kept as 1."
    assert page.context.cookies() == []

    with page.expect_response("**/api/v1/corrections/*") as response:
        page.get_by_role("button", name="Take it back").click()
    assert response.value.status == 204
    expect(page.locator("#correction [role=status]")).to_have_text(
        "Taken back. Nothing of it is kept."
    )
    expect(page.get_by_role("button", name="Take it back")).to_be_hidden()


def test_a_number_in_any_script_and_no_digit_can_be_told_and_what_is_no_number_not(
    open_page: OpenPage,
) -> None:
    page = open_page()
    page.evaluate("delete AbortSignal.timeout")  # as in Safari before 16
    draw_and_open(page)
    number = page.get_by_role("textbox", name="A number")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))

    number.fill("seven")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("A number is 1 to 32 digits.")
    expect(number).to_be_focused()
    assert not [url for url in sent if "corrections" in url]

    number.fill("17")
    number.press("Enter")
    assert sentence(page) == "Thank you. The drawing is kept as 17."
    for typed in ("２０２６", "٢٠٢٦", "20 26"):
        page.get_by_role("button", name="Wrong? Tell what it was").click()
        with page.expect_request(CORRECTIONS) as request:
            number.fill(typed)
            page.get_by_role("button", name="Send", exact=True).click()
        assert request.value.post_data_json["label"] == "2026"
        assert sentence(page) == "Thank you. The drawing is kept as 2026."

    page.get_by_role("button", name="Wrong? Tell what it was").click()
    page.get_by_role("button", name="Not a digit").click()
    expect(page.locator("#correction [role=status]")).to_have_text(
        "Thank you. The drawing is kept as no digit."
    )


def test_the_keyboard_is_enough(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN)
    settled_answer(page)

    page.get_by_role("button", name="Wrong? Tell what it was").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="0", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Wrong? Tell what it was")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert sentence(page) == "Thank you. The drawing is kept as 1."
    expect(page.locator("#correction [role=status]")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Take it back")).to_be_focused()


def test_a_correction_that_could_not_be_sent_is_kept_while_one_draws_on(
    open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("503")
    page = open_page()
    draw_and_open(page)
    fail_once(page, 503, "The database does not answer.")
    choose(page, "2")
    trouble = sentence(page)

    page.locator("#clear").click()
    draw_with_mouse(page, ONE)
    settled_answer(page)
    with page.expect_request(CORRECTIONS) as request:
        page.get_by_role("button", name="Send again").click()
    page.wait_for_selector("#correction[data-state=kept]")

    assert trouble == "The correction was not sent. The database does not answer."
    body = json.loads(request.value.post_data or "")
    assert (body["label"], body["answer"]["text"]) == ("2", "7")


def test_without_a_connection_one_may_leave_it(open_page: OpenPage, watch: Watch) -> None:
    watch.expect("ERR_")
    page = open_page()
    draw_and_open(page)
    page.route(CORRECTIONS, lambda route: route.abort())
    choose(page, "2")
    trouble = sentence(page)

    page.get_by_role("button", name="Leave it").click()

    assert trouble == "The correction was not sent. There is no connection."
    expect(page.get_by_role("button", name="Wrong? Tell what it was")).to_be_focused()
    expect(page.get_by_role("button", name="Send again")).to_be_hidden()


def test_another_drawing_is_another_question(open_page: OpenPage) -> None:
    page = open_page()
    draw_and_open(page)

    page.locator("#clear").click()
    expect_blank(page)
    expect(page.locator("#correction")).to_be_hidden()
    draw_with_mouse(page, ONE)
    settled_answer(page)

    expect(page.get_by_role("button", name="Wrong? Tell what it was")).to_be_visible()
    expect(page.get_by_role("group", name="What it was")).to_be_hidden()


def test_every_answer_can_be_corrected(open_page: OpenPage) -> None:
    page = open_page()
    for verdict in ("digit", "number", "unsure", "not_a_digit"):
        answer = answer_of("71" if verdict == "number" else "7", verdict, id="a" * 32)
        answer_with(page, answer)

        draw_and_open(page)
        choose(page, "1")

        assert sentence(page) == "Thank you. The drawing is kept as 1.", verdict
        page.locator("#clear").click()
        expect_blank(page)


def test_of_a_picture_the_chosen_digit_is_corrected_and_its_file_never_sent(
    open_page: OpenPage,
) -> None:
    page = open_page()
    draw_and_open(page)
    choose_picture(page, picture_file(TWO_SEVENS))
    page.wait_for_selector("#picture-bar[data-state=read]")

    page.get_by_role("button", name="Wrong? Tell what it was").click()
    expect(page.locator("#correction")).to_contain_text("never your photo")
    found = barriers(page, "#correction")
    with page.expect_request(CORRECTIONS) as sent:
        choose(page, "1")
    told = sentence(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#correction")).to_contain_text("Nothing of it is kept.")
    page.keyboard.press("Escape")

    given = sent.value.post_data_json
    assert set(given) == {"prediction", "label", "image", "answer"}
    assert given["image"].startswith("data:image/png;base64,")
    assert len(given["image"]) < 2_000
    assert (given["answer"]["text"], given["prediction"].partition("-")[2]) == ("7", "0")
    assert told == "Thank you. The drawing is kept as 1."
    assert found == []
    expect(page.get_by_role("button", name="Wrong? Tell what it was")).to_be_visible()


def test_it_has_no_barrier_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE)
    draw_and_open(page)
    found = barriers(page, "#correction")

    choose(page, "1")
    sentence(page)
    found += barriers(page, "#correction")

    assert found == []


def test_an_operator_reviews_what_a_stranger_told(
    open_admin_page: Callable[..., Page], admin_server: AdminServer
) -> None:
    forget_corrections(admin_server)
    stranger = open_admin_page("/", name=None)
    draw_and_open(stranger)
    choose(stranger, "1")
    sentence(stranger)
    page = open_admin_page("/admin/corrections?state=waiting", viewport=PHONE)
    found = barriers(page)

    page.get_by_role("button", name="Choose all of this page").click()
    page.get_by_role("button", name="Accept the chosen").click()

    expect(page.get_by_role("status")).to_contain_text("accepted")
    expect(page.locator(".card[data-state=waiting]")).to_have_count(0)
    expect(page.locator(".card[data-state=accepted]")).to_have_count(1)
    assert found == []
