"""Barriers for people who see, read or point in another way: axe's rules, and pages too wide."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
# Colours that are on their way have no honest contrast; a theme begins with the next frame.
_FINISH = """async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  for (const one of document.getAnimations()) {
    if (Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
  }
}"""


def barriers(page: Page) -> list[str]:
    """What axe finds, a line each: every rule in the light, those of colour in the dark as well.

    A page that has to be scrolled sideways is a barrier too (WCAG 2.2, 1.4.10).
    """
    found = _violations(page, Axe(), {"type": "tag", "values": TAGS})
    page.emulate_media(color_scheme="dark")
    loaded = Axe("'its script is in the page'")
    found += _violations(page, loaded, {"type": "rule", "values": RULES_OF_COLOUR})
    page.emulate_media(color_scheme="light")
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if width > window:
        found.append(f"{page.url} is {width} wide in a window of {window}")
    return found


def _violations(page: Page, axe: Axe, rules: dict[str, Any]) -> list[str]:
    page.evaluate(_FINISH)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    violations = axe.run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for violation in violations
        for node in violation["nodes"]
    ]
