"""The manifests, put together by kustomize and held against Kubernetes' own schemas."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml  # type: ignore[import-untyped]

from tests.deploy.dockerfile import read_dockerfile
from webapp.configuration import variables

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = ["1.30", "1.32", "1.34"]
Manifest = dict[str, Any]


@pytest.fixture(scope="module")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> list[Manifest]:
    """The example's manifests, with secrets as docs/deploy.md has them made."""
    if not shutil.which("kubectl"):
        pytest.skip("needs kubectl, for its kustomize")
    folder = tmp_path_factory.mktemp("kubernetes")
    shutil.copytree(ROOT / "deploy" / "kubernetes", folder, dirs_exist_ok=True)
    shutil.rmtree(folder / "example" / "secrets", ignore_errors=True)
    command: list[str | Path] = [
        sys.executable, ROOT / "deploy" / "make_secrets.py", folder / "example" / "secrets"
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    built = subprocess.run(
        ["kubectl", "kustomize", folder / "example"], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    return list(yaml.safe_load_all(built.stdout))


def _templates(manifests: list[Manifest]) -> Iterator[tuple[str, Manifest]]:
    """The name and pod of everything that runs."""
    for manifest in manifests:
        spec = manifest.get("spec", {})
        template = spec.get("template") or spec.get("jobTemplate", {}).get("spec", {}).get(
            "template"
        )
        if template:
            yield manifest["metadata"]["name"], template


def _containers(pod: Manifest) -> list[Manifest]:
    return [*pod["spec"].get("initContainers", []), *pod["spec"]["containers"]]


def _of(manifests: list[Manifest], kind: str, name: str) -> Manifest:
    return next(one for one in manifests if (one["kind"], one["metadata"]["name"]) == (kind, name))


@pytest.mark.parametrize("version", VERSIONS)
def test_every_manifest_fits_its_schema(manifests: list[Manifest], version: str) -> None:
    for manifest in manifests:
        kubernetes_validate.validate(manifest, version, strict=True)


def test_nothing_runs_as_root_or_writes_elsewhere_than_into_its_volumes(
    manifests: list[Manifest],
) -> None:
    pods = dict(_templates(manifests))

    assert set(pods) == {"web", "worker", "backup", "postgres", "redis"}
    for name, pod in pods.items():
        assert pod["spec"]["securityContext"]["runAsNonRoot"], name
        assert pod["spec"]["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert pod["spec"]["automountServiceAccountToken"] is False, name
        for container in _containers(pod):
            context = container["securityContext"]
            assert context["readOnlyRootFilesystem"], name
            assert context["allowPrivilegeEscalation"] is False, name
            assert context["capabilities"] == {"drop": ["ALL"]}, name
            assert container["resources"]["limits"]["memory"], name
            assert not container["image"].endswith(":latest"), name
            assert ":" in container["image"], name


def test_who_runs_is_who_the_images_are_made_for(manifests: list[Manifest]) -> None:
    stages = read_dockerfile(ROOT / "deploy" / "Dockerfile")
    pods = dict(_templates(manifests))

    users = {name: pods[name]["spec"]["securityContext"]["runAsUser"] for name in ("web", "worker")}

    assert {str(user) for user in users.values()} == {
        (stages[name].last("USER") or "").split(":")[0] for name in ("web", "worker")
    }


def test_selectors_find_pods_and_references_find_what_they_name(manifests: list[Manifest]) -> None:
    labels = [
        pod["metadata"]["labels"]["app.kubernetes.io/name"] for _, pod in _templates(manifests)
    ]
    names = {(one["kind"], one["metadata"]["name"]) for one in manifests}

    for service in (one for one in manifests if one["kind"] == "Service"):
        selected = service["spec"]["selector"]["app.kubernetes.io/name"]
        assert (selected in labels) == (service["metadata"]["name"] != "nobody")
    for _, pod in _templates(manifests):
        for container in _containers(pod):
            for source in container.get("envFrom", []):
                kind = "Secret" if "secretRef" in source else "ConfigMap"
                (reference,) = source.values()
                assert (kind, reference["name"]) in names
        for volume in pod["spec"].get("volumes", []):
            if claim := volume.get("persistentVolumeClaim"):
                assert ("PersistentVolumeClaim", claim["claimName"]) in names
            if secret := volume.get("secret"):
                assert ("Secret", secret["secretName"]) in names
    scaled = _of(manifests, "HorizontalPodAutoscaler", "web")["spec"]["scaleTargetRef"]
    assert (scaled["kind"], scaled["name"]) in names


def test_settings_exist(manifests: list[Manifest]) -> None:
    given = [
        key
        for one in manifests
        if one["kind"] in ("ConfigMap", "Secret") and one["metadata"]["name"].startswith("net-")
        for key in one["data"]
    ]

    assert "NET_DATABASE_URL" in given
    assert set(given) <= set(variables())


def test_probes_ask_what_the_app_answers_for_a_host_that_it_trusts(
    manifests: list[Manifest],
) -> None:
    web = _of(manifests, "Deployment", "web")["spec"]["template"]["spec"]
    (container,) = web["containers"]
    probes = {name: container[f"{name}Probe"]["httpGet"] for name in ("liveness", "readiness")}

    assert {name: probe["path"] for name, probe in probes.items()} == {
        "liveness": "/livez",
        "readiness": "/readyz",
    }
    for probe in probes.values():
        assert probe["httpHeaders"] == [{"name": "Host", "value": "localhost"}]
    # Long enough for the last request (NET_REQUEST_SECONDS) after nobody sends any more.
    assert web["terminationGracePeriodSeconds"] >= 5 + 30
