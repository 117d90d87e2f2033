"""Browser contexts that tests of the same settings share, one after the other.

A context of its own costs every test a quarter of a second of the processor: its process starts,
and scripts and styles are fetched and compiled anew.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

PATIENCE = 15_000  # milliseconds for what a busy machine does late
DESK = {"width": 1080, "height": 800}  # wide enough for every layout; each pixel costs time
_MEDIA = {"color_scheme", "forced_colors", "reduced_motion"}
_MOST = 4  # contexts that are kept, each with a process
# A page that is closed would still write down what it has to write.
_KEEP_NOTHING_MORE = "Storage.prototype.setItem = () => {}"


class SharedContext:
    """A context that forgets between two tests, with a page that keeps its process alive."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._keeper = context.new_page()
        self._keeper.goto("/livez")

    def forget(self) -> None:
        """Close the pages of a test, and forget what they kept and were allowed."""
        for page in self.context.pages:
            if page is not self._keeper:
                with suppress(Error):  # it is at no address, or has crashed
                    page.evaluate(_KEEP_NOTHING_MORE)
                page.close()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self._keeper.evaluate("localStorage.clear()")


class Contexts:
    """The contexts of one test: those that it shares with others, and its own."""

    def __init__(self, browser: Browser, shared: dict[str, SharedContext]) -> None:
        self._browser = browser
        self._shared = shared  # those of the last tests, the latest at the end
        self._used: list[str] = []
        self._own: list[BrowserContext] = []

    def open_page(self, *, alone: bool = False, **options: Any) -> Page:
        """A page at a desk in England of somebody who wants no motion, but for the options.

        Motion costs half of the processor's time; tests of it ask for it.

        Args:
            alone: in a context of its own, which finds nothing loaded and may be changed.
            options: as Playwright names those of a context and those of ``emulate_media``.
        """
        settings = {"locale": "en-GB", **options}
        viewport = settings.pop("viewport", DESK)
        media = {name: settings.pop(name) for name in list(settings) if name in _MEDIA}
        # A service worker would hide requests from a test that stands in for the server.
        settings.setdefault("service_workers", "block")
        context = self.open(not alone and settings["service_workers"] == "block", **settings)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.set_viewport_size(viewport)
        page.emulate_media(**{"reduced_motion": "reduce", **media})
        return page

    def open(self, is_shared: bool = True, **settings: Any) -> BrowserContext:
        """A context with these settings in which nothing is remembered."""
        name = repr(sorted(settings.items()))
        if not is_shared or name in self._used:
            self._own.append(self._browser.new_context(**settings))
            return self._own[-1]
        known = self._shared.pop(name, None)
        one = known or SharedContext(self._browser.new_context(**settings))
        self._shared[name] = one
        self._used.append(name)
        return one.context

    def close(self) -> None:
        """Leave nothing behind for the next test."""
        for context in self._own:
            context.close()
        for name in self._used:
            self._shared[name].forget()
        for name in list(self._shared)[:-_MOST]:
            self._shared.pop(name).context.close()
