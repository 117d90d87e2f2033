"""What a person can see and do on the drawing page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect


def settled_answer(page: Page) -> str:
    """Wait for the answer to what is drawn now, and return its large text."""
    page.wait_for_selector("#answer:not([data-pending]):not([data-verdict=blank])")
    return page.locator(".verdict-text").inner_text()


def expect_blank(page: Page) -> None:
    expect(page.locator("#answer")).to_have_attribute("data-verdict", "blank")
    expect(page.locator(".verdict-text")).to_have_text("")


def until(page: Page, is_so: Callable[[], object]) -> None:
    """Wait for what ``expect`` has no words for; the page's events arrive meanwhile."""
    for _ in range(300):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come to be within 15 seconds")


def drawn_strokes(page: Page) -> list[dict[str, list[float]]]:
    """What the page would send: the strokes of "Copy as JSON"; it copies no empty sheet."""
    expect(page.locator("#pad")).to_have_attribute("aria-label", re.compile("."))
    if page.locator("#clear").get_attribute("aria-disabled") == "true":
        return []
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#copy").click()
    expect(page.locator("#status")).to_contain_text("JSON")
    document = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert document["mode"] == "auto"
    strokes: list[dict[str, list[float]]] = document["strokes"]
    return strokes


def style(locator: Locator, name: str, pseudo: str | None = None) -> str:
    """How the browser shows an element: ``style(bar, "backgroundColor", "::before")``."""
    value: str = locator.evaluate(
        "(one, [name, pseudo]) => getComputedStyle(one, pseudo)[name]", [name, pseudo]
    )
    return value
