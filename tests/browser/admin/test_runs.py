"""The pages of runs in a real browser: the table, one run and its samples, several compared."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Locator, Page, expect

from tests.browser.admin_server import AdminServer
from tests.browser.barriers import barriers
from tests.webapp.admin.runs.made_runs import make_run, metrics
from webapp.admin.plotly import installed_version

OpenPage = Callable[..., Page]
DRAWN = 30_000  # milliseconds for the first chart of a page, on a machine that is busy
PLOTLY = f"/admin/plotly-{installed_version()}.js"


@pytest.fixture(scope="module")
def runs(admin_server: AdminServer) -> list[str]:
    """Names of two runs that are measured in detail."""
    first = make_run(admin_server.models, recipe="conv-100")
    second = make_run(admin_server.models, recipe="conv-100", epochs=6, metrics=metrics(0.999))
    return [first.folder.name, second.folder.name]


def test_the_pages_of_runs_have_no_barrier(open_admin_page: OpenPage, runs: list[str]) -> None:
    look = {"locale": "vi-VN", "viewport": {"width": 390, "height": 844}}
    page = open_admin_page("/admin/runs", **look)
    found = barriers(page)
    for path in (runs[0], f"compare?run={runs[0]}&run={runs[1]}"):
        page.goto(f"/admin/runs/{path}")
        expect(page.locator(".chart-plot .main-svg").first).to_be_visible(timeout=DRAWN)
        found += barriers(page)

    assert found == []


def test_a_phone_shows_state_and_accuracy_first_and_that_there_is_more(
    open_admin_page: OpenPage, runs: list[str]
) -> None:
    page = open_admin_page("/admin/runs", viewport={"width": 390, "height": 844})
    row = page.get_by_role("row").filter(has_text=runs[1])
    table = page.get_by_role("region", name="Runs")

    seen = [row.locator(".badge").first.bounding_box(), row.get_by_text("%").first.bounding_box()]
    with_more = _right_edge(table)
    table.evaluate("table => table.scrollTo(table.scrollWidth, 0)")
    at_the_end = _right_edge(table)

    assert all(box and box["x"] + box["width"] <= 390 for box in seen)
    assert with_more < at_the_end  # darker: the shadow of what is still to come


def _right_edge(table: Locator) -> float:
    """The mean brightness of the table's last pixels, 0 to 255."""
    picture = Image.open(io.BytesIO(table.screenshot())).convert("L")
    edge = picture.crop((picture.width - 4, 0, picture.width, picture.height))
    return float(ImageStat.Stat(edge).mean[0])


def test_runs_are_chosen_and_compared_with_the_keyboard_alone(
    open_admin_page: OpenPage, runs: list[str]
) -> None:
    page = open_admin_page("/admin/runs?recipe=conv-100")

    for name in runs:
        page.get_by_label(f"Compare {name}", exact=True).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Compare the chosen runs").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Compare runs")).to_be_visible()
    lines = page.locator("#chart-val_accuracy .scatterlayer .trace")
    expect(lines).to_have_count(2, timeout=DRAWN)
    page.get_by_role("group", name="Lines to show").first.get_by_label(
        runs[0], exact=True
    ).uncheck()
    expect(lines).to_have_count(1)


def test_a_chart_follows_the_theme_is_saved_zoomed_scaled_smoothed_and_read_as_a_table(
    open_admin_page: OpenPage, runs: list[str], tmp_path: Path
) -> None:
    page = open_admin_page("/about", color_scheme="light")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/admin/runs")
    assert not any(PLOTLY in address for address in asked)
    page.goto(f"/admin/runs/{runs[0]}")
    figure = page.locator("#chart-loss")
    line = figure.locator(".scatterlayer .trace .js-line").first
    expect(line).to_be_visible(timeout=DRAWN)
    assert sum(PLOTLY in address for address in asked) == 1

    light = line.evaluate("element => element.style.stroke")
    page.locator("#theme-switch").click()
    expect(line).not_to_have_css("stroke", light)

    with page.expect_download(timeout=DRAWN) as arriving:
        figure.get_by_role("button", name="Save as PNG").press("Enter")
    arriving.value.save_as(tmp_path / "chart.png")
    assert arriving.value.suggested_filename == f"{runs[0]}-Loss.png"
    with Image.open(tmp_path / "chart.png") as picture:
        assert picture.size == (1920, 1080)
        assert len(picture.convert("RGB").getcolors(1 << 22) or ()) > 10  # something is drawn
    with page.expect_download(timeout=DRAWN) as arriving:
        figure.get_by_role("button", name="Save as CSV").press("Enter")
    arriving.value.save_as(tmp_path / "chart.csv")
    assert arriving.value.suggested_filename == f"{runs[0]}-Loss.csv"
    lines = (tmp_path / "chart.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Epoch,")
    assert lines[1].startswith("1,")

    shapes = [line.get_attribute("d")]
    for press in (
        lambda: figure.get_by_role("slider").press("End"),
        lambda: figure.get_by_role("button", name="Log scale").press("Enter"),
        lambda: figure.get_by_role("button", name="Zoom in").press("Enter"),
    ):
        press()
        expect(line).not_to_have_attribute("d", shapes[-1] or "")
        shapes.append(line.get_attribute("d"))
    figure.get_by_role("button", name="Show all").press("Enter")
    assert len(set(shapes)) == 4
    expect(figure.get_by_role("button", name="Log scale")).to_have_attribute("aria-pressed", "true")
    expect(line).not_to_have_attribute("d", shapes[-1] or "")

    figure.get_by_role("button", name="Table").click()
    expect(figure.locator("tbody tr")).to_have_count(3)
    expect(figure.locator("tbody tr").first).to_have_text("10.91")
    expect(figure.locator(".chart-plot")).to_be_hidden()


