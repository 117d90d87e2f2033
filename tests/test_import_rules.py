"""Who may import whom: training and serving share the recogniser, and nothing else."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TRAINING_ONLY = {"keras", "tensorflow", "matplotlib", "tf2onnx", "sklearn", "scipy", "optuna"}
RECOGNIZER_MAY = {"recognizer", "numpy", "cv2", "PIL", "onnxruntime", "msgspec", "rich", "ray"}
WEBAPP_MAY_NOT = TRAINING_ONLY | {"cv2", "numpy", "PIL", "onnxruntime"}


def _imports(folder: str) -> Iterator[tuple[str, str]]:
    """Every file of a package with every top-level name that it imports."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative imports hide what is imported"
                modules = [node.module or ""]
            else:
                continue
            for module in modules:
                yield str(path.relative_to(ROOT)), module.split(".")[0]


def test_the_recogniser_imports_the_few_libraries_it_is_made_of() -> None:
    allowed = RECOGNIZER_MAY | set(sys.stdlib_module_names)

    assert not [(path, name) for path, name in _imports("recognizer") if name not in allowed]


def test_the_web_app_leaves_pictures_numbers_and_training_to_others() -> None:
    assert not [(path, name) for path, name in _imports("webapp") if name in WEBAPP_MAY_NOT]


def test_the_trainer_does_not_know_the_web_app() -> None:
    assert not [path for path, name in _imports("trainer") if name in {"webapp", "flask"}]


@pytest.mark.parametrize("name", ["keras", "tensorflow", "matplotlib"])
def test_training_libraries_are_imported_by_the_trainer_alone(name: str) -> None:
    users = {path for package in ("recognizer", "webapp") for path, imported in _imports(package)
             if imported == name}  # fmt: skip

    assert not users


def test_starting_the_web_app_imports_no_training_library() -> None:
    script = "import sys, webapp; webapp.create_app(); print(*sys.modules)"

    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert not {name.split(".")[0] for name in answer.stdout.split()} & TRAINING_ONLY


def test_a_worker_of_jobs_needs_no_pages_and_what_starts_it_hardly_anything() -> None:
    script = (
        "import sys, webapp.server.side_by_side; print(*sys.modules);"
        "import webapp.jobs.worker; print(*sys.modules)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    side_by_side, worker = (set(line.split()) for line in answer.stdout.splitlines())
    assert not side_by_side & {"flask", "sqlalchemy", "numpy"}
    assert not worker & {"apiflask", "onnxruntime", "webapp.factory"}
