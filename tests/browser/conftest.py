"""A real Chromium, a real gunicorn with the released model, and pages that are watched.

Whatever a page complains about (console errors, uncaught errors, breaches of the content security
policy) or fetches from another host fails the test at its end, unless the test expects it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.admin_server import AdminServer, running_admin_server, sign_in
from tests.browser.contexts import PATIENCE, Contexts, SharedContext
from tests.browser.watch import Watch

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FLAGS += ["--renderer-process-limit=1", "--in-process-gpu"]  # half the processes
CHROMIUMS = ["chromium-headless-shell", "chromium", "google-chrome"]

_PLOTLY = re.compile(r"/admin/plotly-[\d.]+\.js$")
_NO_CHARTS = "globalThis.Plotly = {register() {}, react() {}};"

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = _chromium_path()
    if path is None:
        pytest.skip("no Chromium: set NET_CHROMIUM to its path or install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def admin_server(
    released_models: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AdminServer]:
    """The app under gunicorn, as operators run it; what a test changes, the next one sees."""
    folder = tmp_path_factory.mktemp("admin")
    with running_admin_server(folder, released_models) as server:
        yield server


@pytest.fixture(scope="session")
def server(admin_server: AdminServer) -> str:
    """The address of the app."""
    return admin_server.address


@pytest.fixture
def watch(server: str) -> Iterator[Watch]:
    """Fails the test at its end when a page has complained about what was not expected."""
    watch = Watch(server)
    yield watch
    assert watch.complaints() == []


@pytest.fixture(scope="session")
def shared_contexts(chromium: Browser) -> dict[str, SharedContext]:
    """Those that the last tests have left, for the next ones."""
    return {}


@pytest.fixture
def open_page(
    server: str, watch: Watch, chromium: Browser, shared_contexts: dict[str, SharedContext]
) -> Iterator[Callable[..., Page]]:
    """Opens pages: ``open_page("/about", locale="vi-VN")``; further names are the context's.

    A page that is alone (``alone=True``) finds nothing that the browser has loaded for an earlier
    test, and may change what is its context's: the clock, the network.
    """
    contexts = Contexts(chromium, shared_contexts)

    def open_(path: str = "/", **options: Any) -> Page:
        page = contexts.open_page(base_url=server, **options)
        watch.follow(page)
        page.goto(path)
        return page

    yield open_
    contexts.close()


@pytest.fixture
def admin_watch(admin_server: AdminServer) -> Iterator[Watch]:
    """Fails the test at its end when an admin page has complained about something unexpected."""
    watch = Watch(admin_server.address)
    yield watch
    assert watch.complaints() == []


@pytest.fixture(scope="session")
def admin_states(chromium: Browser) -> Callable[[str, str], Any]:
    """The cookies of somebody who has signed in: ``admin_states(address, "viewer")``."""
    states: dict[tuple[str, str], Any] = {}

    def state(address: str, name: str) -> Any:
        if (address, name) not in states:
            context = chromium.new_context(base_url=address)
            sign_in(context, name)
            states[address, name] = context.storage_state()
            context.close()
        return states[address, name]

    return state


@pytest.fixture
def open_admin_page(
    admin_server: AdminServer,
    admin_watch: Watch,
    admin_states: Callable[[str, str], Any],
    chromium: Browser,
    shared_contexts: dict[str, SharedContext],
) -> Iterator[Callable[..., Page]]:
    """Opens pages for somebody signed in: ``open_admin_page("/admin", name="viewer")``.

    Further names are those of ``open_page``; ``name=None`` is nobody. Where charts are not what is
    tested (``has_charts=False``), Plotly need not be compiled: a second of the processor's time.
    """
    contexts = Contexts(chromium, shared_contexts)

    def open_(
        path: str = "/admin",
        name: str | None = "operator",
        has_charts: bool = True,
        **options: Any,
    ) -> Page:
        page = contexts.open_page(base_url=admin_server.address, **options)
        if name:
            page.context.add_cookies(admin_states(admin_server.address, name)["cookies"])
        admin_watch.follow(page)
        if not has_charts:
            page.route(_PLOTLY, lambda route: route.fulfill(body=_NO_CHARTS))
        page.goto(path)
        return page

    yield open_
    contexts.close()


def _chromium_path() -> str | None:
    """The headless shell comes first: the same engine for half of the processor's time."""
    candidates = [os.environ.get("NET_CHROMIUM"), *map(shutil.which, CHROMIUMS)]
    return next((path for path in candidates if path and Path(path).is_file()), None)
