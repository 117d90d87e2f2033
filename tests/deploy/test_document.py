"""docs/deploy.md: its commands, run from the first to the last with paths of the test's own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.dockerfile import read_dockerfile
from tests.deploy.socket_server import start_with_held_socket
from tests.postgresql_server import PostgresqlServer

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "deploy.md").read_text("utf-8")
BLOCK = re.compile(r"^```sh(?: needs=(\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACES = ("/opt/net", "/etc/net", "/etc/nginx", "/etc/systemd/system", "/var/lib/net", "/run/net",
          "/var/backups/net", "/var/cache/nginx", "/var/www/acme", "/usr/local/bin")  # fmt: skip
NEEDS = {"", "machine", "network", "docker", "kubernetes"}

pytestmark = pytest.mark.gunicorn


class Machine:
    """A folder in which the document's places stand in for the machine's."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self._database_url = database_url
        self.printed = ""  # by the document's commands
        for place in (*PLACES, "/etc/nginx/conf.d"):
            (folder / place[1:]).mkdir(parents=True, exist_ok=True)

    def at(self, path: str) -> Path:
        return self.folder / path[1:]

    def ours(self, text: str) -> str:
        """The text with this machine's places in it."""
        pattern = "|".join(re.escape(place) for place in PLACES)
        return re.sub(rf"(?<![\w.])({pattern})(?=[/\s\"'.;]|$)", rf"{self.folder}\1", text)

    def fetch(self, number: str) -> None:
        """A version of the code, as git and pip would bring it."""
        release = self.at(f"/opt/net/releases/{number}")
        listing = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        for name in listing.stdout.splitlines():
            if name.startswith("tests/") or not (ROOT / name).is_file():
                continue
            (release / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, release / name)
        for path in (release / "deploy" / "systemd").iterdir():
            path.write_text(self.ours(path.read_text("utf-8")), "utf-8")
        settings = release / "deploy" / "systemd" / "net.env"
        text = settings.read_text("utf-8") + "NET_LIMITS_URL=\nNET_WORKERS=1\n"
        settings.write_text(f"{text}NET_DATABASE_URL='{self._database_url}'\n", "utf-8")
        python = release / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', "utf-8")
        python.chmod(0o755)

    def run(self, commands: str) -> subprocess.CompletedProcess[str]:
        """Run one script, from the first command to the last."""
        inherited = {name: value for name, value in os.environ.items() if "NET_" not in name}
        path = f"{self.at('/usr/local/bin')}:{inherited['PATH']}"
        return subprocess.run(
            ["sh", "-exc", self.ours(commands)], cwd=self.folder, check=False,
            env=inherited | {"PATH": path}, capture_output=True, text=True,
        )  # fmt: skip


@pytest.fixture(scope="module")
def machine(place: Path, postgresql_server: PostgresqlServer) -> Machine:
    """The machine after every command of the document that can run here."""
    if not shutil.which("pg_dump") or not shutil.which("kubectl"):
        pytest.skip("needs pg_dump and kubectl")
    folder = place / "m"
    folder.mkdir()
    machine = Machine(folder, postgresql_server.new_database())
    script = []
    for needs, commands in BLOCK.findall(DOCUMENT):
        if needs == "network":
            (number,) = set(re.findall(r"git clone .* /opt/net/releases/(\d)", commands))
            machine.fetch(number)
        elif not needs:
            script.append(commands)
    done = machine.run("".join(script))
    assert done.returncode == 0, done.stderr[-4000:]
    machine.printed = done.stdout
    return machine


def test_every_command_that_can_run_here_does(machine: Machine) -> None:
    backups = {path.name for path in machine.at("/var/backups/net").iterdir()}

    assert backups == {"before-2.tar.gz", "today.tar.gz"}
    assert machine.at("/opt/net/current").resolve().name == "1"  # rolled back
    assert (machine.at("/var/lib/net/models") / "current").is_file()
    assert "kind: HorizontalPodAutoscaler" in machine.printed
    assert "digits.example.org" in machine.at("/etc/nginx/conf.d/net.conf").read_text("utf-8")
    assert "digits.example.org" in machine.at("/etc/net/net.env").read_text("utf-8")


def test_what_was_installed_serves(machine: Machine) -> None:
    unit = machine.at("/etc/systemd/system/net-web.service").read_text("utf-8")
    command = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)[0].split()
    path = machine.at("/run/net/web.sock")
    settings = machine.run("set -a; . /etc/net/net.env; exec env").stdout
    environment = dict(line.split("=", 1) for line in settings.splitlines() if "=" in line)
    check: list[str | Path] = [
        sys.executable,
        machine.at("/opt/net/current") / "deploy" / "healthcheck.py",
    ]

    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(path))
        held.listen(64)
        log = machine.folder / "web.log"
        server = start_with_held_socket(
            held, log, environment, command, machine.at("/opt/net/current")
        )
        try:
            asked = {**os.environ, "NET_BIND": f"unix:{path}"}
            health = [
                subprocess.run(check, env=asked, capture_output=True, text=True, check=False)
                for _ in range(3)
            ]
        finally:
            server.terminate()
            server.wait(60)

    assert any('"status":"ready"' in one.stdout for one in health), log.read_text("utf-8")


def test_every_block_says_what_it_needs() -> None:
    fences = re.findall(r"^```(.+)$", DOCUMENT, re.MULTILINE)

    assert {re.sub(r"^sh( needs=)?", "", fence) for fence in fences} <= NEEDS
    assert len(fences) == len(BLOCK.findall(DOCUMENT))


def test_the_packages_are_installed_as_the_images_install_them() -> None:
    stages = read_dockerfile(ROOT / "deploy" / "Dockerfile")
    copied = {rest.split()[0] for stage in stages.values() for name, rest in stage.steps
              if name == "COPY" and "requirements" in rest}  # fmt: skip

    assert copied == {"requirements/serve.txt", "requirements.txt"}
    assert all(name in DOCUMENT for name in copied)


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"\b(?:deploy|tests|webapp)/[\w./-]+\.\w+\b", DOCUMENT))
    made = {one for one in named if "/secrets" in one or "/mine/" in one}

    assert {one for one in named - made if not (ROOT / one).exists()} == set()
