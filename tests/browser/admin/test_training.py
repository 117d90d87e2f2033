"""The form of a training and the pages of jobs; a whole training is in test_whole_way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]


def test_a_wrong_value_is_named_and_led_to(open_admin_page: OpenPage, admin_watch: object) -> None:
    admin_watch.expect("422")  # type: ignore[attr-defined]
    page = open_admin_page("/admin/training/new?recipe=dense-512")

    page.get_by_label("epochs", exact=True).fill("0")
    page.get_by_role("button", name="Start training").click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The training was not started.")
    alert.get_by_role("link", name="epochs must be").click()
    expect(page.get_by_label("epochs", exact=True)).to_be_focused()
    expect(page.get_by_label("epochs", exact=True)).to_have_value("0")
    expect(page.get_by_label("epochs", exact=True)).to_have_attribute("aria-invalid", "true")


def test_a_waiting_job_is_withdrawn_with_the_keyboard_alone(
    open_admin_page: OpenPage, admin_watch: Watch
) -> None:
    admin_watch.expect("404")  # of the run that is gone, whose end the page watched
    page = open_admin_page("/admin/training/new?recipe=dense-512")
    page.get_by_role("button", name="Start training").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("No worker is running")).to_be_visible()
    assert barriers(page) == []
    button = page.get_by_role("button", name="Cancel")
    button.focus()
    button.evaluate("button => { button.isTheSame = true; }")
    for _ in range(2):  # when it is asked for the second time, the page has been renewed once
        page.wait_for_event("request", lambda request: request.url == page.url)
    expect(button).to_be_focused()
    assert button.evaluate("button => button.isTheSame")  # else a click in between would be lost
    page.keyboard.press("Enter")

    expect(page.get_by_text("It was cancelled before it began.")).to_be_visible()


@pytest.mark.parametrize(("path", "width"), [("", 390), ("/new?recipe=strokes", 1280)])
def test_the_pages_have_no_barrier(open_admin_page: OpenPage, path: str, width: int) -> None:
    page = open_admin_page(f"/admin/training{path}", viewport={"width": width, "height": 800})

    assert barriers(page) == []
