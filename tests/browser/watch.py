"""What pages complain about, and what they fetch from elsewhere."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Page, Request

_REPORT_BREACHES = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
"""


class Watch:
    """Collects the complaints of a test's pages."""

    def __init__(self, server: str) -> None:
        self._server = server
        # What Playwright says for itself where a test wants no service worker.
        self._expected = ["Service Worker registration blocked by Playwright"]
        self._complaints: list[str] = []

    def follow(self, page: Page) -> None:
        """Listen to `page` from now on."""
        page.add_init_script(_REPORT_BREACHES)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._complaints.append(f"uncaught: {error}"))
        page.on("request", self._on_request)

    def expect(self, text: str) -> None:
        """Let complaints pass that contain `text`."""
        self._expected.append(text)

    def complaints(self) -> list[str]:
        """What was complained about and not expected."""
        return [one for one in self._complaints if not any(text in one for text in self._expected)]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._complaints.append(f"{message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self._server}/", "data:", "blob:")):
            self._complaints.append(f"request to another host: {request.url}")
