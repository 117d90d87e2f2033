"""What a run's page offers next, and that it follows what happens without being loaded anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin_server import AdminServer
from tests.webapp.admin.runs.made_runs import make_run
from trainer.runs.state import held

OpenPage = Callable[..., Page]
AT_THE_END = {"network": "model", "epoch": 2, "epochs": 2, "step": 7, "steps": 7, "loss": 0.25,
              "seconds_left": 5.0, "last_epoch": None}  # fmt: skip


@pytest.fixture
def trained(admin_server: AdminServer) -> Path:
    """A run that is finished and not served."""
    return make_run(admin_server.models).folder


def test_a_finished_run_leads_to_its_checks_a_comparison_and_another_training(
    open_admin_page: OpenPage, admin_server: AdminServer, trained: Path
) -> None:
    served = (admin_server.models / "current").read_text().strip()
    page = open_admin_page(f"/admin/runs/{trained.name}", java_script_enabled=False)

    page.get_by_role("link", name="Check and put into service…").click()
    expect(page.get_by_role("button", name="Run the checks")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Compare with the served run").click()
    expect(page.locator("main")).to_contain_text(served)
    page.go_back()
    page.get_by_role("link", name="Train again with these settings").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("New training")
    expect(page.get_by_label("learning_rate", exact=True)).to_have_value("0.005")


def test_a_viewer_may_compare_and_is_offered_nothing_else(
    open_admin_page: OpenPage, trained: Path
) -> None:
    page = open_admin_page(f"/admin/runs/{trained.name}", name="viewer", java_script_enabled=False)

    expect(page.locator(".run-actions a")).to_have_text(["Compare with the served run"])


def test_while_it_is_measured_a_run_says_so(
    open_admin_page: OpenPage, admin_server: AdminServer
) -> None:
    run = make_run(admin_server.models, status="running", progress=AT_THE_END)
    with held(run.folder):
        page = open_admin_page(f"/admin/runs/{run.folder.name}", locale="vi-VN", has_charts=False)

        expect(page.locator("#live-way")).to_have_text("Trực tiếp")
        expect(page.locator("#live-words")).to_contain_text("đang xuất và đo kết quả")
        expect(page.locator("#live-words")).not_to_contain_text("5 s")
        assert page.locator("#live-bar").get_attribute("value") is None


def test_a_page_follows_a_run_that_is_queued_and_cancelled_elsewhere(
    open_admin_page: OpenPage, admin_server: AdminServer
) -> None:
    run = make_run(admin_server.models, status="failed").folder
    (run / "checkpoint.npz").write_bytes(b"")
    watched = open_admin_page(f"/admin/runs/{run.name}", has_charts=False)
    expect(watched.get_by_role("button", name="Cancel")).to_have_count(0)

    elsewhere = open_admin_page(f"/admin/runs/{run.name}", java_script_enabled=False)
    elsewhere.get_by_role("button", name="Continue training").click()
    expect(watched.get_by_role("button", name="Cancel")).to_be_visible(timeout=30_000)
    watched.get_by_role("button", name="Cancel").press("Enter")

    watched.goto(f"/admin/runs/{run.name}")
    expect(watched.get_by_role("button", name="Cancel")).to_have_count(0)


def test_roll_back_is_not_offered_to_a_run_that_is_not_there(
    open_admin_page: OpenPage, admin_server: AdminServer
) -> None:
    gone = '{"action": "activate", "run": "20200101T000000Z-gone", "at": "2020-01-01T00:00:00Z",'
    history = admin_server.models / "activations.jsonl"
    before = history.read_text() if history.exists() else ""
    history.write_text(f'{gone} "by": "an", "gates": [], "before": null}}\n{before}')

    page = open_admin_page("/admin/releases")

    expect(page.locator("#way-back")).not_to_contain_text("20200101T000000Z-gone")
    history.write_text(before)
