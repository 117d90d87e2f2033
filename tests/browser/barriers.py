"""Barriers for people who see, read or point in another way: axe's rules, and pages too wide."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
# Thousands of elements: the lines and labels of charts, which are one image to a screen reader and
# whose colours axe does not know; the rows of a table that look as its first five; and what the API
# has behind its first three addresses and schemas.
_LIKE_OTHERS = [
    [".main-svg"],
    ["tbody tr:nth-child(n+6)"],
    [".operation ~ .operation ~ .operation ~ .operation"],
    ["[id^=schema-] ~ [id^=schema-] ~ [id^=schema-] ~ [id^=schema-]"],
]
# Colours that are on their way have no honest contrast; a theme begins with the next frame.
_FINISH = """async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  for (const one of document.getAnimations()) {
    if (Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
  }
}"""


def barriers(page: Page, within: str | None = None) -> list[str]:
    """What axe finds, a line each: every rule in the light, those of colour in the dark as well.

    A page that has to be scrolled sideways is a barrier too (WCAG 2.2, 1.4.10).

    Args:
        page: is seen in the light at the end.
        within: a selector, where the page around it is looked at by another test.
    """
    include = {"include": [[within]]} if within else {}
    found = _violations(page, include, {"type": "tag", "values": TAGS})
    page.emulate_media(color_scheme="dark")
    found += _violations(page, include, {"type": "rule", "values": RULES_OF_COLOUR})
    page.emulate_media(color_scheme="light")
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if width > window:
        found.append(f"{page.url} is {width} wide in a window of {window}")
    return found


def _violations(page: Page, include: dict[str, Any], rules: dict[str, Any]) -> list[str]:
    page.evaluate(_FINISH)
    if not page.evaluate("'axe' in window"):  # half a megabyte, which the page parses
        page.evaluate(Axe().axe_script)
    violations = page.evaluate(
        "([where, options]) => axe.run(where, options).then((one) => one.violations)",
        [
            {**include, "exclude": _LIKE_OTHERS},
            {"runOnly": rules, "resultTypes": ["violations"]},
        ],
    )
    return [
        f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for violation in violations
        for node in violation["nodes"]
    ]
