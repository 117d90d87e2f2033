"""A network that is slow or gone, and a server in trouble: said, survived, and got over."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.drawing_page import settled_answer
from tests.browser.pens import SEVEN, draw_with_mouse
from tests.browser.stand_in import PREDICTIONS, answer_of, fail_with, release
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]
STATUS = "#status [data-part=sentence]"
COUNTDOWN = "#status [data-part=countdown]"


def test_a_lost_connection_keeps_the_drawing_and_recovers(
    open_page: OpenPage, watch: Watch
) -> None:
    page = open_page(alone=True)
    watch.expect("Failed to load resource")
    page.context.set_offline(True)

    draw_with_mouse(page, SEVEN)
    expect(page.locator(STATUS)).to_contain_text("No connection. Your drawing is kept")
    page.context.set_offline(False)

    expect(page.locator(STATUS)).to_have_text("Connected again.")
    assert settled_answer(page) == "7"


def test_a_server_that_is_away_is_asked_again_until_it_answers(
    open_page: OpenPage, watch: Watch
) -> None:
    page = open_page()
    watch.expect("Failed to load resource")
    tries = []

    def fail_twice(route: Route) -> None:
        tries.append(route)
        if len(tries) <= 2:
            route.abort()
        else:
            route.continue_()

    page.route(PREDICTIONS, fail_twice)
    draw_with_mouse(page, SEVEN)
    expect(page.locator(COUNTDOWN)).to_have_text("Trying again in 1 s.")

    assert settled_answer(page) == "7"
    assert len(tries) >= 3
    expect(page.locator(STATUS)).to_have_text("")


def test_a_slow_network_is_said(open_page: OpenPage) -> None:
    page = open_page()
    held: list[Route] = []
    page.route(PREDICTIONS, lambda route: held.append(route), times=1)

    draw_with_mouse(page, SEVEN)
    expect(page.locator(STATUS)).to_contain_text("The network is slow")
    release(held, answer_of("3"))

    assert settled_answer(page) == "7"
    expect(page.locator(STATUS)).to_have_text("")


def test_a_server_s_error_is_shown_with_its_text_until_the_next_answer(
    open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("Failed to load resource")
    page = open_page()
    fail_with(page, 422, "strokes[0].x is missing.")

    draw_with_mouse(page, SEVEN)
    expect(page.locator(STATUS)).to_have_text("strokes[0].x is missing.")
    page.unroute(PREDICTIONS)
    page.get_by_role("button", name="Predict").click()

    assert settled_answer(page) == "7"
    expect(page.locator(STATUS)).to_have_text("")


def test_a_server_that_names_a_time_is_not_asked_before(open_page: OpenPage, watch: Watch) -> None:
    watch.expect("Failed to load resource")
    page = open_page(alone=True)
    page.clock.install()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for status in (429, 503):
        fail_with(page, status, "Please wait.", **{"Retry-After": "60"})
        draw_with_mouse(page, SEVEN)
        expect(page.locator(STATUS)).to_have_text("Please wait.")
        expect(page.locator(COUNTDOWN)).to_have_text(re.compile(r"Trying again in (60|[45]\d) s\."))

        page.unroute(PREDICTIONS)
        asked.clear()
        page.get_by_role("button", name="Predict").click()
        page.wait_for_timeout(500)
        assert asked == [], status

        page.clock.run_for(60_000)
        assert settled_answer(page) == "7", status
        page.locator("#clear").click()


def test_an_answer_that_is_no_json_is_said_to_be_unreadable(open_page: OpenPage) -> None:
    page = open_page()
    page.route(PREDICTIONS, lambda route: route.fulfill(body="<html>", content_type="text/html"))

    draw_with_mouse(page, SEVEN)

    expect(page.locator(STATUS)).to_have_text("The server's answer could not be read.")


def test_a_server_that_is_back_is_asked_at_once(open_page: OpenPage, watch: Watch) -> None:
    watch.expect("Failed to load resource")
    page = open_page(alone=True)
    page.clock.install()
    countdown = page.locator(COUNTDOWN)
    for way in ("a new stroke", "Predict", "focus", "online"):
        page.route(PREDICTIONS, lambda route: route.abort())
        draw_with_mouse(page, SEVEN)
        expect(countdown, way).to_have_text("Trying again in 1 s.")
        while not re.fullmatch(r"Trying again in (30|2\d) s\.", countdown.inner_text()):
            page.clock.run_for(1_000)
        page.unroute(PREDICTIONS)

        if way == "a new stroke":
            draw_with_mouse(page, [[(0.43, 0.8), (0.42, 0.82)]])
        elif way == "Predict":
            page.get_by_role("button", name="Predict").click()
        else:
            page.evaluate("(type) => dispatchEvent(new Event(type))", way)

        assert settled_answer(page) == "7", way
        page.locator("#clear").click()


def test_a_page_that_is_opened_without_a_connection_says_so(open_page: OpenPage) -> None:
    page = open_page("/livez")
    page.add_init_script("Object.defineProperty(navigator, 'onLine', {get: () => false})")

    page.goto("/")

    expect(page.locator(STATUS)).to_contain_text("No connection. Your drawing is kept")
