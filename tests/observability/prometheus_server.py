"""A real Prometheus on loopback that asks one server for its numbers, for tests."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import urlopen

PATIENCE_SECONDS = 60


class PrometheusServer:
    """Starts with the object, and forgets everything at its end."""

    def __init__(self, folder: Path, target: str) -> None:
        configuration = {
            "global": {"scrape_interval": "1s"},
            "scrape_configs": [{"job_name": "net", "static_configs": [{"targets": [target]}]}],
        }
        (folder / "prometheus.yml").write_text(json.dumps(configuration))  # JSON is YAML
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._address = f"127.0.0.1:{probe.getsockname()[1]}"
        self._process = subprocess.Popen(
            [
                "prometheus",
                f"--config.file={folder}/prometheus.yml",
                f"--storage.tsdb.path={folder}/data",
                f"--web.listen-address={self._address}",
                "--log.level=error",
            ],
            stderr=subprocess.DEVNULL,
        )

    def ask(self, query: str) -> list[dict[str, Any]]:
        """The series that a query gives; a query that is wrong raises AssertionError."""
        address = f"http://{self._address}/api/v1/query?{urlencode({'query': query})}"
        try:
            with urlopen(address, timeout=PATIENCE_SECONDS) as answer:
                found: list[dict[str, Any]] = json.load(answer)["data"]["result"]
        except HTTPError as error:
            if error.code == HTTPStatus.SERVICE_UNAVAILABLE:  # it is still starting
                raise ConnectionRefusedError from error
            raise AssertionError(f"{query}: {error.read().decode()}") from error
        return found

    def wait_for(self, query: str) -> None:
        """Wait until a query gives something."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            assert self._process.poll() is None, "Prometheus has ended"
            try:
                if self.ask(query):
                    return
            except (URLError, ConnectionRefusedError):  # it is not up yet
                pass
            time.sleep(0.1)
        raise AssertionError(f"nothing for {query}")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=PATIENCE_SECONDS)


def is_installed() -> bool:
    """Whether there is a Prometheus to start, with its promtool."""
    return bool(shutil.which("prometheus") and shutil.which("promtool"))
