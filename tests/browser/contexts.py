"""Browser contexts that tests of the same settings share, one after the other.

A context of its own costs every test a quarter of a second of the processor: its process starts,
and scripts and styles are fetched and compiled anew.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error

PATIENCE = 15_000  # milliseconds for what a busy machine does late
_MOST = 3  # contexts that are kept, each with a process
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

    def open_usual(self, *, alone: bool = False, **options: Any) -> BrowserContext:
        """A context of a desk in England, but for the options, which Playwright names."""
        settings = {"locale": "en-GB", "viewport": {"width": 1280, "height": 800}, **options}
        # A service worker would hide requests from a test that stands in for the server.
        settings.setdefault("service_workers", "block")
        context = self.open(not alone and settings["service_workers"] == "block", **settings)
        context.set_default_timeout(PATIENCE)
        return context

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
