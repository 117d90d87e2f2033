"""A slow or lossy line, old browsers: the sheet draws from its first paint; trouble is told."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from playwright.sync_api import Page, Request, Route, expect

from tests.browser.drawing_page import drawn_strokes, settled_answer
from tests.browser.pens import SEVEN, devtools, draw_with_mouse
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]
LOST = "A part of this page did not arrive"
EMPTY = "Drawing area, empty"


def test_strokes_made_before_all_has_arrived_are_kept_and_answered(open_page: OpenPage) -> None:
    page = open_page("/livez")
    held: list[Route] = []
    page.route("**/js/drawing-page.js", lambda route: held.append(route))
    page.goto("/", wait_until="commit")
    expect(page.locator("#answer")).to_be_visible()

    draw_with_mouse(page, SEVEN)
    ink = page.locator("#pad").evaluate("(pad) => pad.toDataURL().length")
    for route in held:
        route.continue_()

    assert ink > 3_000  # there was ink on the sheet
    assert settled_answer(page) == "7"
    assert len(drawn_strokes(page)) == 1


def test_a_stroke_that_is_being_drawn_when_the_rest_arrives_goes_on(open_page: OpenPage) -> None:
    page = open_page("/livez")
    held: list[Route] = []
    page.route("**/js/drawing-page.js", lambda route: held.append(route))
    page.goto("/", wait_until="commit")
    expect(page.locator("#answer")).to_be_visible()
    box = page.locator("#pad").bounding_box()
    assert box is not None
    at = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in SEVEN[0]]

    page.mouse.move(*at[0])
    page.mouse.down()
    page.mouse.move(*at[1])
    held[0].continue_()
    expect(page.locator("#undo")).to_have_attribute("aria-disabled", "false")
    for point in at[2:]:
        page.mouse.move(*point)
    page.mouse.up()

    assert settled_answer(page) == "7"
    assert len(drawn_strokes(page)) == 1


def test_a_first_visit_needs_few_requests(open_page: OpenPage) -> None:
    page = open_page("/livez", alone=True)
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))

    page.goto("/", wait_until="networkidle")

    assert len(requests) <= 8, [request.url for request in requests]


def test_on_a_slow_line_the_page_can_be_used_within_two_and_a_half_seconds(
    open_page: OpenPage,
) -> None:
    page = open_page("/livez", alone=True)
    session = devtools(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 400,
            "downloadThroughput": 51_200,
            "uploadThroughput": 51_200,
        },
    )

    page.goto("/", wait_until="load")

    # Measured by the network's clock and not by ours: a busy machine only delays what comes after.
    arrived = page.evaluate(
        "Math.max(...performance.getEntriesByType('resource').map((one) => one.responseEnd))"
    )
    assert arrived < 2_500 * 1.6


def test_a_file_that_is_lost_is_told_with_a_way_out(open_page: OpenPage, watch: Watch) -> None:
    for complaint in ("Failed to load resource", "uncaught", "net::ERR"):
        watch.expect(complaint)
    page = open_page("/livez")
    ways = {
        "aborted": lambda route: route.abort(),
        "answered with an error": lambda route: route.fulfill(status=502, body=""),
    }
    files = ("js/drawing-page.js", "css/drawing-page.css", "js/drawing-sheet.js")
    for file, way in itertools.product(files, ways):
        page.route(f"**/{file}", ways[way], times=1)

        page.goto("/")
        expect(page.get_by_role("alert").filter(has_text=LOST)).to_be_visible()
        page.get_by_role("button", name="Load the page again").click()

        expect(page.get_by_text(LOST)).to_be_hidden()
        expect(page.locator("#pad"), f"{file} {way}").to_have_attribute("aria-label", EMPTY)
        page.goto("/livez")

    page.goto("/")
    draw_with_mouse(page, SEVEN)
    assert settled_answer(page) == "7"


def test_a_browser_that_is_too_old_is_told(open_page: OpenPage, watch: Watch) -> None:
    watch.expect("uncaught")
    page = open_page("/livez", locale="vi-VN")
    unknown = "class A { #hidden %% }"  # as private fields are to browsers before 2021
    for file in ("js/drawing-page.js", "js/drawing-sheet.js"):
        page.route(
            f"**/{file}",
            lambda route: route.fulfill(body=unknown, content_type="text/javascript"),
            times=1,
        )

        page.goto("/")

        expect(page.get_by_text("Trình duyệt này quá cũ")).to_be_visible()
        page.goto("/livez")


def test_what_a_virus_scanner_puts_into_the_page_is_not_missed(
    open_page: OpenPage, watch: Watch
) -> None:
    for complaint in ("Content Security Policy", "CSP", "another host"):
        watch.expect(complaint)
    page = open_page("/livez")
    address = "https://scanner.invalid/main"
    foreign = f'<script src="{address}.js"></script><link rel=stylesheet href="{address}.css">'

    def put_in(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</head>", f"{foreign}</head>"))

    page.route(f"{page.url.removesuffix('livez')}", put_in)
    page.goto("/")
    draw_with_mouse(page, SEVEN)

    assert settled_answer(page) == "7"
    expect(page.get_by_text(LOST)).to_be_hidden()


def test_strokes_on_a_page_whose_rest_is_lost_survive_the_reload(
    open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("Failed to load resource")
    page = open_page("/livez")
    page.route("**/js/drawing-page.js", lambda route: route.abort(), times=1)
    page.goto("/")
    expect(page.get_by_text(LOST)).to_be_visible()

    draw_with_mouse(page, SEVEN)
    page.get_by_role("button", name="Load the page again").click()

    assert settled_answer(page) == "7"


def test_a_page_that_loads_for_long_says_that_one_can_draw_already(open_page: OpenPage) -> None:
    page = open_page("/livez", alone=True)
    page.clock.install()
    held: list[Route] = []
    page.route("**/js/drawing-page.js", lambda route: held.append(route))
    page.goto("/", wait_until="commit")
    expect(page.locator("#answer")).to_be_visible()

    page.clock.run_for(9_000)
    expect(page.get_by_text("The page is still loading.")).to_be_visible()
    held[0].continue_()

    expect(page.get_by_text("The page is still loading.")).to_be_hidden()
