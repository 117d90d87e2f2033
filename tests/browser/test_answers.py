"""What the page shows of the server's answers, and which answers it shows."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.drawing_page import expect_blank, settled_answer, until
from tests.browser.pens import ONE, SEVEN, ZERO, draw_with_mouse, on_screen
from tests.browser.stand_in import PREDICTIONS, answer_of, answer_with, hold_answers, release

OpenPage = Callable[..., Page]


def test_an_answer_appears_while_one_draws_is_shown_and_read_out_when_the_drawing_rests(
    open_page: OpenPage,
) -> None:
    page = open_page(reduced_motion="no-preference")  # as most people see it
    first, *others = on_screen(page, SEVEN[0])

    page.mouse.move(*first)
    page.mouse.down()
    for point in others:
        page.mouse.move(*point)
    expect(page.locator(".verdict-text")).to_have_text("7")
    page.mouse.up()

    assert settled_answer(page) == "7"
    expect(page.locator(".verdict-words")).not_to_be_empty()
    expect(page.locator(".verdict-figure")).to_have_text(re.compile(r"^\d+(\.\d)?%$"))
    expect(page.locator("#bars li")).to_have_count(10)
    expect(page.locator("#bars li").nth(7)).to_have_attribute("data-best", "")
    expect(page.locator("#bars li").nth(7)).to_contain_text("Digit 7: ")
    picture = page.locator("#pictures img")
    expect(picture).to_have_js_property("naturalWidth", 28)
    expect(picture).to_have_css("image-rendering", "pixelated")
    expect(page.locator("[data-part=model]")).to_contain_text("strokes")
    announcement = page.locator("#announcement")
    expect(announcement).to_have_text(re.compile(r"^7\. .+, \d+(\.\d)?%\.$"))
    expect(announcement).to_have_attribute("role", "status")
    for kept_from_translation in (
        ".wordmark span",
        ".verdict-text",
        "#bars li .bar-digit",
        ".correction-digits button",
    ):
        assert page.locator(kept_from_translation).first.evaluate("(one) => one.translate") is False


def test_lifting_the_pen_asks_without_the_pause_of_a_pen_that_moves(open_page: OpenPage) -> None:
    page = open_page(alone=True)
    first, *others = on_screen(page, SEVEN[0])
    page.clock.install()
    page.clock.pause_at("2100-01-01")  # so that no pause ever ends

    with page.expect_response("**/api/v1/predictions"):
        page.mouse.move(*first)
        page.mouse.down()
    for point in others:
        page.mouse.move(*point)
    with page.expect_response("**/api/v1/predictions"):
        page.mouse.up()

    expect(page.locator("#answer:not([data-pending]) .verdict-text")).to_have_text("7")


def test_with_live_answers_off_nothing_is_asked_until_predict_and_it_is_said(
    open_page: OpenPage,
) -> None:
    page = open_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.post_data else None)
    page.get_by_label("Answer while I draw").uncheck()

    draw_with_mouse(page, SEVEN)
    expect(page.locator("#status")).to_contain_text("Press Predict when the drawing is ready.")
    page.wait_for_timeout(400)
    before = len(asked)
    page.get_by_role("button", name="Predict").click()

    assert settled_answer(page) == "7"
    assert (before, len(asked)) == (0, 1)
    expect(page.locator("#status [data-part=sentence]")).to_have_text("")

    draw_with_mouse(page, [[(0.1, 0.2), (0.12, 0.8)]])
    page.get_by_label("Answer while I draw").check()
    assert settled_answer(page) == "17"


def test_predicting_nothing_is_answered_as_blank(open_page: OpenPage) -> None:
    page = open_page()

    with page.expect_response(PREDICTIONS) as response:
        page.get_by_role("button", name="Predict").click()

    assert response.value.json()["verdict"] == "blank"
    expect_blank(page)
    expect(page.locator(".verdict-words")).to_have_text("Nothing is drawn yet.")


REFUSAL = answer_of("", "not_a_digit")
FORMS = [  # the answer, its large text, its words, and what is read out
    (answer_of("1234", "number"), "1234", "Quite sure", None),
    (answer_of("4", "unsure", confidence=0.5), "4", "Perhaps 4, perhaps 0.", None),
    (answer_of("12", "unsure", confidence=0.5), "12", "Perhaps 12. Digit 1 may also be 0.", None),
    (answer_of("4", "unsure"), "4", "Perhaps 4; not all of this looks like a digit.", None),
    (
        REFUSAL,
        "–",
        "That does not look like a digit.",
        "That does not look like a digit. If it is one, perhaps 3.",
    ),
    (
        answer_of("4", "unsure", confidence=0.5),
        "4",
        "Perhaps 4, perhaps 0.",
        "Perhaps 4, perhaps 0.",
    ),
]


def test_every_verdict_has_its_form_and_doubts_and_refusals_are_read_out(
    open_page: OpenPage,
) -> None:
    page = open_page()
    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "7"
    for answer, shown, words, spoken in FORMS:
        answer_with(page, answer)

        page.locator("#predict").click()

        expect(page.locator(".verdict-text")).to_have_text(shown)
        expect(page.locator(".verdict-words")).to_have_text(words)
        if spoken:
            expect(page.locator("#announcement")).to_have_text(spoken)
        if answer is REFUSAL:
            figure = page.locator(".verdict-figure")
            expect(figure).to_have_text("If it is one, perhaps 3.")


def test_a_refusal_says_the_best_guess_in_vietnamese_too(open_page: OpenPage) -> None:
    page = open_page(locale="vi-VN")
    answer_with(page, REFUSAL)

    draw_with_mouse(page, SEVEN)

    guess = "Nếu là chữ số thì có lẽ là 3."
    expect(page.locator(".verdict-figure")).to_have_text(guess)
    expect(page.locator("#announcement")).to_have_text(f"Trông không giống chữ số. {guess}")


def test_each_digit_of_a_number_shows_its_own_bars_and_stays_chosen_in_a_newer_answer(
    open_page: OpenPage,
) -> None:
    page = open_page()
    number = answer_of("12", "number")
    number["digits"][1]["probabilities"] = [0, 0, 0.8, 0.2, 0, 0, 0, 0, 0, 0]
    answer_with(page, number)
    draw_with_mouse(page, SEVEN)
    chosen = page.get_by_role("button", name="Show digit 2 of 2: 2")
    chosen.click()
    expect(page.locator("#bars li").nth(2)).to_contain_text("80%")

    chosen.focus()
    with page.expect_response("**/api/v1/predictions"):
        page.keyboard.press("p")

    expect(page.locator(".answer")).not_to_have_attribute("data-pending", "")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(chosen).to_be_focused()


def test_an_answer_to_a_cell_that_was_wiped_since_never_shows(open_page: OpenPage) -> None:
    page = open_page()
    held = hold_answers(page)
    page.get_by_role("button", name="Draw with the keyboard").focus()
    page.keyboard.press("Enter")

    page.keyboard.press("Space")
    until(page, lambda: held)
    page.keyboard.press("Space")
    release(held, answer_of("1"))
    page.wait_for_timeout(400)

    assert len(held) == 1
    expect_blank(page)


def test_one_request_is_on_its_way_and_a_stale_answer_never_shows(open_page: OpenPage) -> None:
    page = open_page()
    held = hold_answers(page)

    draw_with_mouse(page, ONE)
    draw_with_mouse(page, ZERO)
    until(page, lambda: held)
    page.wait_for_timeout(400)
    while_drawing = len(held)
    page.locator("#clear").click()
    expect_blank(page)
    draw_with_mouse(page, SEVEN)
    until(page, lambda: len(held) > 1)
    release(held[1:], answer_of("7"))
    page.wait_for_timeout(400)
    release(held[2:], answer_of("7"))
    release(held[:1], answer_of("3"))

    assert while_drawing == 1
    assert settled_answer(page) == "7"


def test_an_answer_that_comes_after_clear_is_not_shown(open_page: OpenPage) -> None:
    page = open_page()
    held = hold_answers(page)
    draw_with_mouse(page, SEVEN)
    until(page, lambda: held)

    page.locator("#clear").click()
    release(held, answer_of("7"))
    page.wait_for_timeout(200)

    expect_blank(page)


def test_more_strokes_than_can_be_read_are_not_sent_and_what_helps_is_said(
    open_page: OpenPage,
) -> None:
    page = open_page(locale="vi-VN")
    asked: list[int] = []
    page.on(
        "request",
        lambda request: (
            asked.append(len(request.post_data_json["strokes"])) if request.post_data else None
        ),
    )
    _draw_lines(page, 255)
    expect(page.locator("#answer")).not_to_have_attribute("data-pending", "")

    draw_with_mouse(page, SEVEN)
    expect(page.locator("#pad")).to_have_attribute("aria-label", re.compile("256"))
    expect(page.locator("#answer")).not_to_have_attribute("data-pending", "")
    draw_with_mouse(page, ONE)

    expect(page.locator("#status")).to_contain_text("tối đa 256 nét và 20.000 điểm")
    expect(page.locator(".verdict-text")).to_have_text("")
    page.get_by_role("button", name="Dự đoán").click()
    assert max(asked) == 256
    page.locator("#undo").click()
    expect(page.locator("#status [data-part=sentence]")).not_to_contain_text("tối đa")


def test_more_points_than_can_be_read_are_not_sent_either(open_page: OpenPage) -> None:
    page = open_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))

    _draw_lines(page, 21, 1_000)

    expect(page.locator("#status")).to_contain_text("at most 256 strokes and 20,000 points")
    assert "POST" not in sent


def _draw_lines(page: Page, count: int, points: int = 2) -> None:
    """Let the page find a drawing of many strokes in its memory."""
    page.evaluate(
        """([count, points]) => {
          const column = (value) => Array.from({length: points}, (_, at) => value(at));
          const strokes = Array.from({length: count}, (_, index) => ({
            x: column(() => 10 + 3 * index), y: column((at) => 100 + at), t: column((at) => at),
            p: column(() => 0.5)}));
          localStorage.setItem("net.drawing", JSON.stringify({strokes, cells: []}));
        }""",
        [count, points],
    )
    page.reload()
