"""The little of WebDriver BiDi that Firefox needs to be driven: a session, a tab, input, scripts.

Firefox speaks it at ``--remote-debugging-port`` by itself, so no geckodriver stands between.
https://www.w3.org/TR/webdriver-bidi/
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

WINDOW = (1000, 900)


class Firefox:
    """One tab of a Firefox, with the methods that every engine of these tests has."""

    name = "firefox"

    def __init__(self, port: int) -> None:
        self._socket = _connected(port)
        self._id = 0
        self._ask("session.new", capabilities={})
        tree = self._ask("browsingContext.getTree")
        self._tab = tree["contexts"][0]["context"]
        self._ask(
            "browsingContext.setViewport",
            context=self._tab,
            viewport={"width": WINDOW[0], "height": WINDOW[1]},
        )

    def goto(self, address: str) -> None:
        self._ask("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def reload(self) -> None:
        self._ask("browsingContext.reload", context=self._tab, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """Return what a JavaScript expression comes to; anything that JSON can hold."""
        answer = self._ask(
            "script.evaluate",
            expression=f"JSON.stringify({expression}) ?? 'null'",
            target={"context": self._tab},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def draw(self, points: Sequence[tuple[float, float]]) -> None:
        """Draw one stroke with the mouse, in CSS pixels of the window."""
        moves = [_move(point) for point in points]
        self._perform([moves[0], {"type": "pointerDown", "button": 0}, *moves[1:], _UP])

    def click(self, point: tuple[float, float]) -> None:
        self._perform([_move(point), {"type": "pointerDown", "button": 0}, _UP])

    def press(self, keys: Sequence[str]) -> None:
        """Press keys, one after the other, as the WebDriver standard writes them."""
        steps = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": steps}
        self._ask("input.performActions", context=self._tab, actions=[source])

    def choose_file(self, selector: str, path: Path) -> None:
        found = self._ask(
            "browsingContext.locateNodes",
            context=self._tab,
            locator={"type": "css", "value": selector},
        )
        element = {"sharedId": found["nodes"][0]["sharedId"]}
        self._ask("input.setFiles", context=self._tab, element=element, files=[str(path)])

    def close(self) -> None:
        self._ask("session.end")
        self._socket.close()

    def _perform(self, steps: list[dict[str, Any]]) -> None:
        pointer = {
            "type": "pointer",
            "id": "mouse",
            "parameters": {"pointerType": "mouse"},
            "actions": steps,
        }
        self._ask("input.performActions", context=self._tab, actions=[pointer])

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._id += 1
        command = {"id": self._id, "method": method, "params": parameters}
        self._socket.send(json.dumps(command))
        while True:
            answer: dict[str, Any] = json.loads(self._socket.recv())
            if answer.get("id") == self._id:
                assert answer["type"] == "success", answer
                result: dict[str, Any] = answer["result"]
                return result


@contextmanager
def running_firefox(program: str, folder: Path, port: int) -> Iterator[Firefox]:
    """Start a Firefox with an empty profile in `folder`, and end it."""
    arguments = ["--headless", "--no-remote", "--profile", str(folder)]
    settings = [f"user_pref({json.dumps(name)}, {json.dumps(one)});" for name, one in _SETTINGS]
    (folder / "user.js").write_text("\n".join(settings))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, *arguments, "--remote-debugging-port", str(port), "about:blank"],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "MOZ_REMOTE_SETTINGS_DEVTOOLS": "1"},
        )
        try:
            firefox = Firefox(port)
            yield firefox
            firefox.close()
        finally:
            process.terminate()
            process.wait(timeout=30)


_SETTINGS = [
    ("browser.aboutwelcome.enabled", False),  # its first pages would fetch from elsewhere
    ("datareporting.policy.dataSubmissionEnabled", False),
    ("app.normandy.enabled", False),
    ("intl.accept_languages", "en-GB, en"),
    ("dom.ipc.processPrelaunch.enabled", False),  # one process for pages is enough
    ("fission.autostart", False),
    ("dom.ipc.processCount", 1),
    ("ui.prefersReducedMotion", 1),
]
_UP = {"type": "pointerUp", "button": 0}


def _move(point: tuple[float, float]) -> dict[str, Any]:
    return {"type": "pointerMove", "x": round(point[0]), "y": round(point[1]), "duration": 10}


def _connected(port: int) -> websocket.WebSocket:
    deadline = time.monotonic() + 60
    while True:
        try:
            return websocket.create_connection(
                f"ws://127.0.0.1:{port}/session", timeout=60, suppress_origin=True
            )
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
