"""compose.yaml against the format's schema, and against the files that it names."""

from __future__ import annotations

import json
import shlex
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from tests.deploy.dockerfile import read_dockerfile
from webapp.configuration import read_configuration, variables

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "deploy" / "compose.yaml"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return content


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """What the command makes that docs/deploy.md names."""
    command: list[str | Path] = [
        sys.executable,
        ROOT / "deploy" / "make_secrets.py",
        tmp_path / "secrets",
    ]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path / "secrets"


def test_the_file_is_one_that_compose_takes() -> None:
    verdict = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", FILE],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert verdict.returncode == 0, verdict.stdout


def test_every_service_is_confined(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    published = [name for name, service in compose["services"].items() if "ports" in service]
    assert published == ["nginx"]
    assert compose["networks"]["inside"] == {"internal": True}


def test_everything_that_is_named_is_there(compose: dict[str, Any], secrets: Path) -> None:
    stages = read_dockerfile(ROOT / "deploy" / "Dockerfile")
    for service in compose["services"].values():
        if "build" in service:
            assert service["build"]["target"] in stages
            assert (FILE.parent / service["build"]["context"] / "deploy" / "Dockerfile").is_file()
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            is_kept = source in compose["volumes"] or source in ("./backups", "./secrets/tls")
            assert is_kept or (FILE.parent / source).is_file(), source
    files = {Path(one["file"]).name for one in compose["secrets"].values()}
    assert files <= {path.name for path in secrets.iterdir()}


def test_the_settings_exist_and_the_secrets_are_such_that_they_can_be_used(
    compose: dict[str, Any], secrets: Path
) -> None:
    settings: dict[str, str] = compose["services"]["web-a"]["environment"]
    here = {name: value.replace("/run/secrets", str(secrets)) for name, value in settings.items()}

    configuration = read_configuration(here)

    assert {name.removesuffix("_FILE") for name in settings} <= set(variables())
    assert configuration.database_url.startswith("postgresql://net:")
    assert configuration.addresses[0] == "unix:/run/net/web-a.sock"
    password = (secrets / "database-password").read_text("ascii")
    assert password in configuration.database_url


def test_secrets_are_the_owners_alone_and_stay_when_they_are_made_again(secrets: Path) -> None:
    before = {path.name: path.read_text("ascii") for path in secrets.iterdir()}

    command: list[str | Path] = [sys.executable, ROOT / "deploy" / "make_secrets.py", secrets]
    again = subprocess.run(command, check=True, capture_output=True, text=True)

    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    assert again.stdout == ""
    assert {path.name: path.read_text("ascii") for path in secrets.iterdir()} == before


def test_a_full_disk_leaves_no_empty_secret_that_would_stay(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "deploy" / "make_secrets.py"), str(tmp_path)]
    on_a_full_disk = f"ulimit -f 0; exec {shlex.join(command)}"

    failed = subprocess.run(["bash", "-c", on_a_full_disk], capture_output=True, check=False)
    again = subprocess.run(command, check=True, capture_output=True, text=True)

    assert failed.returncode != 0
    assert "made database-password" in again.stdout
    assert all(path.stat().st_size for path in tmp_path.iterdir())


def test_both_web_servers_are_known_to_nginx(compose: dict[str, Any]) -> None:
    upstream = (ROOT / "deploy" / "nginx" / "upstream-compose.conf").read_text("utf-8")

    for name in ("web-a", "web-b"):
        first = compose["services"][name]["environment"]["NET_BIND"].split(",")[0]
        assert f"server {first} " in upstream
    assert json.dumps(compose["services"]["nginx"]).count("upstream-compose.conf") == 1
