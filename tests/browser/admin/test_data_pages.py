"""The pages about data and studies in a real browser: charts, live trials, forms by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin_server import AdminServer
from tests.browser.barriers import barriers
from tests.browser.watch import Watch
from tests.trainer.conftest import data_folder  # noqa: F401
from tests.webapp.admin.studies.conftest import search
from trainer.search.storage import Storage

OpenPage = Callable[..., Page]
PATIENCE = 90_000  # milliseconds; the trainer is asked in a child, and the machine may be busy
FIRST = "/admin/studies/local/first"


@pytest.fixture(scope="module", autouse=True)
def _data(admin_server: AdminServer, data_folder: Path) -> None:  # noqa: F811
    """Small data sets that the server knows."""
    shutil.copytree(data_folder, admin_server.data, dirs_exist_ok=True)


@pytest.fixture(scope="module", autouse=True)
def studies_folder(admin_server: AdminServer) -> Path:
    """A folder with the study "first", of four trials, that the server knows."""
    _search(admin_server.studies, 4)
    return admin_server.studies


def _search(folder: Path, trials: int) -> None:
    search(Storage.in_file(folder / "first" / "study.db"), trials)


def _open_data(open_admin_page: OpenPage, **options: object) -> Page:
    page = open_admin_page("/admin/data", **options)
    expect(page.locator("#set-1-classes .main-svg").first).to_be_visible(timeout=PATIENCE)
    return page


def _open_study(open_admin_page: OpenPage, **options: object) -> Page:
    page = open_admin_page(FIRST, **options)
    expect(page.locator("#history .main-svg").first).to_be_visible(timeout=PATIENCE)
    return page


def test_the_pages_have_no_barrier(open_admin_page: OpenPage) -> None:
    look = {"locale": "vi-VN", "viewport": {"width": 390, "height": 844}}
    page = open_admin_page("/admin/studies", has_charts=False, **look)
    found = []
    for path, part in (
        ("/admin/studies", f"[href='{FIRST}']"),
        ("/admin/data", "#set-1-classes"),
        (FIRST, "#history"),
        ("/admin/data/duplicates", "h1"),
    ):
        page.goto(path)
        expect(page.locator(part).first).to_be_visible(timeout=PATIENCE)
        found += barriers(page)

    assert found == []


def test_the_data_is_seen_as_charts_tables_and_sheets(open_admin_page: OpenPage) -> None:
    page = _open_data(open_admin_page, name="viewer")

    chart = page.locator("#set-2-classes")
    chart.get_by_role("button", name="Table").focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("img", name="samples of each class of pendigits-train")
    sheet.scroll_into_view_if_needed()

    expect(chart.get_by_role("row", name="0 6 3")).to_be_visible()
    expect(sheet).to_have_js_property("complete", value=True)
    assert sheet.evaluate("image => image.naturalWidth") > 600


def test_a_study_grows_on_the_page_while_somebody_works_for_it(
    open_admin_page: OpenPage, studies_folder: Path
) -> None:
    page = _open_study(open_admin_page, name="viewer")
    page.evaluate("window.isTheSamePage = true")
    points = page.locator("#history .scatterlayer .trace").first.locator(".point")
    before = points.count()
    page.get_by_role("link", name="Trial", exact=True).focus()

    _search(studies_folder, before + 2)

    expect(page.get_by_text(f"{before + 2} complete")).to_be_visible(timeout=PATIENCE)
    expect(points).to_have_count(before + 2)
    expect(page.get_by_role("link", name="Trial", exact=True)).to_be_focused()
    assert page.evaluate("window.isTheSamePage")


def test_a_search_is_begun_and_stopped_with_the_keyboard_alone(open_admin_page: OpenPage) -> None:
    page = open_admin_page("/admin/studies")

    page.get_by_label("Recipe").focus()
    page.keyboard.type("conv-t")
    page.keyboard.press("Tab")
    page.keyboard.type("by-keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The search by-keyboard is queued as job")).to_be_visible()
    page.get_by_role("button", name="Stop the search by-keyboard").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("The search was asked to stop.")).to_be_visible()
    expect(page.get_by_role("button", name="Stop the search by-keyboard")).to_have_count(0)


def test_a_mistake_in_the_form_is_shown_beside_its_field(
    open_admin_page: OpenPage, admin_watch: Watch
) -> None:
    admin_watch.expect("422")
    page = open_admin_page("/admin/studies")

    page.get_by_label("Fixed settings").fill("epochs=many")
    page.get_by_role("button", name="Begin the search").click()

    expect(page.get_by_role("alert")).to_contain_text("Nothing was begun")
    expect(page.get_by_label("Fixed settings")).to_have_accessible_description(
        "Line 1: epochs must be a whole number, from 1 to 1000. One a line, as epochs=5. What is "
        "fixed is the same in all trials and not searched; fewer epochs make a search faster."
    )
    assert barriers(page) == []


def test_a_chart_s_table_has_every_trial_also_those_with_the_same_setting(
    open_admin_page: OpenPage,
) -> None:
    page = open_admin_page("/about")

    table = page.evaluate(
        """async () => {
          const { csvOf } = await import("/static/js/admin/chart-table.js");
          const complete = { name: "complete", x: [64, 32, 64], y: [0.9, 0.8, 0.7] };
          const pruned = { name: "pruned", x: [64], y: [0.5] };
          const series = [complete, pruned];
          return csvOf({ kind: "points", x_title: "units", percent: true, series });
        }"""
    )

    assert table.split() == ["units,complete,pruned", "32,0.8,", "64,0.9,0.5", "64,0.7,"]
