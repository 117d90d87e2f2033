"""WebKitGTK's MiniBrowser, driven by its own driver through Selenium, on a screen of Xvfb."""

from __future__ import annotations

import json
import os
import subprocess
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

DRIVER = "/usr/bin/WebKitWebDriver"
BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
WINDOW = (1000, 1000)


class WebKit:
    """One tab of a MiniBrowser, with the methods that every engine of these tests has."""

    name = "webkit"

    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self._driver = driver
        driver.set_script_timeout(30)
        driver.set_window_size(*WINDOW)

    def goto(self, address: str) -> None:
        self._driver.get(address)

    def reload(self) -> None:
        self._driver.refresh()

    def evaluate(self, expression: str) -> Any:
        """Return what a JavaScript expression comes to; anything that JSON can hold."""
        text = self._driver.execute_script(f"return JSON.stringify({expression}) ?? 'null'")
        return json.loads(text)

    def draw(self, points: Sequence[tuple[float, float]]) -> None:
        """Draw one stroke with the mouse, in CSS pixels of the window."""
        builder = ActionBuilder(self._driver, duration=10)
        mouse = builder.pointer_action
        first, *others = [(round(x), round(y)) for x, y in points]
        mouse.move_to_location(*first)
        mouse.pointer_down()
        for point in others:
            mouse.move_to_location(*point)
        mouse.pointer_up()
        builder.perform()

    def click(self, point: tuple[float, float]) -> None:
        builder = ActionBuilder(self._driver, duration=10)
        builder.pointer_action.move_to_location(*[round(at) for at in point]).click()
        builder.perform()

    def press(self, keys: Sequence[str]) -> None:
        """Press keys, one after the other, as the WebDriver standard writes them."""
        for key in keys:
            ActionChains(self._driver).send_keys(key).perform()

    def choose_file(self, selector: str, path: Path) -> None:
        self._driver.find_element(By.CSS_SELECTOR, selector).send_keys(str(path))

    def close(self) -> None:
        self._driver.quit()


@contextmanager
def running_webkit(folder: Path) -> Iterator[WebKit]:
    """Start a MiniBrowser whose home is `folder`, and end it."""
    with _screen() as display:
        home = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        environment = {
            **os.environ,
            **home,
            "DISPLAY": display,
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # root has no user namespaces here
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        options = Options()
        options.binary_location = BROWSER
        options.add_argument("--automation")
        service = Service(executable_path=DRIVER, env=environment)
        with warnings.catch_warnings():
            # Selenium's own way of starting this driver is deprecated by Selenium.
            warnings.simplefilter("ignore", DeprecationWarning)
            webkit = WebKit(webdriver.WebKitGTK(options=options, service=service))
        try:
            yield webkit
        finally:
            webkit.close()


@contextmanager
def _screen() -> Iterator[str]:
    """A screen that nobody sees; Xvfb writes the number of one that is free."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1100x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            yield f":{numbers.readline().strip()}"
    finally:
        process.terminate()
        process.wait(timeout=10)
