"""What a person does on the drawing page, in any engine."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from tests.browser.pens import Stroke

PATIENCE = 30  # seconds; a busy machine starts a browser's first answer late


class Engine(Protocol):
    """What `bidi.Firefox` and `webkit.WebKit` can do."""

    name: str

    def goto(self, address: str) -> None: ...
    def reload(self) -> None: ...
    def evaluate(self, expression: str) -> Any: ...
    def draw(self, points: Sequence[tuple[float, float]]) -> None: ...
    def click(self, point: tuple[float, float]) -> None: ...
    def press(self, keys: Sequence[str]) -> None: ...
    def choose_file(self, selector: str, path: Path) -> None: ...


class DrawingPage:
    """The drawing page in one engine; `open` begins anew, with nothing remembered."""

    def __init__(self, engine: Engine, address: str) -> None:
        self.engine = engine
        self._address = address

    def open(self) -> None:
        self.engine.goto(f"{self._address}/about")
        self.engine.evaluate("localStorage.clear() ?? null")
        self.engine.goto(f"{self._address}/")
        self.wait("document.querySelector('#undo').getAttribute('aria-disabled') === 'true'")

    def draw(self, strokes: Sequence[Stroke]) -> None:
        """Draw strokes whose points are shares of the sheet's side."""
        self.evaluate("scrollTo(0, 0) ?? null")
        left, top, side = self.evaluate(
            "(({x, y, width}) => [x, y, width])("
            "document.querySelector('#pad').getBoundingClientRect())"
        )
        for stroke in strokes:
            self.engine.draw([(left + x * side, top + y * side) for x, y in stroke])

    def click(self, selector: str) -> None:
        found = f"document.querySelector({json.dumps(selector)})"
        self.evaluate(f"{found}.scrollIntoView({{block: 'center'}}) ?? null")
        x, y = self.evaluate(
            "(({x, y, width, height}) => [x + width / 2, y + height / 2])"
            f"({found}.getBoundingClientRect())"
        )
        self.engine.click((x, y))

    def answer(self) -> str:
        """Wait for the answer to what is seen now, and return its large text."""
        self.wait("document.querySelector('#answer:not([data-pending]):not([data-verdict=blank])')")
        return self.text(".verdict-text")

    def text(self, selector: str) -> str:
        text: str = self.evaluate(f"document.querySelector({json.dumps(selector)}).textContent")
        return text.strip()

    def wait_until_kept(self, strokes: int) -> None:
        """Wait until the page's own memory holds so many strokes."""
        self.wait(f"JSON.parse(localStorage['net.drawing'] ?? null)?.strokes.length === {strokes}")

    def wait(self, condition: str) -> None:
        """Wait until a JavaScript expression is true."""
        deadline = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({condition})"):
            assert time.monotonic() < deadline, f"never in {self.engine.name}: {condition}"
            time.sleep(0.05)

    def evaluate(self, expression: str) -> Any:
        return self.engine.evaluate(expression)
