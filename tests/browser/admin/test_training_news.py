"""When a training is over, the title of whatever admin page is open says so."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.admin.test_live_run import training
from tests.browser.admin_server import AdminServer
from tests.browser.barriers import barriers
from trainer.runs.state import request_stop

OpenPage = Callable[..., Page]
__all__ = ["training"]
_COUNT_NOTICES = """
globalThis.asked = 0;
globalThis.notices = [];
globalThis.Notification = class {
  static permission = sessionStorage.permission ?? "default";
  static async requestPermission() {
    asked += 1;
    this.permission = sessionStorage.permission = "granted";
  }
  constructor(sentence) { notices.push(sentence); }
};
"""


def test_the_title_and_a_wanted_notice_tell_that_a_training_is_over(
    open_admin_page: OpenPage, admin_server: AdminServer, training: str
) -> None:
    page = open_admin_page("/about", has_charts=False)
    page.add_init_script(_COUNT_NOTICES)
    page.goto(f"/admin/runs/{training}")
    assert page.evaluate("asked") == 0
    page.get_by_role("button", name="Notify me when a training is over").click()
    expect(page.get_by_role("button", pressed=True, name="Notify me")).to_be_visible()
    assert page.evaluate("asked") == 1
    page.goto("/admin/corrections")  # any other page

    request_stop(admin_server.models / training)

    said = f"The training of {training} was stopped."
    expect(page).to_have_title(re.compile(f"^● {re.escape(said)} · Corrections"), timeout=60_000)
    expect(page.locator("#training-news")).to_have_text(said)
    assert page.evaluate("notices") == [said]
    assert barriers(page, "#training-news") == []
    page.reload()  # as some pages do themselves when they are told
    expect(page).to_have_title(re.compile(f"^● {re.escape(said)} · Corrections"))
    page.goto("/admin/runs")
    expect(page).to_have_title("Runs · Nét")


def test_the_run_s_own_page_tells_it_after_it_has_loaded_itself_anew_and_unasked_shows_no_notice(
    open_admin_page: OpenPage, admin_server: AdminServer, training: str
) -> None:
    page = open_admin_page("/about", has_charts=False)
    page.add_init_script(_COUNT_NOTICES)
    page.goto(f"/admin/runs/{training}")
    expect(page.locator("#live-way")).to_have_text("Live")

    request_stop(admin_server.models / training)

    expect(page).to_have_title(re.compile("^● The training of"), timeout=60_000)
    expect(page.locator("#status")).to_have_text("stopped")
    assert page.evaluate("[asked, notices.length]") == [0, 0]
