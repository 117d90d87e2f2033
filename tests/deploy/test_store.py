"""What is added to a site in Kubernetes whose runs come from a store."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml  # type: ignore[import-untyped]

from webapp.configuration import variables

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, Any]]:
    """The example with the component, by kind and name."""
    if not shutil.which("kubectl"):
        pytest.skip("needs kubectl, for its kustomize")
    folder = tmp_path_factory.mktemp("kubernetes")
    shutil.copytree(ROOT / "deploy" / "kubernetes", folder, dirs_exist_ok=True)
    shutil.rmtree(folder / "example" / "secrets", ignore_errors=True)
    secrets = folder / "example" / "secrets"
    command: list[str | Path] = [sys.executable, ROOT / "deploy" / "make_secrets.py", secrets]
    subprocess.run(command, check=True, capture_output=True)
    site = folder / "example" / "kustomization.yaml"
    text = site.read_text("utf-8")
    site.write_text(text.replace("- ../databases\n", "- ../databases\n  - ../store\n"), "utf-8")
    built = subprocess.run(
        ["kubectl", "kustomize", folder / "example"], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    found = list(yaml.safe_load_all(built.stdout))
    return {(one["kind"], one["metadata"]["name"].partition("-")[0]): one for one in found}


def test_web_servers_need_no_common_volume(
    manifests: dict[tuple[str, str], dict[str, Any]],
) -> None:
    web, worker = (manifests["Deployment", name] for name in ("web", "worker"))

    volumes = {one["name"]: one for one in web["spec"]["template"]["spec"]["volumes"]}
    assert "emptyDir" in volumes["net"]
    assert "persistentVolumeClaim" in str(worker["spec"]["template"]["spec"]["volumes"])
    assert "NET_MODELS_STORE" in manifests["ConfigMap", "net"]["data"].keys() & variables().keys()


def test_every_manifest_is_one(manifests: dict[tuple[str, str], dict[str, Any]]) -> None:
    for manifest in manifests.values():
        kubernetes_validate.validate(manifest, "1.34", strict=True)

    assert ("NetworkPolicy", "store") in manifests
