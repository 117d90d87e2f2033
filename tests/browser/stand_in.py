"""Stand in for a server that is slow, in trouble, or newer than ours."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from playwright.sync_api import Error, Page, Route

PREDICTIONS = "**/api/v1/predictions"
PICTURES = "**/api/v1/predictions/image"


def answer_with(page: Page, answer: dict[str, Any]) -> None:
    page.route(PREDICTIONS, lambda route: route.fulfill(json=answer))


def hold_answers(page: Page) -> list[Route]:
    """Let no request through; return those that are held, a list that grows."""
    held: list[Route] = []
    page.route(PREDICTIONS, lambda route: held.append(route))
    return held


def release(routes: list[Route], answer: dict[str, Any]) -> None:
    for route in routes:
        with contextlib.suppress(Error):  # the page may have given the request up
            route.fulfill(json=answer)


def fail_with(page: Page, status: int, detail: str, **headers: str) -> None:
    problem = json.dumps({"status": status, "title": "Trouble", "detail": detail})
    page.route(
        PREDICTIONS,
        lambda route: route.fulfill(
            status=status, body=problem, content_type="application/problem+json", headers=headers
        ),
    )


def answer_of(text: str, verdict: str = "digit", **changes: Any) -> dict[str, Any]:
    """An answer as the server might give it, for tests that stand in for a slow or new server."""
    probabilities = [0.01] * 10
    probabilities[int(text[0]) if text else 3] = 0.91
    picture = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    digits = [
        {
            "digit": int(one),
            "confidence": changes.get("confidence", 0.91),
            "doubtful": False,
            "probabilities": probabilities,
            "strokes": [0],
            "box": {"x": 0, "y": 0, "width": 1, "height": 1},
            "image": picture,
        }
        for one in (text or "3")
    ]
    model = {"run": "20260101T000000Z-ink", "recipe": "ink"}
    answer = {"id": "1", "verdict": verdict, "text": text, "confidence": 0.91}
    return {**answer, "digits": digits, "left_out": [], "model": model, **changes}