def test_the_way_to_where_two_runs_disagree_has_no_barrier_and_fits_a_phone(
    open_admin_page: OpenPage, runs: list[str]
) -> None:
    page = open_admin_page(
        f"/admin/runs/compare?run={runs[0]}&run={runs[1]}",
        viewport={"width": 390, "height": 844},
        color_scheme="dark",
    )

    page.get_by_role("link", name=f"Samples where {runs[1]} and {runs[0]} disagree").press("Enter")
    expect(page.get_by_text("Nothing matches.")).to_be_visible()
    page.get_by_label("Only where this run answers otherwise").select_option("")
    page.get_by_label("Digit").select_option("4")
    page.get_by_role("button", name="Show", exact=True).press("Enter")

    expect(page.locator(".sample").first).to_have_class("sample wrong")
    expect(page.locator(".sample")).to_have_count(5)
    assert "label=4" in page.url
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_the_chart_script_the_table_is_shown(
    open_admin_page: OpenPage, runs: list[str], admin_watch: object
) -> None:
    admin_watch.expect("ERR_FAILED")  # type: ignore[attr-defined]
    page = open_admin_page("/about")
    page.route(f"**{PLOTLY}", lambda route: route.abort())

    page.goto(f"/admin/runs/{runs[0]}")

    expect(page.locator("#chart-loss .chart-trouble")).to_contain_text(
        "cannot be drawn", timeout=DRAWN
    )
    expect(page.locator("#chart-loss tbody tr")).to_have_count(3)


def test_a_cell_of_the_confusion_matrix_shows_its_samples(
    open_admin_page: OpenPage, runs: list[str]
) -> None:
    page = open_admin_page(f"/admin/runs/{runs[0]}", has_charts=False)
    page.evaluate("window.isSame = true")

    page.get_by_role("link", name="4 answered 9: 2").press("Enter")
    expect(page.locator("#samples")).to_contain_text("Digit 4, answered 9")
    expect(page.locator("#samples .sample.wrong")).to_have_count(2)
    page.get_by_role("link", name="Back to samples chosen by chance").press("Enter")
    expect(page.locator("#samples .sample.right")).to_have_count(15)
    page.get_by_role("link", name="Other samples").press("Enter")

    expect(page.locator("#samples")).to_contain_text("16 to 30 of 32")
    expect(page.get_by_role("link", name="Other samples")).to_be_focused()
    assert page.evaluate("window.isSame")


def test_everything_but_the_drawing_of_curves_works_without_javascript(
    open_admin_page: OpenPage, runs: list[str]
) -> None:
    page = open_admin_page("/admin/runs?sort=-mnist", java_script_enabled=False)

    page.get_by_role("link", name=runs[0], exact=True).click()
    page.get_by_role("link", name="4 answered 9: 2").click()

    expect(page.locator("#samples .sample.wrong")).to_have_count(2)
    expect(page.locator("#log-rows tr")).to_have_count(3)


def test_a_file_arrives_as_its_checksum_says(
    open_admin_page: OpenPage, admin_server: AdminServer, tmp_path: Path
) -> None:
    name = (admin_server.models / "current").read_text().strip()
    page = open_admin_page(f"/admin/runs/{name}", name="viewer", java_script_enabled=False)

    with page.expect_download() as arriving:
        page.get_by_role("link", name="model.onnx", exact=True).click()
    arriving.value.save_as(tmp_path / "model.onnx")

    content = (tmp_path / "model.onnx").read_bytes()
    original = (admin_server.models / name / "model.onnx").read_bytes()
    assert arriving.value.suggested_filename == f"{name}-model.onnx"
    assert hashlib.sha256(content).digest() == hashlib.sha256(original).digest()


def test_a_run_is_removed_after_a_second_question(
    open_admin_page: OpenPage, admin_server: AdminServer
) -> None:
    run = make_run(admin_server.models, recipe="dense-512")
    page = open_admin_page(f"/admin/runs/{run.folder.name}", has_charts=False)

    page.get_by_text("Remove…").press("Enter")
    page.get_by_role("button", name=f"Remove {run.folder.name} for good").press("Enter")

    expect(page.get_by_text(f"{run.folder.name} was removed.")).to_be_visible()
    assert not run.folder.exists()
