"""Mouse, finger and pen: draw strokes on the pad with real input events.

A stroke is a list of points, (x, y) in shares of the pad's side: (0, 0) is its upper left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from playwright.sync_api import CDPSession, Page

Point = tuple[float, float]
Stroke = Sequence[Point]
Pen = Callable[[Page, Sequence[Stroke]], None]

# Few points: the browser makes a frame for each.
SEVEN: list[Stroke] = [[(0.3, 0.2), (0.7, 0.2), (0.57, 0.5), (0.43, 0.8)]]
ONE: list[Stroke] = [[(0.5, 0.15), (0.5, 0.5), (0.5, 0.85)]]
ZERO: list[Stroke] = [
    [
        (0.5, 0.2), (0.38, 0.26), (0.31, 0.4), (0.3, 0.55), (0.35, 0.72), (0.48, 0.8),
        (0.62, 0.75), (0.69, 0.6), (0.7, 0.45), (0.65, 0.28), (0.53, 0.2),
    ]
]  # fmt: skip


def draw_with_mouse(page: Page, strokes: Sequence[Stroke]) -> None:
    for stroke in strokes:
        first, *others = on_screen(page, stroke)
        page.mouse.move(*first)
        page.mouse.down()
        for point in others:
            page.mouse.move(*point)
        page.mouse.up()


def draw_with_finger(page: Page, strokes: Sequence[Stroke]) -> None:
    session = devtools(page)
    for stroke in strokes:
        first, *others = on_screen(page, stroke)
        touch(session, "touchStart", [first])
        for point in others:
            touch(session, "touchMove", [point])
        touch(session, "touchEnd", [])


def draw_with_pen(page: Page, strokes: Sequence[Stroke]) -> None:
    session = devtools(page)
    for stroke in strokes:
        first, *others = on_screen(page, stroke)
        pen(session, "mousePressed", first)
        for index, point in enumerate(others):
            pen(session, "mouseMoved", point, force=0.3 + 0.5 * index / len(others))
        pen(session, "mouseReleased", (others or [first])[-1])


def devtools(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def touch(
    session: CDPSession,
    kind: str,
    points: Sequence[Point],
    radius: float = 12,
    at: float | None = None,
) -> None:
    """Send a touch; the index of a point is the finger's; ``at``: seconds since 1970, or now."""
    fingers = [
        {"x": x, "y": y, "id": finger, "radiusX": radius, "radiusY": radius}
        for finger, (x, y) in enumerate(points)
    ]
    moment = {} if at is None else {"timestamp": at}
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers, **moment})


def pen(session: CDPSession, kind: str, point: Point, force: float = 0.5) -> None:
    session.send(
        "Input.dispatchMouseEvent",
        {
            "type": kind,
            "x": point[0],
            "y": point[1],
            "button": "left",
            "buttons": 0 if kind == "mouseReleased" else 1,
            "clickCount": 1,
            "pointerType": "pen",
            "force": force,
        },
    )


def on_screen(page: Page, stroke: Stroke) -> list[Point]:
    """Turn shares of the pad into CSS pixels of the window."""
    box = page.locator("#pad").bounding_box()
    assert box is not None
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
