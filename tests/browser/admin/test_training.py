"""An operator trains from the page: the form, the log as it grows, a stop, and going on."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin_server import AdminServer
from tests.browser.barriers import barriers
from tests.browser.watch import Watch
from tests.trainer.conftest import data_folder  # noqa: F401  # small data sets, drawn once
from tests.webapp.jobs.workshop import ROOT

PATIENCE_MS = 120_000  # for what takes seconds on an idle machine
OpenPage = Callable[..., Page]
SETTINGS = {"epochs": "900", "batch_size": "32", "validation_images": "50", "units": "16"}


@pytest.fixture
def worker(admin_server: AdminServer, data_folder: Path) -> Iterator[None]:  # noqa: F811
    """A real worker beside the server."""
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.jobs.worker"],
        cwd=ROOT,
        env={**admin_server.environment, "NET_DATA_DIR": str(data_folder)},
    )
    yield
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=PATIENCE_MS / 1000)


@pytest.mark.slow
@pytest.mark.usefixtures("worker")
def test_a_training_is_begun_followed_and_stopped(open_admin_page: OpenPage) -> None:
    page = open_admin_page("/admin/training")
    page.get_by_role("link", name="New training").click()
    page.get_by_role("link", name="dense-512").click()
    for name, value in SETTINGS.items():
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_role("button", name="Start training").click()
    log = page.get_by_role("region", name="What the job has printed")

    expect(page.get_by_role("heading", name="Train dense-512")).to_be_visible()
    expect(log).to_contain_text("model: epoch 2: loss", timeout=PATIENCE_MS)
    expect(page.get_by_text("Main network: epoch")).to_be_visible(timeout=PATIENCE_MS)

    page.get_by_role("button", name="Stop: job").click()
    expect(page.get_by_role("button", name="End at once")).to_be_visible()
    expect(page.locator("#state .badge")).to_have_text("stopped", timeout=PATIENCE_MS)
    expect(page.get_by_text("It was stopped from a page.")).to_be_visible()
    expect(page.get_by_role("button", name="Continue training")).to_be_visible()

    page.reload()
    expect(log).to_contain_text("model: epoch 1: loss")


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
    page.wait_for_timeout(2_000)  # the page is renewed meanwhile
    expect(button).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text("It was cancelled before it began.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["", "/new?recipe=strokes"])
def test_the_pages_have_no_barrier(open_admin_page: OpenPage, path: str, width: int) -> None:
    page = open_admin_page(f"/admin/training{path}", viewport={"width": width, "height": 800})

    assert barriers(page) == []
