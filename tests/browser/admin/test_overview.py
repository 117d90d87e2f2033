"""The overview in a browser: figures and charts of what people drew, and that it keeps up."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin_server import AdminServer
from tests.browser.barriers import barriers

OpenPage = Callable[..., Page]
PATIENCE = 30_000  # milliseconds; workers write every two seconds, the page asks every five


def _draw(server: AdminServer, drawing: dict[str, Any], times: int) -> None:
    for _ in range(times):
        assert server.gunicorn.ask("POST", "/api/v1/predictions", drawing)[0] == 200


def _predictions(page: Page) -> int:
    return int(page.locator(".tiles dd").first.inner_text().replace(",", ""))


@pytest.fixture
def busy(admin_server: AdminServer, seven: dict[str, Any]) -> AdminServer:
    _draw(admin_server, seven, 5)
    return admin_server


def test_what_people_draw_shows_up_in_charts_and_tables_and_another_period_is_a_link_away(
    busy: AdminServer, open_admin_page: OpenPage, seven: dict[str, Any]
) -> None:
    page = open_admin_page("/admin", name="viewer")
    expect(page.locator(".tiles")).to_be_visible(timeout=PATIENCE)
    page.evaluate("window.isTheSame = true")
    before = _predictions(page)

    _draw(busy, seven, 7)

    expect(page.locator(".tiles dd").first).not_to_have_text(f"{before:,}", timeout=PATIENCE)
    expect(page.locator("#predictions .chart-plot svg").first).to_be_visible()
    expect(page.locator("#verdicts .chart-plot svg").first).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("window.isTheSame")

    page.locator("#verdicts [data-tool=table]").press("Enter")

    table = page.locator("#verdicts .chart-table")
    expect(table).to_be_visible()
    expect(table.locator("thead")).to_contain_text("a digit")
    expect(table.locator("tbody th").last).to_have_text(re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d$"))

    page.get_by_role("link", name="Week").press("Enter")

    expect(page.locator("#counted")).to_have_attribute("data-period", "week")
    expect(page.get_by_role("link", name="Week")).to_have_attribute("aria-current", "true")


def test_the_overview_has_no_barrier_on_a_phone(
    busy: AdminServer, open_admin_page: OpenPage
) -> None:
    look = {"locale": "vi-VN", "viewport": {"width": 360, "height": 740}}
    page = open_admin_page("/admin?period=month", **look)
    expect(page.locator("#predictions .chart-plot svg").first).to_be_visible(timeout=PATIENCE)

    assert barriers(page) == []
