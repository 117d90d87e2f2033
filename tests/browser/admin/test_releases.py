"""Releases in a browser: gates, activation by a worker's child, the way back, and a trial."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin.released_runs import beside_the_served
from tests.browser.admin_server import AdminServer
from tests.browser.barriers import barriers
from tests.browser.drawing_page import style
from tests.browser.pens import SEVEN, draw_with_mouse
from tests.browser.watch import Watch
from trainer.release.activation import activate_run

OpenPage = Callable[..., Page]
OTHER = "20261121T010101Z-other"


@pytest.fixture
def served(admin_server: AdminServer) -> Iterator[str]:
    """The name of the served run; ``OTHER`` lies beside it."""
    with beside_the_served(admin_server.models, OTHER) as name:
        yield name


def test_a_change_by_somebody_else_shows_without_a_reload(
    served: str, admin_server: AdminServer, open_admin_page: OpenPage, admin_watch: Watch
) -> None:
    admin_watch.expect("ERR_FAILED")
    page = open_admin_page("/admin/releases", name="viewer", alone=True)
    expect(page.locator("#workers tbody tr")).to_have_count(2, timeout=30_000)
    page.route("**/admin/releases", lambda route: route.abort(), times=2)  # the server restarts

    activate_run(admin_server.models, OTHER, [], by="somebody else")

    expect(page.locator("#served .run-name")).to_have_text(OTHER, timeout=30_000)
    expect(page.locator("#workers tbody tr").filter(has_text=OTHER)).to_have_count(2)
    expect(page.locator("#roll-back")).to_have_count(0)  # a viewer


def test_the_pages_have_no_barrier_on_a_phone(
    served: str, admin_server: AdminServer, open_admin_page: OpenPage
) -> None:
    activate_run(admin_server.models, OTHER, [], by="somebody with a rather long name")
    phone = {"locale": "vi-VN", "viewport": {"width": 360, "height": 740}}
    page = open_admin_page("/admin/releases", **phone)
    for path in ("", "/history", f"/runs/{OTHER}", "/try"):
        page.goto(f"/admin/releases{path}")

        assert barriers(page) == []


def test_two_runs_are_asked_about_one_drawing(served: str, open_admin_page: OpenPage) -> None:
    page = open_admin_page(f"/admin/releases/try?first={OTHER}", name="viewer")

    draw_with_mouse(page, SEVEN)

    for side, run in (("#first", served), ("#second", OTHER)):
        answer = page.locator(side)
        expect(answer.locator(".verdict-text")).to_have_text("7")
        expect(answer.locator(".model-name")).to_have_text(f"Answered by {run}")
        expect(answer.locator(".bars li").nth(7)).to_have_attribute("data-best", "")
        expect(answer.locator(".pictures img")).to_have_js_property("naturalWidth", 28)
    expect(page.locator("#status")).to_contain_text("Both say the same.")
    expect(page.locator("#announcement")).to_contain_text("7.")
    assert barriers(page, "#first") == []


def test_a_run_that_cannot_answer_says_why_beside_the_other_s_answer(
    served: str, admin_server: AdminServer, open_admin_page: OpenPage
) -> None:
    page = open_admin_page(f"/admin/releases/try?first={OTHER}")
    (admin_server.models / OTHER / "model.onnx").write_bytes(b"changed")

    draw_with_mouse(page, SEVEN)

    expect(page.locator("#first .verdict-text")).to_have_text("7")
    expect(page.locator("#second [data-part=problem]")).to_contain_text("It cannot be loaded")
    expect(page.locator("#second [data-part=answer]")).to_be_hidden()

    page.locator("#second select").select_option(served)
    expect(page.locator("#second .verdict-text")).to_have_text("7")
    expect(page.locator("#second [data-part=problem]")).to_be_empty()


def test_a_trial_can_be_drawn_with_the_keyboard_alone(
    served: str, open_admin_page: OpenPage
) -> None:
    page = open_admin_page("/admin/releases/try")

    page.locator("#cells-switch").press("Enter")
    for _ in range(6):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Escape")

    expect(page.locator("#cells-switch")).to_be_focused()
    expect(page.locator("#first .verdict-text")).not_to_be_empty()
    page.locator("#clear").press("Enter")
    expect(page.locator("#first [data-part=words]")).to_have_text("Nothing is drawn yet.")
    page.locator("#undo").press("Enter")
    expect(page.locator("#first .verdict-text")).not_to_be_empty()
    page.locator("#redo").press("Enter")
    expect(page.locator("#first [data-part=words]")).to_have_text("Nothing is drawn yet.")


def test_a_trial_is_seen_in_forced_colours_and_is_dark_on_white_on_paper(
    served: str, open_admin_page: OpenPage
) -> None:
    page = open_admin_page("/admin/releases/try", forced_colors="active", color_scheme="dark")
    sheet, bar = page.locator(".sheet"), page.locator("#first .bar").first

    assert [style(one, "borderTopStyle") for one in (sheet, bar)] == ["solid", "solid"]

    page.emulate_media(media="print", forced_colors="none")
    white = "rgb(255, 255, 255)"
    assert [style(one, "backgroundColor") for one in (page.locator("body"), sheet)] == [white] * 2
    assert style(page.locator("#pad"), "filter") == "brightness(0)"
    assert page.locator("nav:visible, .quiet-button:visible").count() == 0


def test_who_is_not_signed_in_any_more_is_told(
    served: str, open_admin_page: OpenPage, admin_watch: Watch
) -> None:
    admin_watch.expect("Failed to load resource")
    page = open_admin_page("/admin/releases/try")
    page.context.clear_cookies()

    draw_with_mouse(page, SEVEN)

    expect(page.locator("#status")).to_contain_text("You are not signed in any more.")


def test_samples_of_a_run_are_looked_into_with_what_was_really_answered(
    served: str, open_admin_page: OpenPage
) -> None:
    """A mistake of MNIST's and a drawing."""
    page = open_admin_page(f"/admin/runs/{OTHER}?set=held_out_writers&cell=7/7", has_charts=False)
    panel = page.locator("#inside")

    page.locator("#samples [data-inside]").first.press("Enter")

    expect(panel.get_by_role("heading", name="What happened inside")).to_be_focused()
    digits = panel.locator("[data-part=digits]")
    expect(digits.get_by_role("radio", name="7")).to_be_checked()
    expect(panel.locator("[data-part=strokes] canvas")).to_be_visible()
    assert barriers(page, "#inside") == []
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("#samples [data-inside]").first).to_be_focused()

    page.goto(f"/admin/runs/{OTHER}?set=mnist_test")
    mistake = page.locator(".sample-grid.wide .sample.wrong").first
    answer = mistake.locator("[data-inside]").get_attribute("data-inside")
    mistake.locator("[data-inside]").click()

    expect(digits.get_by_role("radio", name=answer or "?")).to_be_checked()
    expect(panel.locator("[data-part=strokes]")).to_be_hidden()
    page.locator("#samples [data-inside]").first.click()  # another one, while the panel is open
    first = page.locator("#samples [data-inside]").first
    expect(first).to_have_attribute("aria-expanded", "true")
    expect(mistake.locator("[data-inside]")).to_have_attribute("aria-expanded", "false")


def test_two_runs_are_looked_into_beside_each_other(served: str, open_admin_page: OpenPage) -> None:
    page = open_admin_page(f"/admin/releases/try?first={served}&second={OTHER}")
    draw_with_mouse(page, SEVEN)
    expect(page.locator("#second .verdict-text")).to_have_text("7")

    for side in ("first", "second"):
        page.locator(f"#{side}-inside-open").click()
        expect(page.locator(f"#{side}-inside [data-part=steps]")).to_be_visible()

    boxes = [page.locator(f"#{side}-inside").bounding_box() for side in ("first", "second")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    for side in ("first", "second"):
        digits = page.locator(f"#{side}-inside [data-part=digits]")
        expect(digits.get_by_role("radio", name="7")).to_be_checked()
    sums = [page.locator(f"#{side}-inside [data-part=sum]") for side in ("first", "second")]
    assert sums[0].inner_text() == sums[1].inner_text()  # the same networks under two names
