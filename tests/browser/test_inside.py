"""Look inside an answer: what is shown adds up, follows the drawing, and costs nothing closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import exp

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.browser.barriers import barriers
from tests.browser.drawing_page import settled_answer, until
from tests.browser.pens import ONE, SEVEN, Stroke, draw_with_mouse
from tests.browser.picture_giving import TWO_SEVENS, choose, picture_file, picture_tags
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]
SCRIBBLE: list[Stroke] = [
    [(0.2, 0.3), (0.7, 0.35), (0.3, 0.5), (0.75, 0.55), (0.25, 0.65), (0.7, 0.8), (0.4, 0.2)]
]
SEVENTY_ONE: list[Stroke] = [
    [(0.1, 0.3), (0.3, 0.3), (0.2, 0.7)],
    [(0.75, 0.25), (0.75, 0.5), (0.75, 0.75)],
]


def look_inside(page: Page, strokes: list[Stroke] | None = None) -> Locator:
    """Draw, wait for the answer, open the panel, and wait for what it shows."""
    if strokes:
        draw_with_mouse(page, strokes)
    settled_answer(page)
    page.locator("#inside-open").click()
    expect(part(page, "steps")).to_be_visible()
    return page.locator("#inside")


def part(page: Page, name: str) -> Locator:
    return page.locator(f'#inside [data-part="{name}"]')


def rows(page: Page) -> list[list[str]]:
    """Sum, power and share of each digit, as they are written."""
    return [row.locator("td").all_inner_texts() for row in part(page, "rows").locator("tr").all()]


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"[-+]?\d+\.\d+", text)]


def test_what_is_shown_of_a_seven_adds_up_and_its_maps_are_chosen_by_keyboard(
    open_page: OpenPage,
) -> None:
    page = open_page()
    look_inside(page, SEVEN)

    sums = _check_what_adds_up(page)
    _check_why_a_seven_and_not(page, sums)
    for canvas in page.locator("#inside canvas:visible").all():
        assert canvas.evaluate("(one) => (one.closest('[aria-label]')?.ariaLabel ?? '').length") > 9

    layer = page.locator(".inside-layer").first
    layer.locator(".inside-grid button").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    chosen = layer.locator(".inside-grid button").nth(1)
    expect(chosen).to_be_focused()
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(layer.locator("figure canvas")).to_have_attribute("aria-label", re.compile("over the"))
    layer.get_by_role("button", name="Show all 32 maps").click()
    expect(layer.locator(".inside-grid button")).to_have_count(32)
    page.keyboard.press("Escape")
    expect(page.locator("#inside")).to_be_hidden()
    expect(page.locator("#inside-open")).to_be_focused()
    # Opened again over another drawing it must not begin with this one.
    expect(part(page, "steps")).to_have_attribute("hidden", "")


def _check_what_adds_up(page: Page) -> list[float]:
    """The sums of the ten digits, which everything else comes from."""
    temperature = numbers(part(page, "softmax").inner_text())[0]
    sums = [float(row[0]) for row in rows(page)]
    odds = [exp(one / temperature) for one in sums]
    shares = [float(row[2].rstrip("%")) / 100 for row in rows(page)]
    assert shares == pytest.approx([one / sum(odds) for one in odds], abs=0.005)
    assert sums.index(max(sums)) == 7
    shown = page.locator("#bars [data-best] [data-part=figure]").inner_text()
    assert float(shown.rstrip("%")) / 100 == pytest.approx(max(shares), abs=0.01)
    for digit in range(10):
        part(page, "digits").get_by_role("radio", name=str(digit)).check()
        plus, minus, bias, together = numbers(
            part(page, "evidence").locator("[data-part=sum]").inner_text()
        )
        assert plus >= 0 >= minus
        assert plus + minus + bias == pytest.approx(together, abs=0.02)
        assert together == sums[digit]
    expect(part(page, "sums").locator("[data-part=why]")).to_contain_text("given plainly")
    return sums


def _check_why_a_seven_and_not(page: Page, sums: list[float]) -> None:
    """The digit that was second is compared with the seven."""
    second = sorted(range(10), key=lambda digit: sums[digit])[-2]

    part(page, "digits").get_by_role("radio", name="7").check()
    page.get_by_role("button", name=f"Why 7 and not {second}?").click()

    evidence = part(page, "evidence")
    seven, other, difference = numbers(evidence.locator("[data-part=sum]").inner_text())
    assert (seven, other) == (sums[7], sums[second])
    assert difference == pytest.approx(seven - other, abs=0.011)
    expect(evidence).to_contain_text(f"− speaks for {second}")


def test_a_refused_scribble_tells_what_refused_it(open_page: OpenPage) -> None:
    page = open_page()
    look_inside(page, SCRIBBLE)
    expect(page.locator("#answer")).to_have_attribute("data-verdict", "not_a_digit")

    score, refused, needed = (
        float(one) for one in re.findall(r"([\d.]+)%", part(page, "score").inner_text())
    )

    assert score < refused <= needed
    why = part(page, "sums").locator("[data-part=why]")
    expect(why).to_contain_text(f"below {refused:g}%, so this was refused")


def test_closed_it_costs_nothing_and_open_it_follows_the_drawing(open_page: OpenPage) -> None:
    page = open_page()
    asked: list[str] = []

    def remember(request: Request) -> None:
        if re.search("inside|explanations", request.url):
            asked.append(request.url)

    page.on("request", remember)
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    assert asked == []

    page.locator("#inside-open").dblclick()  # as a child does: it opens
    expect(part(page, "steps")).to_be_visible()
    page.keyboard.press("c")
    expect(part(page, "remark")).to_contain_text("Draw something")
    page.locator("#pad").scroll_into_view_if_needed()
    draw_with_mouse(page, ONE)
    expect(part(page, "digits").get_by_role("radio", name="1")).to_be_checked()

    part(page, "close").click()
    expect(page.locator("#inside-open")).to_be_focused()
    asked.clear()
    page.keyboard.press("c")
    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "7"
    assert asked == []


def test_the_chosen_digit_of_a_number_is_explained(open_page: OpenPage) -> None:
    page = open_page()
    look_inside(page, SEVENTY_ONE)
    expect(part(page, "digits").get_by_role("radio", name="7")).to_be_checked()
    expect(part(page, "remark")).to_contain_text("digit 1 of 2")

    page.locator("#pictures button").nth(1).click()

    expect(part(page, "digits").get_by_role("radio", name="1")).to_be_checked()
    expect(part(page, "remark")).to_contain_text("digit 2 of 2")


def test_a_picture_s_digits_are_explained_without_directions(open_page: OpenPage) -> None:
    page = open_page()
    choose(page, picture_file(TWO_SEVENS))
    expect(picture_tags(page)).to_have_count(2)

    look_inside(page)

    expect(part(page, "strokes")).to_be_hidden()
    expect(part(page, "rose").locator("canvas:visible")).to_have_count(1)
    sums = [float(row[0]) for row in rows(page)]
    assert sums.index(max(sums)) == 7
    expect(part(page, "sight")).to_contain_text("does not tell which way the pen moved")


def test_what_was_asked_about_a_picture_is_not_shown_of_the_drawing(open_page: OpenPage) -> None:
    page = open_page()
    draw_with_mouse(page, ONE)
    settled_answer(page)
    choose(page, picture_file(TWO_SEVENS))
    expect(picture_tags(page)).to_have_count(2)
    look_inside(page)
    held: list[Route] = []
    page.route("**/api/v1/explanations/image", lambda route: held.append(route))
    page.locator("#pictures button").nth(1).click()
    until(page, lambda: held)

    page.get_by_role("button", name="Back to drawing").click()

    # Nobody waits for the picture's: the next question goes at once.
    expect(part(page, "strokes")).to_be_visible(timeout=5_000)
    sums = [float(row[0]) for row in rows(page)]
    assert sums.index(max(sums)) == 1


def test_who_wants_no_motion_sees_the_strokes_at_once(open_page: OpenPage) -> None:
    page = open_page()
    look_inside(page, SEVEN)

    expect(part(page, "strokes").locator("canvas")).to_have_attribute(
        "aria-label", re.compile("strokes: 1. Stroke 1 begins at the upper left")
    )
    expect(part(page, "strokes").get_by_role("button")).to_be_hidden()


def test_a_replay_ends_with_the_whole_drawing(open_page: OpenPage, watch: Watch) -> None:
    page = open_page(reduced_motion="no-preference")
    look_inside(page, SEVEN)
    canvas = part(page, "strokes").locator("canvas")
    frames: list[str] = []

    def is_still() -> bool:
        frames.append(canvas.evaluate("(one) => one.toDataURL()"))
        return len(frames) > 10 and len(set(frames[-10:])) == 1

    until(page, is_still)  # after the replay at the start
    whole = frames[-1]

    part(page, "strokes").get_by_role("button").click()

    page.wait_for_function(
        "([one, whole]) => one.toDataURL() === whole", arg=[canvas.element_handle(), whole]
    )


def test_the_panel_has_no_barrier_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(locale="vi-VN", viewport={"width": 320, "height": 800})
    look_inside(page, SEVEN)
    page.locator(".inside-grid button").first.click()

    assert barriers(page, "#inside") == []


def test_a_model_that_cannot_be_explained_says_so(open_page: OpenPage, watch: Watch) -> None:
    watch.expect("404")
    page = open_page()
    problem = '{"status": 404, "title": "Not found", "detail": "It cannot be explained."}'
    page.route(
        "**/api/v1/explanations",
        lambda route: route.fulfill(
            status=404, body=problem, content_type="application/problem+json"
        ),
    )
    draw_with_mouse(page, SEVEN)
    settled_answer(page)

    page.locator("#inside-open").click()

    expect(part(page, "remark")).to_have_text("It cannot be explained.")
    expect(part(page, "steps")).to_be_hidden()
    assert page.locator(".verdict-text").inner_text() == "7"


def test_a_panel_that_did_not_arrive_is_fetched_at_the_next_try(
    open_page: OpenPage, watch: Watch
) -> None:
    for complaint in ("ERR_FAILED", "Failed to load resource"):
        watch.expect(complaint)
    page = open_page()
    for file in ("inside", "css/inside-page.css"):
        page.route(f"**/{file}", lambda route: route.abort())
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    page.locator("#inside-open").click()
    expect(page.locator("#inside").get_by_role("alert")).to_contain_text("No connection.")
    page.wait_for_timeout(200)
    expect(page.locator("#load-trouble")).to_be_hidden()  # the page itself works

    page.unroute_all()
    page.locator("#inside-open").click()
    page.locator("#inside-open").click()

    expect(part(page, "steps")).to_be_visible()
