"""Two machines' worth of servers behind nginx, and what they share: database, Redis, a store."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.deploy import nginx_server
from tests.deploy.conftest import PASSWORD, make_nginx, needs_nginx, place
from tests.deploy.nginx_server import NginxServer
from tests.deploy.socket_server import SocketServer
from tests.deploy.visitor import Visitor
from tests.gunicorn_server import ROOT
from tests.postgresql_server import PostgresqlServer
from tests.redis_server import RedisServer
from tests.redis_server import is_installed as has_redis
from tests.run_details import change_details
from tests.s3_server import S3Server, running_s3_server
from trainer.release.activation import activate_run
from trainer.release.store.run_store import RunStore

__all__ = ["needs_nginx", "place"]

RUNS = ("first", "second")
PREDICTIONS_A_MINUTE = 100
CORRECTIONS_A_MINUTE = 7


class Machine:
    """A web server and a worker of jobs with folders of their own."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        folder.mkdir()
        self.models, self.socket = folder / "models", folder / "web.sock"
        self._worker_log = folder / "worker.log"
        settings = {
            **settings,
            "NET_MODELS_DIR": str(self.models),
            "NET_INSTANCE_DIR": str(folder / "instance"),
            "NET_DATA_DIR": str(folder / "data"),
        }
        self.web = SocketServer(folder, self.socket, **settings, NET_WORKERS=1)
        inherited = {name: value for name, value in os.environ.items() if "NET_" not in name}
        with self._worker_log.open("wb") as log:
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "webapp.jobs.worker"],
                cwd=ROOT, env={**inherited, **settings}, stdout=log, stderr=log,
            )  # fmt: skip

    def served_run(self) -> str | None:
        status, _, body = self.web.ask("GET", "/api/v1/models/current")
        return json.loads(body)["run"] if status == 200 else None

    def serves(self, run: str) -> bool:
        return self.served_run() == run

    def counted(self, metric: str) -> float:
        """The sum of a metric's samples here."""
        text = self.web.ask("GET", "/metrics")[2].decode()
        found = re.findall(rf"^{metric}(?:\{{[^}}]*\}})? ([\d.e+]+)$", text, re.MULTILINE)
        return sum(map(float, found))

    def jobs_begun(self) -> list[int]:
        """The numbers of the jobs that the worker of this machine has begun."""
        lines = map(json.loads, self._worker_log.read_text("utf-8").splitlines())
        return [line["job"] for line in lines if line["event"] == "job started"]

    def answered(self, path: str) -> int:
        """How often the web server of this machine has answered at a path."""
        return self.web.log.count(f'"path":"{path}"') + self.web.log.count(f'"path": "{path}"')

    def stop(self) -> None:
        self.web.stop()
        self._worker.terminate()
        self._worker.wait(60)


@dataclass(frozen=True)
class Site:
    """Two machines that people take for one."""

    nginx: NginxServer
    machines: tuple[Machine, Machine]
    workshop: Path
    s3: S3Server

    def release(self, run: str) -> None:
        activate_run(self.workshop, run, [], store=RunStore(self.s3.address))
        self.wait_until_served(run)

    def wait_until_served(self, run: str) -> None:
        for machine in self.machines:
            machine.web.wait_until(partial(machine.serves, run))

    def operator(self, source: str = "127.0.0.1") -> Visitor:
        visitor = Visitor(self.nginx, source)
        visitor.send_form("/sign-in", name="operator", password=PASSWORD)
        return visitor


@pytest.fixture(scope="module")
def two_servers(
    place: Path,
    needs_nginx: None,
    released_models: Path,
    postgresql_server: PostgresqlServer,
) -> Iterator[Site]:
    if not has_redis():
        pytest.skip("needs redis-server")
    folder = place / "scale"
    folder.mkdir()
    name = (released_models / "current").read_text().strip()
    for run in RUNS:
        shutil.copytree(released_models / name, folder / "workshop" / run)
        change_details(folder / "workshop" / run, name=run)
    redis = RedisServer(folder)
    redis.start()
    with running_s3_server(folder) as s3, pytest.MonkeyPatch.context() as patch:
        for variable, value in s3.environment.items():
            patch.setenv(variable, value)
        activate_run(folder / "workshop", RUNS[0], [], store=RunStore(s3.address))
        settings = {
            "NET_DATABASE_URL": postgresql_server.migrated_database(),
            "NET_LIMITS_URL": redis.url,
            "NET_SECRET_KEY": secrets.token_hex(32),
            "NET_MODELS_STORE": s3.address,
            "NET_ADMIN_PASSWORD": PASSWORD,
            "NET_TRUSTED_HOSTS": f"{nginx_server.HOST},127.0.0.1",
            "NET_PREDICTIONS_A_MINUTE": str(PREDICTIONS_A_MINUTE),
            "NET_CORRECTIONS_A_MINUTE": str(CORRECTIONS_A_MINUTE),
            "NET_LOG_FORMAT": "json",
        }
        machines = (Machine(folder / "a", settings), Machine(folder / "b", settings))
        nginx = make_nginx(folder / "nginx", *(machine.socket for machine in machines))
        site = Site(nginx, machines, folder / "workshop", s3)
        try:
            for machine in machines:
                machine.web.wait_until(machine.web.is_up)
            nginx.start()
            site.wait_until_served(RUNS[0])
            yield site
            nginx.stop()
        finally:
            for machine in machines:
                machine.stop()
            redis.stop()
