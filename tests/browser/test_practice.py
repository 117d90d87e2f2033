"""Practise digits: write, hear what was read and what to change, and give the drawings or not."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.drawing_page import drawn_strokes
from tests.browser.pens import ONE, SEVEN, Stroke, draw_with_mouse
from tests.browser.real_drawings import real_drawings
from tests.browser.test_keyboard import ROUTES, focused_name, follow
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]
CORRECTIONS = "**/api/v1/corrections"
PHONE = {"width": 320, "height": 568}


def asked(page: Page) -> str:
    """What is to be written now."""
    words = page.locator("#task-words")
    expect(words).not_to_be_empty()
    return words.inner_text().split()[-1]


def go_to(page: Page, digit: str) -> None:
    """Begin rounds of single digits until one begins with this digit, so that more tasks follow."""
    asked(page)
    page.evaluate(
        """(digit) => {
          const onlyDigits = document.querySelector("#only-digits");
          const asked = () => document.querySelector("#task-words").textContent.trim();
          do {
            if (onlyDigits.checked) onlyDigits.click();
            onlyDigits.click();
          } while (!asked().endsWith(digit));
        }""",
        digit,
    )
    assert asked(page) == digit


def write(page: Page, strokes: list[Stroke]) -> str:
    """Write, check, and return "Right!" or "Not yet."."""
    draw_with_mouse(page, strokes)
    page.get_by_role("button", name="Check it").click()
    return verdict(page)


def verdict(page: Page) -> str:
    expect(page.locator("#verdict")).to_be_visible()
    return page.locator("#verdict").inner_text()


def advice(page: Page) -> str:
    expect(page.locator(".feedback-advice")).not_to_be_empty()
    return page.locator(".feedback-advice").inner_text()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_ten_digits_are_practised_to_the_result_and_what_went_wrong_comes_first_in_another_ten(
    open_page: OpenPage,
) -> None:
    drawings = dict(real_drawings(start=5, count=200))
    page = open_page("/practice")
    page.get_by_label("Only single digits").check()
    wrong = []

    for number in range(1, 11):
        expect(page.locator(".task-place")).to_have_text(f"{number} of 10")
        digit = asked(page)
        if number in (2, 4, 5, 7, 9):
            press(page, "Pass over")
            wrong.append(digit)
            continue
        if write(page, drawings[digit]) != "Right!":
            wrong.append(digit)
        press(page, "Next one")

    expect(page.locator("#result-heading")).to_have_text(f"{10 - len(wrong)} of 10 right")
    expect(page.locator("#result-heading")).to_be_focused()
    expect(page.locator(".result-tasks li")).to_have_count(10)
    assert len(wrong) <= 6  # so of five drawings of strangers one may be taken for another digit

    press(page, "Another ten")
    assert asked(page) == wrong[0]
    press(page, "Pass over")
    assert asked(page) == wrong[1]


def test_a_round_asks_for_numbers_too_and_for_every_digit(open_page: OpenPage) -> None:
    page = open_page("/practice")
    tasks = []

    for _ in range(10):
        tasks.append(asked(page))
        press(page, "Pass over")

    assert sorted(map(len, tasks)) == [1, 1, 1, 1, 1, 1, 2, 2, 3, 4]
    assert set("".join(tasks)) == set("0123456789")
    expect(page.locator("#result-heading")).to_have_text("0 of 10 right")


def test_what_to_change_is_said_and_helps_be_it_too_much_or_missing_or_one_of_several_digits(
    open_page: OpenPage,
) -> None:
    page = open_page("/practice")
    go_to(page, "1")

    first = write(page, SEVEN)
    told = advice(page)
    marked = page.locator("#marked").get_attribute("data-kind")
    press(page, "Write it again")
    expect(page.locator("#undo")).to_have_attribute("aria-disabled", "true")
    second = write(page, [SEVEN[0][1:]])  # without the bar at the top
    assert (first, second) == ("Not yet.", "Right!")
    assert told == "Leave out the marked part at the top: without it I clearly read 1."
    assert marked == "leave_out"
    expect(page.locator(".feedback-read")).to_contain_text("I read 1.")

    press(page, "Next one")
    go_to(page, "4")
    write(page, [[(0.55, 0.15), (0.45, 0.35), (0.3, 0.6), (0.5, 0.6), (0.75, 0.6)]])
    assert "with the marked stroke I clearly read 4." in advice(page)
    expect(page.locator("#marked")).to_have_attribute("data-kind", "add")

    press(page, "Next one")
    page.get_by_label("Only single digits").uncheck()
    while len(asked(page)) != 2:
        press(page, "Pass over")
    write(page, beside(ONE) if asked(page) != "11" else beside(SEVEN))
    assert "instead of" in advice(page)


def beside(strokes: list[Stroke]) -> list[Stroke]:
    """The same digit twice, in half the width."""
    return [
        [(x / 2 + shift, 0.25 + y / 2) for x, y in stroke]
        for shift in (0.0, 0.5)
        for stroke in strokes
    ]


def test_drawings_are_kept_with_a_tick_not_before_and_taken_back_at_once(
    open_page: OpenPage,
) -> None:
    page = open_page("/practice")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    tick = page.get_by_label("Yes, you may keep and share")
    go_to(page, "7")

    write(page, SEVEN)
    assert page.locator(".feedback").inner_text()
    assert not [url for url in sent if "corrections" in url]
    assert page.context.cookies() == []
    press(page, "Write it again")
    assert not [url for url in sent if "corrections" in url]

    tick.check()
    with page.expect_request(CORRECTIONS) as request:
        write(page, SEVEN)
    press(page, "Write it again")
    write(page, ONE)
    expect(page.locator("#gift-status")).to_have_text("Thank you. Drawings kept: 2.")
    gone: list[int] = []
    page.on(
        "response",
        lambda response: response.request.method == "DELETE" and gone.append(response.status),
    )
    press(page, "Take all of it back")

    expect(page.locator("#gift-status")).to_contain_text("Nothing of them is kept.")
    expect(tick).not_to_be_checked()
    assert gone == [204, 204]
    tick.check()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")  # kept for "Back"
    expect(tick).not_to_be_checked()
    body = json.loads(request.value.post_data or "")
    assert (body["origin"], body["label"], body["answer"]["text"]) == ("practice", "7", "7")


def test_a_drawing_that_could_not_be_kept_or_checked_stays_and_is_sent_later(
    open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("503")
    watch.expect("ERR_")
    page = open_page("/practice")
    go_to(page, "7")
    page.route("**/api/v1/predictions", lambda route: route.abort(), times=1)
    draw_with_mouse(page, SEVEN)
    press(page, "Check it")
    expect(page.locator("#status")).to_contain_text("No connection.")
    assert verdict(page) == "Right!"

    page.get_by_label("Yes, you may keep and share").check()
    page.route(
        CORRECTIONS, lambda route: route.fulfill(status=503, json={"detail": "Away."}), times=1
    )
    press(page, "Write it again")
    write(page, SEVEN)
    expect(page.locator("#gift-status")).to_have_text("The drawing was not kept. Away.")
    press(page, "Write it again")
    write(page, SEVEN)

    expect(page.locator("#gift-status")).to_have_text("Thank you. Drawings kept: 2.")
    press(page, "Take all of it back")
    expect(page.locator("#gift-status")).to_contain_text("Nothing of them is kept.")

    press(page, "Write it again")
    page.route("**/api/v1/predictions", lambda route: route.abort())
    draw_with_mouse(page, SEVEN)
    press(page, "Check it")
    expect(page.locator("#status")).to_contain_text("No connection.")
    press(page, "Pass over")
    page.evaluate("dispatchEvent(new Event('online'))")  # the next try, of nothing any more
    expect(page.locator("#status")).to_have_text("")


def test_the_keyboard_is_enough(open_page: OpenPage) -> None:
    page = open_page("/practice")
    go_to(page, "7")
    page.get_by_role("button", name="Draw with the keyboard").focus()
    page.keyboard.press("Enter")
    follow(page, ROUTES["7"])

    page.get_by_role("button", name="Check it").press("Enter")
    told = verdict(page)
    expect(page.locator("#verdict")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert told == "Right!"
    expect(page.get_by_role("grid")).to_be_visible()
    assert (focused_name(page) or "").startswith("Row ")
    expect(page.locator("#cells [aria-selected=true]")).to_have_count(0)


def test_the_network_reads_every_example_as_what_it_is_an_example_of(open_page: OpenPage) -> None:
    page = open_page("/practice")
    texts = [*"0123456789", "10", "2048", "935", "67"]

    read = page.evaluate(
        """async (texts) => {
          const { exampleOf } = await import("/static/js/practice-examples.js");
          const ask = async (text) => {
            const body = JSON.stringify({ strokes: exampleOf(text), images: false });
            const headers = { "Content-Type": "application/json" };
            const answer = await fetch("/api/v1/predictions", { method: "POST", headers, body });
            return (await answer.json()).text;
          };
          return Promise.all(texts.map(ask));
        }""",
        texts,
    )

    assert read == texts


def test_an_example_is_shown_to_whoever_asks(open_page: OpenPage) -> None:
    page = open_page("/practice")
    for motion in ("reduce", "no-preference"):
        page.emulate_media(reduced_motion=motion)
        go_to(page, "4")
        expect(page.get_by_role("img", name="Example of 4")).to_be_hidden()

        press(page, "Show me how")
        expect(page.get_by_role("img", name="Example of 4")).to_be_visible()
        press(page, "Pass over")

        expect(page.locator("#example")).to_be_hidden()
        expect(page.get_by_role("button", name="Show me how")).to_have_attribute(
            "aria-pressed", "false"
        )


def test_an_empty_sheet_leads_to_practice_and_back_and_the_drawing_stays(
    open_page: OpenPage,
) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN)
    before = drawn_strokes(page)
    expect(page.locator("#practise")).to_be_hidden()
    page.locator("#clear").click()
    page.get_by_role("link", name="or practise writing digits").click()
    go_to(page, "1")
    draw_with_mouse(page, ONE)

    page.get_by_role("link", name="Draw freely").click()
    page.locator("#undo").click()

    assert drawn_strokes(page) == before


def test_it_has_no_barrier_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/practice", locale="vi-VN", viewport=PHONE)
    page.locator("#only-digits").check()
    page.locator("#show-example").click()
    found = barriers(page)
    page.locator("#pad").scroll_into_view_if_needed()
    draw_with_mouse(page, SEVEN)
    page.locator("#check").click()
    expect(page.locator("#verdict")).to_be_visible()
    found += barriers(page, ".feedback")

    page.locator("#next").click()
    page.locator("#skip").dblclick()  # as a child does: one task is passed over
    for _ in range(8):
        page.locator("#skip").click()
    found += barriers(page, "#result")

    assert found == []
