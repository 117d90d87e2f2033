"""The page without a network: it opens and draws, says that it cannot answer, and answers later."""

from __future__ import annotations

import json
import re
import threading
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.admin_server import sign_in
from tests.browser.drawing_page import settled_answer, until
from tests.browser.pens import SEVEN, draw_with_mouse
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]
KEPT = """async () => {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map(({url}) => new URL(url).pathname);
}"""


_VERSION = re.compile(rb"(?<=v-)[0-9a-f]{12}(?=/)|(?<=\"version\": \")[0-9a-f]{12}")


def kept_page(open_page: Callable[..., Page], path: str = "/", **options: object) -> Page:
    """Open the drawing page and wait until the browser keeps it."""
    page = open_page(path, service_workers="allow", **options)
    if path != "/":
        page.goto("/")
    _until_kept(page)
    return page


def _until_kept(page: Page) -> None:
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    state = "async () => (await navigator.serviceWorker.ready).active?.state"
    until(page, lambda: page.evaluate(state) == "activated")


def test_without_a_network_the_page_opens_draws_and_answers_when_there_is_one(
    open_page: OpenPage, watch: Watch
) -> None:
    watch.expect("Failed to load resource")
    watch.expect("net::ERR")
    page = kept_page(open_page)

    page.context.set_offline(True)
    page.goto("/?from=home-screen")
    draw_with_mouse(page, SEVEN)
    expect(page.locator("#status")).to_contain_text("No connection. Your drawing is kept")
    expect(page.locator(".verdict-text")).to_have_text("")
    page.context.set_offline(False)

    assert settled_answer(page) == "7"


def test_a_browser_that_cannot_read_what_it_keeps_takes_the_page_from_the_network(
    open_page: OpenPage,
) -> None:
    page = kept_page(open_page)
    page.reload()  # by the worker from here on
    (worker,) = page.context.service_workers
    worker.evaluate(
        """const fail = async () => { throw new DOMException("", "UnknownError"); };
        Object.assign(CacheStorage.prototype, {open: fail, match: fail});"""
    )

    page.reload()
    draw_with_mouse(page, SEVEN)

    assert settled_answer(page) == "7"


def test_only_the_drawing_page_and_its_files_are_kept(open_page: OpenPage) -> None:
    page = kept_page(open_page)
    page.reload()
    draw_with_mouse(page, SEVEN)
    settled_answer(page)
    for path in ("/about", "/api/v1/models/current", "/admin", "/"):
        page.goto(path)

    kept = page.evaluate(KEPT)

    assert sorted(kept)[0] == "/"
    assert len(kept) == 6
    assert all(path == "/" or path.startswith("/static/v-") for path in kept)


def test_who_has_signed_out_sees_nothing_of_admin_without_a_network(
    open_admin_page: OpenPage, admin_watch: Watch
) -> None:
    admin_watch.expect("net::ERR")
    admin_watch.expect("Failed to load resource")
    page = kept_page(open_admin_page, name=None)
    sign_in(page.context)  # as other tests are not, who would be signed out as well
    page.goto("/admin/account")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.context.set_offline(True)

    for path in ("/admin", "/admin/runs", "/admin/users"):
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            page.goto(path)


def test_a_new_version_shows_at_the_next_load_and_replaces_the_old_one(
    server: str, chromium: Browser
) -> None:
    with Relay(server) as relay:
        context = chromium.new_context(base_url=relay.address)
        page = context.new_page()
        page.goto("/")
        _until_kept(page)
        (before,) = page.evaluate("caches.keys()")

        relay.version = "0123456789ab"
        page.reload()
        shown = page.locator("script[type=module]").evaluate("(script) => script.src")
        until(page, lambda: page.evaluate("caches.keys()") == ["net-0123456789ab"])
        relay.is_up = False
        page.reload()

        expect(page.locator("#pad")).to_be_visible()
        kept = page.locator("script[type=module]").evaluate("(script) => script.src")
        context.close()

    assert before != "net-0123456789ab"
    assert "v-0123456789ab" in shown
    assert kept == shown


class Relay(ThreadingHTTPServer):
    """A stand-in for our server on another port: it can be of another version, or away."""

    def __init__(self, server: str) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.server = server
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.version: str | None = None
        self.is_up = True
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Passing(BaseHTTPRequestHandler):
    server: Relay

    def do_GET(self) -> None:
        if not self.server.is_up:
            self.send_error(502)
            return
        with urllib.request.urlopen(self.server.server + self.path, timeout=30) as answer:
            content, kind = answer.read(), answer.headers["Content-Type"]
        if self.server.version is not None:
            content = _VERSION.sub(self.server.version.encode(), content)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_the_page_is_kept_in_the_language_that_was_chosen_last(open_page: OpenPage) -> None:
    page = kept_page(open_page)
    page.reload()
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    kept = "async () => (await caches.match('/', {ignoreVary: true})).text()"
    until(page, lambda: 'lang="vi"' in page.evaluate(kept))

    page.context.set_offline(True)
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("Hãy vẽ một con số.")
    page.context.set_offline(False)


def test_the_page_can_be_installed(open_page: OpenPage) -> None:
    page = open_page()
    address = page.locator("link[rel=manifest]").evaluate("(link) => link.href")

    answer = page.request.get(address)
    manifest = json.loads(answer.text())

    assert answer.headers["content-type"].startswith("application/manifest+json")
    assert (manifest["start_url"], manifest["display"]) == ("/", "standalone")
    for icon in manifest["icons"]:
        image = page.request.get(f"{address.rsplit('/', 1)[0]}/{icon['src']}")
        assert image.ok
        assert image.headers["content-type"].startswith(icon["type"])
    errors = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    assert [one["errorId"] for one in errors["installabilityErrors"]] in ([], ["in-incognito"])
