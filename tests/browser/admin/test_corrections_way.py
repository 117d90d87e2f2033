"""From a wrong answer to the next model by the pages alone: correct, review, train, release."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin_server import AdminServer, running_admin_server, running_job_worker
from tests.browser.barriers import barriers
from tests.browser.drawing_page import settled_answer
from tests.browser.pens import ONE, SEVEN, Stroke, draw_with_mouse
from tests.trainer.conftest import data_folder  # noqa: F401  # small data sets, drawn once

PATIENCE = 180_000  # ms, for what takes seconds on an idle machine
PHONE = {"width": 360, "height": 740}
OpenPage = Callable[..., Page]


@pytest.fixture
def admin_server(
    released_models: Path,
    tmp_path: Path,
    data_folder: Path,  # noqa: F811
) -> Iterator[AdminServer]:
    folder = tmp_path / "server"
    with running_admin_server(folder, released_models, NET_DATA_DIR=data_folder) as server:
        yield server


@pytest.fixture
def worker(admin_server: AdminServer) -> Iterator[None]:
    with running_job_worker(admin_server):
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("worker")
def test_corrections_make_the_next_model_without_a_command_line(
    admin_server: AdminServer, open_admin_page: OpenPage
) -> None:
    page = open_admin_page("/")
    correct(page, SEVEN, "7")
    correct(page, ONE, "1")
    let_arrive_in_different_hours(admin_server, held_out="1")

    page.goto("/admin/corrections")
    page.locator("#choose-all").click()
    page.get_by_role("button", name="Accept the chosen").click()
    expect(page.locator(".card", has_text="held out of training")).to_have_count(1)

    page.goto("/admin/training/new?recipe=dense-512&preset=try")
    page.get_by_label("validation_images", exact=True).fill("50")
    page.get_by_label("and the 1 accepted correction").check()
    page.get_by_label("Their share of each epoch").select_option("0.25")
    page.set_viewport_size(PHONE)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Start training").click()
    expect(page.locator("#state .badge")).to_have_text("finished", timeout=PATIENCE)
    expect(page.locator("#log")).to_contain_text("added: 0 images and 1 drawings")
    run = page.get_by_role("link", name="-dense-512").inner_text()

    page.goto(f"/admin/runs/{run}")
    figure = page.get_by_role("row", name="Corrections, held out")
    reload_until(page, lambda: "of 1" in figure.inner_text())

    page.goto(f"/admin/releases/runs/{run}")
    page.locator("#ask-gates").click()
    expect(page.locator(".gates")).to_contain_text("too few held-out corrections", timeout=PATIENCE)
    page.locator("#force-reason").fill("to see it answer")
    page.locator("#force").click()
    release = page.locator("#release")
    expect(release).to_contain_text("This run is served now.", timeout=PATIENCE)
    expect(release).to_contain_text("of the 2 accepted corrections right", timeout=PATIENCE)
    expect(release).to_contain_text("held out of training, this run reads")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    page.goto("/admin/releases")
    expect(page.locator("#workers")).to_contain_text("Every worker serves the current run.")
    page.goto("/")
    draw_with_mouse(page, SEVEN)
    expect(page.locator("#answer [data-part=model]")).to_have_text(f"Answered by {run}")


def correct(page: Page, strokes: list[Stroke], label: str) -> None:
    draw_with_mouse(page, strokes)
    settled_answer(page)
    page.get_by_role("button", name="Wrong? Tell what it was").click()
    page.get_by_role("group", name="What it was").get_by_role("button", name=label).click()
    expect(page.locator("#correction")).to_contain_text(f"The drawing is kept as {label}.")
    page.locator("#clear").click()


def let_arrive_in_different_hours(server: AdminServer, held_out: str) -> None:
    """As if the two had come on another day: one in an hour that is held out, one in another."""
    with closing(sqlite3.connect(server.instance / "net.sqlite3", timeout=30)) as database:
        database.execute("UPDATE corrections SET is_held_out = (given_label = ?)", [held_out])
        database.commit()


def reload_until(page: Page, is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while not is_so():
        assert time.monotonic() < end, page.content()
        page.wait_for_timeout(500)
        page.reload()
