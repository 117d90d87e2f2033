"""Killing the web server changes nothing for the jobs it has taken on."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.gunicorn_server import GunicornServer
from tests.webapp.form_browser import FormBrowser
from tests.webapp.jobs import noting_worker
from tests.webapp.jobs.workshop import PASSWORD, TINY, Workshop

pytestmark = [pytest.mark.slow, pytest.mark.gunicorn]


def test_a_job_outlives_the_web_server_that_took_it(workshop: Workshop, tmp_path: Path) -> None:
    workshop.add_operator()
    server = GunicornServer(tmp_path, NET_WORKERS=1, **workshop.settings)
    server.wait_until(server.is_up)
    browser = FormBrowser(server)
    browser.send("/sign-in", name="operator", password=PASSWORD)
    browser.send("/admin/training", "/admin/training/new", recipe="dense-512", **TINY)

    _kill_with_its_children(server.process)
    workshop.start_worker(noting_worker.__file__)
    workshop.wait_until(lambda: workshop.book.count(["queued", "running"]) == 0)

    (job,) = workshop.book.list()
    assert browser.location.endswith(f"/jobs/{job.id}")
    assert (job.kind, job.state, job.submitted_by) == ("train", "finished", "operator")


def _kill_with_its_children(process: subprocess.Popen[bytes]) -> None:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for pid in (process.pid, *map(int, children)):
        os.kill(pid, signal.SIGKILL)
    process.wait()
