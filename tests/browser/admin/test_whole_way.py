"""The whole way by the pages alone, on PostgreSQL and Redis.

Correct, review, train, watch, stop, release, draw, roll back.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from tests.browser.admin_server import AdminServer, running_admin_server, running_job_worker
from tests.browser.barriers import barriers
from tests.browser.drawing_page import settled_answer
from tests.browser.pens import ONE, SEVEN, Stroke, draw_with_mouse
from tests.postgresql_server import PostgresqlServer
from tests.redis_server import RedisServer
from tests.trainer.conftest import data_folder  # noqa: F401  # small data sets, drawn once
from webapp.configuration import read_configuration
from webapp.corrections.tables import Correction
from webapp.storage.database import Database

PATIENCE = 180_000  # ms, for what takes seconds on an idle machine
SETTINGS = {"epochs": "900", "batch_size": "32", "validation_images": "50", "units": "16"}
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
OpenPage = Callable[..., Page]


@pytest.fixture
def admin_server(
    released_models: Path,
    tmp_path: Path,
    data_folder: Path,  # noqa: F811
    postgresql_server: PostgresqlServer,
    redis_server: RedisServer,
) -> Iterator[AdminServer]:
    with running_admin_server(
        tmp_path / "server",
        released_models,
        NET_DATABASE_URL=postgresql_server.new_database(),
        NET_LIMITS_URL=redis_server.url,
        NET_DATA_DIR=data_folder,
    ) as server:
        yield server


@pytest.fixture
def worker(admin_server: AdminServer) -> Iterator[None]:
    with running_job_worker(admin_server):
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("worker")
def test_corrections_make_a_model_that_is_watched_stopped_released_and_rolled_back(
    admin_server: AdminServer, open_admin_page: OpenPage
) -> None:
    before = (admin_server.models / "current").read_text().strip()
    page = open_admin_page("/", has_charts=False)  # they grow in test_live_run
    correct(page, SEVEN, "7")
    correct(page, ONE, "1")
    let_arrive_in_different_hours(admin_server, held_out="1")
    page.goto("/admin/corrections")
    page.locator("#choose-all").click()
    page.get_by_role("button", name="Accept the chosen").click()
    expect(page.locator(".card", has_text="held out of training")).to_have_count(1)

    begin_training(page)
    state = page.locator("#state .badge")
    log = page.get_by_role("region", name="What the job has printed")
    expect(page.get_by_role("heading", name="Train dense-512")).to_be_visible()
    expect(log).to_contain_text("added: 0 images and 1 drawings", timeout=PATIENCE)
    expect(log).to_contain_text("model: epoch 2: loss", timeout=PATIENCE)
    expect(page.get_by_text("Main network: epoch")).to_be_visible(timeout=PATIENCE)
    job = page.url
    run = page.get_by_role("link", name="-dense-512").inner_text()

    page.goto(f"/admin/runs/{run}")
    expect(page.locator("#live-way")).to_have_text("Live", timeout=PATIENCE)
    epochs = page.locator("#log-rows tr")
    expect(epochs.nth(epochs.count())).to_be_attached(timeout=PATIENCE)

    page.goto(job)
    page.get_by_role("button", name="Stop: job").click()
    expect(page.get_by_role("button", name="End at once")).to_be_visible()
    expect(state).to_have_text("stopped", timeout=PATIENCE)
    expect(page.get_by_text("It was stopped from a page.")).to_be_visible()
    expect(page.get_by_role("button", name="Continue training")).to_be_visible()
    page.reload()
    expect(log).to_contain_text("model: epoch 1: loss")
    wait_for_measured_corrections(page, run)
    page.goto(f"/admin/runs/{run}")
    expect(page.get_by_role("row", name="Corrections, held out")).to_contain_text("of 1")

    release_in_spite_of_gates(page, run)
    page.get_by_role("navigation").get_by_role("link", name="Releases").click()
    expect(page.locator("#served .run-name")).to_have_text(run)
    expect(page.locator("#served")).to_contain_text("by operator: the demo is tonight")
    expect_answers_from(page, run)

    page.goto("/admin/releases")
    page.locator("#roll-back").click()
    page.locator("#back-reason").fill("it was a trial")
    page.locator("#roll-back-now").click()
    expect(page.locator("#served .run-name")).to_have_text(before)
    expect(page.locator(".flashes")).to_contain_text(f"{before} is served again.")
    expect_answers_from(page, before)


def correct(page: Page, strokes: list[Stroke], label: str) -> None:
    draw_with_mouse(page, strokes)
    settled_answer(page)
    page.get_by_role("button", name="Wrong? Tell what it was").click()
    page.get_by_role("group", name="What it was").get_by_role("button", name=label).click()
    expect(page.locator("#correction")).to_contain_text(f"The drawing is kept as {label}.")
    page.locator("#clear").click()


def let_arrive_in_different_hours(server: AdminServer, held_out: str) -> None:
    """As if the two had come on another day: one in an hour that is held out, one in another."""
    database = Database(read_configuration(server.environment).database_address)
    with database.session() as session:
        session.execute(update(Correction).values(is_held_out=Correction.given_label == held_out))
    database.close()


def begin_training(page: Page) -> None:
    page.goto("/admin/training")
    page.get_by_role("link", name="New training").click()
    page.get_by_role("link", name="dense-512").click()
    page.locator("#presets a").first.click()
    for name, value in SETTINGS.items():
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_label("and the 1 accepted correction").check()
    page.get_by_label("Their share of each epoch").select_option("0.25")
    page.set_viewport_size(PHONE)
    assert barriers(page, "#corrections") == []
    page.get_by_role("button", name="Start training").click()
    page.set_viewport_size(DESK)


def release_in_spite_of_gates(page: Page, run: str) -> None:
    page.goto(f"/admin/releases/runs/{run}")
    page.locator("#ask-gates").click()
    gates = page.locator(".gates tbody tr")
    expect(gates).to_have_count(10, timeout=PATIENCE)
    expect(gates.filter(has_text="not passed").first).to_be_visible()
    expect(page.locator(".gates")).to_contain_text("too few held-out corrections")
    parity = gates.filter(has_text=re.compile(r"\bparity\b"))
    expect(parity).to_contain_text("No probability differs by more than")
    page.locator("#force-reason").fill("the demo is tonight")
    page.locator("#force").click()
    release = page.locator("#release")
    expect(release).to_contain_text("This run is served now.", timeout=PATIENCE)
    expect(release).to_contain_text("of the 2 accepted corrections right", timeout=PATIENCE)
    expect(release).to_contain_text("held out of training, this run reads")
    page.set_viewport_size(PHONE)
    assert barriers(page, "#release") == []
    page.set_viewport_size(DESK)


def wait_for_measured_corrections(page: Page, run: str) -> None:
    """Ask for the page until it has them; to draw its charts each time costs seconds."""
    end = time.monotonic() + PATIENCE / 1000
    measured = re.compile(r"Corrections, held out.{1,600}?of 1\b", re.DOTALL)
    while not measured.search(page.request.get(f"/admin/runs/{run}").text()):
        assert time.monotonic() < end
        page.wait_for_timeout(500)


def expect_answers_from(page: Page, run: str) -> None:
    page.goto("/admin/releases")
    expect(page.locator("#workers")).to_contain_text("Every worker serves the current run.")
    page.goto("/")
    draw_with_mouse(page, SEVEN)
    expect(page.locator("#answer [data-part=model]")).to_have_text(f"Answered by {run}")
