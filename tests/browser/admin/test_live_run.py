"""A training watched in a real browser: its curve grows, survives a reload, and is stopped."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.admin_server import ROOT, AdminServer
from tests.browser.watch import Watch
from tests.webapp.admin.runs.made_runs import make_run

OpenPage = Callable[..., Page]


@pytest.fixture
def training(admin_server: AdminServer) -> Iterator[str]:
    """The name of a run that another process trains until it is stopped."""
    command = [sys.executable, "-m", "tests.browser.admin.slow_training", str(admin_server.models)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.terminate()


def wait_for_more(page: Page, epochs: int) -> int:
    """Wait until the curve has more points than that; how many it has."""
    points = page.locator("#chart-loss .scatterlayer .trace").first.locator(".point")
    expect(points.nth(epochs)).to_be_attached(timeout=30_000)
    return points.count()


def test_a_curve_grows_survives_a_reload_and_is_stopped_from_its_page(
    open_admin_page: OpenPage, training: str
) -> None:
    page = open_admin_page(f"/admin/runs/{training}")

    expect(page.locator("#live-way")).to_have_text("Live")
    first = wait_for_more(page, 1)
    scale = page.locator("#chart-loss").get_by_role("button", name="Log scale")
    scale.press("Enter")
    more = wait_for_more(page, first + 1)
    expect(scale).to_have_attribute("aria-pressed", "true")
    page.reload()
    again = wait_for_more(page, more - 1)

    assert again >= more > first
    expect(page.locator("#live-words")).to_have_text(
        re.compile(r"Main network: epoch \d+ of 200, batch 3 of 9; loss so far 0.25; about .+ left")
    )

    page.get_by_role("button", name="Stop training").press("Enter")

    expect(page.locator("#status")).to_have_text("stopped", timeout=30_000)
    expect(page.get_by_role("heading", name="Figures")).to_be_visible()


def test_after_a_stream_ends_the_next_one_goes_on_behind_its_last_epoch(
    open_admin_page: OpenPage, training: str
) -> None:
    page = open_admin_page(f"/admin/runs/{training}")
    wait_for_more(page, 0)
    news = json.dumps({"epochs": [], "count": 1, "is_anew": False})
    body = f"retry: 50\n\nid: 1\nevent: epochs\ndata: {news}\n\n"
    page.route(
        "**/events?*",
        lambda route: route.fulfill(body=body, content_type="text/event-stream"),
        times=1,
    )
    page.route(f"**/runs/{training}", _without_epochs)

    page.goto(f"/admin/runs/{training}")
    wait_for_more(page, 2)
    page.locator("#chart-loss").get_by_role("button", name="Table").click()

    expect(page.locator("#chart-loss tbody th").first).to_have_text("2")
    page.unroute_all(behavior="ignoreErrors")  # it loads anew when the training is over


def _without_epochs(route: Route) -> None:
    """The page as it was before the first epoch was over."""
    answer = route.fetch()
    page = re.sub(r'(id="epochs">).*?(</script>)', r"\1[]\2", answer.text())
    route.fulfill(response=answer, body=page)


def test_where_streams_are_refused_the_page_asks_again_and_says_when_nobody_answers(
    open_admin_page: OpenPage, admin_watch: Watch, training: str
) -> None:
    admin_watch.expect("503")
    admin_watch.expect("ERR_INTERNET_DISCONNECTED")
    page = open_admin_page("/about", alone=True)
    page.route("**/events?*", lambda route: route.fulfill(status=503))
    page.goto(f"/admin/runs/{training}")

    expect(page.locator("#live-way")).to_have_text("Asking every few seconds")
    first = wait_for_more(page, 0)
    seen = wait_for_more(page, first)
    assert seen > first

    page.context.set_offline(True)
    expect(page.locator("#live-way")).to_have_text("No connection; trying again.", timeout=20_000)
    page.context.set_offline(False)

    assert wait_for_more(page, seen) > seen
    page.unroute_all(behavior="ignoreErrors")


def test_a_look_at_another_tab_while_the_server_answers_makes_nothing_be_asked_twice(
    open_admin_page: OpenPage,
) -> None:
    page = open_admin_page("/about")

    told = page.evaluate(
        """async () => {
          const { RunFeed } = await import("/static/js/admin/run-feed.js");
          const answers = [], epochs = [];
          globalThis.fetch = (address, { signal } = {}) => new Promise((resolve, reject) => {
            const news = { epochs: [{ epoch: 1 }], count: 1, is_anew: false, status: "running" };
            answers.push(() => resolve(new Response(JSON.stringify(news))));
            signal?.addEventListener("abort", () => reject(signal.reason));
          });
          const feed = new RunFeed({ progress: "/progress" }, 0);
          feed.addEventListener("epochs", ({ detail }) => epochs.push(...detail.epochs));
          document.dispatchEvent(new Event("visibilitychange"));
          for (const answer of answers.reverse()) {
            const isTaken = new Promise((resolve) => feed.addEventListener("progress", resolve));
            answer();
            await Promise.race([isTaken, new Promise((resolve) => setTimeout(resolve, 200))]);
          }
          return { asked: answers.length, told: epochs.length };
        }"""
    )

    assert told == {"asked": 2, "told": 1}


def test_a_page_that_could_not_be_renewed_is_renewed_at_the_next_look(
    open_admin_page: OpenPage,
) -> None:
    page = open_admin_page("/about")

    tried = page.evaluate(
        """async () => {
          const { watchVersion } = await import("/static/js/admin/version-watch.js");
          globalThis.fetch = async () => new Response(JSON.stringify({ version: "2" }));
          const look = () => document.dispatchEvent(new Event("visibilitychange"));
          let tried = 0;
          await new Promise((resolve) => {
            watchVersion({ state: "/state", version: "1" }, async () => {
              setTimeout(tried++ ? resolve : look);
              if (tried === 1) throw new Error("the server is away");
            });
            look();
          });
          return tried;
        }"""
    )

    assert tried == 2


def test_a_page_is_not_loaded_anew_under_the_pen(
    open_admin_page: OpenPage, admin_server: AdminServer
) -> None:
    run = make_run(admin_server.models).folder.name
    page = open_admin_page(f"/admin/runs/{run}", alone=True)
    page.route("**/state.json", lambda route: route.fulfill(json={"version": "another"}))
    page.get_by_text("Name and note…").click()
    note = page.get_by_label("Note")
    note.fill("read by 10A")

    for _ in range(2):  # the second look comes when the first one is over
        with page.expect_response("**/state.json"):
            page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
    expect(note).to_have_value("read by 10A")
    note.fill("")
    with page.expect_navigation():
        page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')

    page.unroute_all(behavior="ignoreErrors")


def test_the_focus_stays_on_what_it_was_on_though_the_part_around_is_made_anew(
    open_admin_page: OpenPage,
) -> None:
    page = open_admin_page("/about")

    focused = page.evaluate(
        """async () => {
          const { renewParts } = await import("/static/js/admin/fresh-parts.js");
          const made = (share) => `<div id="queue" data-renewed><p>${share} %</p>
            <details><summary>2 workers</summary></details>
            <button>Stop</button><button>Stop</button>
            <div tabindex="0" role="region" aria-label="Jobs">${share}</div></div>`;
          document.querySelector("main").innerHTML = made(0);
          const focused = [];
          for (const [at, selector] of ["summary", "[role=region]", "button"].entries()) {
            globalThis.fetch = async () => new Response(made(at + 1));
            document.querySelector(`#queue ${selector}`).focus();
            await renewParts();
            focused.push(document.activeElement.localName);
          }
          return focused;
        }"""
    )

    assert focused == ["summary", "div", "body"]  # of two buttons that are called alike, neither
