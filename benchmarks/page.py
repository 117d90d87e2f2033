"""How fast the drawing page is in a real Chromium: ``python -m benchmarks.page``.

Draws real drawings on the pad of a real gunicorn, digit after digit, and measures in the page from
the end of the last stroke to the moment at which its answer has been painted; and weighs the page:
what is transferred and how many requests there are when nothing is cached.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Error, Page, sync_playwright

from benchmarks.serving.contestants import PATH, ours
from benchmarks.serving.drawings import Question, as_bodies, load_questions
from benchmarks.serving.load import LoadError
from benchmarks.serving.server import answers, running
from trainer.data.location import data_folder
from trainer.errors import TrainerError
from trainer.figures.environment import describe_environment

TARGET_MILLISECONDS = 100.0  # which 95 of 100 answers shall not exceed
MOST_POINTS = 25  # of a stroke: more would only make the mouse slower
BETWEEN_STROKES_SECONDS = 0.15  # about as long as a hand takes to the next stroke
_MARGIN = 0.2  # of the pad, around a drawing
_CHROMIUMS = ("chromium", "google-chrome", "chromium-headless-shell")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

# The answer is there when it is no longer marked as that of an earlier drawing, and painted when
# the task after the next frame begins.
_WATCH = """() => {
  const answer = document.querySelector("#answer");
  const painted = () => new Promise((done) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now());
      port2.postMessage(null);
    }));
  window.measured = null;
  let penUp = null;
  window.addEventListener("pointerup", () => { penUp = performance.now(); }, true);
  new MutationObserver(async () => {
    if (penUp === null || answer.hasAttribute("data-pending")) return;
    if (answer.dataset.verdict === "blank") return;
    const from = penUp;
    penUp = null;
    window.measured = (await painted()) - from;
  }).observe(answer, { attributes: true, subtree: true, childList: true, characterData: true });
}"""
_WEIGH = """() => [...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource")].map(
    (entry) => ({ name: entry.name, bytes: entry.transferSize, content: entry.decodedBodySize }))"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    options = _parser().parse_args(arguments)
    try:
        questions = load_questions(data_folder(options.data_dir), options.drawings)
        server = ours((), options.workers)
        is_ready = answers(PATH, as_bodies(questions[:1])[0], questions[0].digit)
        with (
            running((), server.environment, is_ready) as gunicorn,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
            _report(browser, f"http://127.0.0.1:{gunicorn.port}/", questions)
            browser.close()
    except (LoadError, TrainerError, OSError, Error) as error:
        print(f"page: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.page", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("--drawings", type=int, default=100, help="to draw; default: 100")
    parser.add_argument("--workers", type=int, default=2, help="default: 2")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where the data sets lie")
    return parser


def _chromium() -> str | None:
    """``NET_CHROMIUM``, else the system's; None for Playwright's own."""
    return os.environ.get("NET_CHROMIUM") or next(filter(None, map(shutil.which, _CHROMIUMS)), None)


def _report(browser: Browser, address: str, questions: Sequence[Question]) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(address, wait_until="networkidle")
    files = page.evaluate(_WEIGH)
    page.evaluate(_WATCH)
    times = [_time(page, question) for question in questions]
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    for key, value in describe_environment().items():
        print(f"- {key}: {value}")
    print(f"- browser: Chromium {browser.version}, {len(times)} drawings\n")
    print("| pen up to answer painted | ms |\n| :-- | --: |")
    for name, value in (("50 of 100", p50), ("95 of 100", p95), ("99 of 100", p99)):
        print(f"| {name} | {value:.1f} |")
    is_reached = "yes" if p95 < TARGET_MILLISECONDS else "NO"
    print(f"\n95 of 100 within {TARGET_MILLISECONDS:g} ms: {is_reached}\n")
    sent, content = (sum(one[key] for one in files) / 1000 for key in ("bytes", "content"))
    print("| page, nothing cached |  |\n| :-- | --: |")
    print(f"| requests | {len(files)} |\n| transferred, kB | {sent:.0f} |")
    print(f"| unpacked, kB | {content:.0f} |")


def _time(page: Page, question: Question) -> float:
    """Draw on an empty pad; milliseconds from pen up to the answer painted."""
    page.keyboard.press("c")
    page.wait_for_selector("#answer[data-verdict=blank]")
    for number, stroke in enumerate(_placed(question, _pad(page))):
        if number:
            time.sleep(BETWEEN_STROKES_SECONDS)
        page.evaluate("() => { window.measured = null; }")
        page.mouse.move(*stroke[0])
        page.mouse.down()
        for point in stroke[1:]:
            page.mouse.move(*point)
        page.mouse.up()
    page.wait_for_function("() => window.measured !== null")
    return float(page.evaluate("() => window.measured"))


def _pad(page: Page) -> dict[str, float]:
    box: Any = page.locator("#pad").bounding_box()
    if box is None:
        raise LoadError("the page shows no pad")
    return dict(box)


def _placed(question: Question, pad: dict[str, float]) -> list[list[tuple[float, float]]]:
    """The strokes on the screen, in the middle of the pad, thinned out."""
    strokes = [np.transpose([stroke["x"], stroke["y"]]) for stroke in question.drawing["strokes"]]
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    side = min(pad["width"], pad["height"])
    scale = side * (1 - 2 * _MARGIN) / max(float(extent.max()), 1e-9)
    corner = np.array([pad["x"], pad["y"]]) + side / 2 - extent * scale / 2
    return [
        [tuple(point) for point in (corner + (_thinned(one) - low) * scale).tolist()]
        for one in strokes
    ]


def _thinned(stroke: np.ndarray) -> np.ndarray:
    places = np.linspace(0, len(stroke) - 1, min(len(stroke), MOST_POINTS)).round().astype(int)
    return np.asarray(stroke[places])


if __name__ == "__main__":
    sys.exit(main())
