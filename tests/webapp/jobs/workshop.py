"""Jobs with real workers: processes that are started, killed and waited for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from recognizer.runs.folder import read_details
from tests.webapp.jobs import noting_worker
from webapp.accounts.passwords import hash_password
from webapp.accounts.users import add_user
from webapp.configuration import Configuration, read_configuration
from webapp.jobs.book import make_book
from webapp.jobs.tables import Job
from webapp.storage.database import Database

PASSWORD = "an operator's pen"
ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 120  # for what takes seconds on an idle machine
LEASE_SECONDS = 2

TINY = {"epochs": 2, "batch_size": 32, "validation_images": 50, "units": 16}
ENDLESS = {**TINY, "epochs": 1000}


class Workshop:
    """A place of jobs with its book, and the workers that were started in it."""

    def __init__(self, folder: Path, data: Path, **settings: object) -> None:
        self.folder = folder
        self.settings = {
            "NET_INSTANCE_DIR": str(folder / "instance"),
            "NET_MODELS_DIR": str(folder / "models"),
            "NET_DATA_DIR": str(data),
            "NET_WORKER_LEASE_SECONDS": str(LEASE_SECONDS),
            "NET_LOG_FORMAT": "text",
            **{name: str(value) for name, value in settings.items()},
        }
        (folder / "models").mkdir(parents=True, exist_ok=True)
        self.configuration: Configuration = read_configuration(self.settings)
        self.database = Database(self.configuration.database_address)
        self.book = make_book(self.configuration, self.database)
        self.workers: list[subprocess.Popen[bytes]] = []

    @property
    def models(self) -> Path:
        return self.configuration.models_folder

    def add_operator(self) -> None:
        """Let somebody of this name sign in with ``PASSWORD``."""
        with self.database.session() as session:
            add_user(session, "operator", "operator", hash_password(PASSWORD, "operator"))

    def start_worker(self, *command: str) -> subprocess.Popen[bytes]:
        """A real worker, or what a test puts in its place."""
        inherited = {name: value for name, value in os.environ.items() if "NET_" not in name}
        with (self.folder / f"worker-{len(self.workers)}.log").open("wb") as log:
            worker = subprocess.Popen(
                [sys.executable, *(command or ("-m", "webapp.jobs.worker"))],
                cwd=ROOT,
                env={**inherited, **self.settings},
                stdout=log,
                stderr=log,
            )
        self.workers.append(worker)
        return worker

    def submit(self, kind: str = "train", /, **arguments: Any) -> Job:
        return self.book.submit(kind, arguments, "somebody")

    def train(self, settings: Mapping[str, object] = TINY) -> Job:
        return self.submit(recipe="dense-512", settings=settings)

    def look(self, job: Job) -> Job:
        found = self.book.find(job.id)
        assert found is not None
        return found

    def wait_for(self, job: Job, *states: str) -> Job:
        """Until the job is in one of these states; without any, until it is over."""
        wanted = states or ("finished", "stopped", "failed")
        self.wait_until(lambda: self.look(job).state in wanted)
        return self.look(job)

    def wait_for_an_epoch(self, job: Job) -> Path:
        run = self.run_of(job)
        self.wait_until(lambda: (run / "training_log.csv").is_file())
        return run

    def run_of(self, job: Job) -> Path:
        assert job.run is not None
        return self.models / job.run

    def status_of(self, job: Job) -> str:
        return str(read_details(self.run_of(job))["status"])

    def wait_until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, self.logs()
            time.sleep(0.1)

    def logs(self) -> str:
        logs = [*self.folder.glob("worker-*.log"), *self.folder.glob("instance/jobs/*.log")]
        return "\n".join(f"--- {path.name}\n{path.read_text('utf-8')[-3000:]}" for path in logs)

    def children(self, name: str = "trainer") -> list[int]:
        """Numbers of the processes that run jobs of this workshop, with this in their command."""
        folder = str(self.folder)
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes().decode("utf-8", "replace")
                state = (process / "stat").read_text().rsplit(")", 1)[1].split()[0]
            except OSError:
                continue
            if folder in command and name in command and state != "Z":
                found.append(int(process.name))
        return found

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGKILL)
            worker.wait()
        self.database.close()


def hold(workshop: Workshop) -> Path:
    """No job of a noting worker ends as long as there is this file."""
    held = workshop.folder / "instance" / "jobs" / noting_worker.HELD
    held.parent.mkdir(parents=True, exist_ok=True)
    held.touch()
    return held
