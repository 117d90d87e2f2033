"""A real Firefox and a real WebKit, each started once, on the server of the browser tests."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.engines.bidi import running_firefox
from tests.browser.engines.drawing_page import DrawingPage, Engine
from tests.browser.engines.webkit import BROWSER, DRIVER, running_webkit

FIREFOXES = ("firefox-esr", "firefox")


@pytest.fixture(scope="session", params=["firefox", "webkit"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "firefox":
        program = next(filter(None, map(shutil.which, FIREFOXES)), None)
        if program is None:
            pytest.skip("no Firefox: install the package firefox-esr")
        with running_firefox(program, folder, _free_port()) as firefox:
            yield firefox
    else:
        if not all(Path(path).exists() for path in (DRIVER, BROWSER)) or not shutil.which("Xvfb"):
            pytest.skip("no WebKit: install the packages webkit2gtk-driver and xvfb")
        with running_webkit(folder) as webkit:
            yield webkit


@pytest.fixture
def page(engine: Engine, server: str) -> DrawingPage:
    page = DrawingPage(engine, server)
    page.open()
    return page


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
