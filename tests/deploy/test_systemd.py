"""The units, as systemd's own programs judge them."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from webapp.configuration import read_configuration, variables

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "systemd"
KINDS = {"service", "socket", "timer"}
SERVICES = ["net-web.service", "net-worker.service", "net-backup.service"]


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with a Python and folders that this machine has."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze")
    for path in FOLDER.iterdir():
        text = path.read_text("utf-8").replace("/opt/net/current/.venv/bin/python", sys.executable)
        (tmp_path / path.name).write_text(text, "utf-8")
    return tmp_path


def test_systemd_takes_every_unit_without_a_complaint(units: Path) -> None:
    files = sorted(path for path in units.iterdir() if path.suffix[1:] in KINDS)

    verdict = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files],
        env={"SYSTEMD_UNIT_PATH": f"{units}:"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    ours = [line for line in verdict.stderr.splitlines() if "net-" in line]
    assert (verdict.returncode, ours) == (0, [])


@pytest.mark.parametrize("service", SERVICES)
def test_services_are_confined(units: Path, service: str) -> None:
    verdict = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", units / service],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    exposure = re.search(r"exposure level.*?: ([0-9.]+)", verdict.stdout)
    assert exposure, verdict.stderr
    assert float(exposure[1]) < 3.0  # of 10; a service that confines nothing has 9.6


def test_requests_and_trainings_have_the_time_to_end() -> None:
    seconds = {name: int(_unit(name)["Service"]["TimeoutStopSec"]) for name in SERVICES[:2]}

    assert seconds["net-web.service"] > read_configuration({}).request_seconds
    assert seconds["net-worker.service"] >= 300
    assert all(_unit(name)["Service"]["KillMode"] == "mixed" for name in SERVICES[:2])


def test_the_example_of_the_settings_is_one_that_can_be_used() -> None:
    lines = (FOLDER / "net.env").read_text("utf-8").splitlines()
    settings = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))

    read_configuration(settings)

    assert set(settings) <= set(variables())


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_settings_come_to_the_command_line_as_systemd_reads_them(
    tmp_path: Path, quote: str
) -> None:
    url = "postgresql://net:p$a;s#s%20w`rd@host/net?sslmode=require&connect_timeout=3"
    (tmp_path / "net.env").write_text(
        f"# A=1\n\nNET_DATABASE_URL={quote}{url}{quote}\n https_proxy=p \n;B=1\n"
        'NET_C="a" \nNET_D=x?o="y"\nNET_X=a b'
    )
    script = (FOLDER / "net-python").read_text("utf-8")
    for theirs, ours in (
        ("/etc/net/net.env", f"{tmp_path}/net.env"), ("/opt/net/current", str(tmp_path)),
        (".venv/bin/python", sys.executable), ("id -u net", "false"),
    ):  # fmt: skip
        assert theirs in script
        script = script.replace(theirs, ours)
    names = ("NET_DATABASE_URL", "https_proxy", "NET_C", "NET_D", "NET_X")
    told = f"import os; print(*(os.environ[name] for name in {names}))"

    done = subprocess.run(
        ["sh", "-c", script, "net-python", "-c", told],
        env={}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.stdout, done.stderr) == (f'{url} p a x?o="y" a b\n', "")


def _unit(name: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment]
    unit.read(FOLDER / name, "utf-8")
    return unit
