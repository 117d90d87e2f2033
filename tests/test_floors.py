"""Inside a package there are floors: a file imports only from its own floor or from below.

What stands on one floor stands in one tuple, the ground first.  An entry is a module or a folder
with all that is in it; where two fit a module, the longer one counts, so that a file of a folder
can stand on a floor of its own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FLOORS: Mapping[str, Sequence[Sequence[str]]] = {
    "recognizer": (
        ("recognizer.atomic_file", "recognizer.csv_cells", "recognizer.errors",
         "recognizer.file_lock", "recognizer.hidden_files", "recognizer.limits",
         "recognizer.processors", "recognizer.suggestions", "recognizer.text_files"),
        ("recognizer.boxes", "recognizer.drawing", "recognizer.geometry",
         "recognizer.typed_reader"),
        ("recognizer.strokes", "recognizer.directions", "recognizer.picture"),
        ("recognizer.engine", "recognizer.prediction", "recognizer.batches"),
        ("recognizer.calibration", "recognizer.cascade", "recognizer.outputs",
         "recognizer.explanations.explainer"),
        ("recognizer.reading",),
        ("recognizer.numbers",),
        ("recognizer.photos", "recognizer.runs"),
        ("recognizer.verdicts",),
        ("recognizer.explanations",),
        ("recognizer.recognizer",),
        ("recognizer.known_drawings",),
        ("recognizer.runs.self_test",),
        ("recognizer.runs.registry",),
        ("recognizer",),
        ("recognizer.command_line",),
        ("recognizer.__main__",),
    ),
    "trainer": (
        ("trainer", "trainer.errors", "trainer.quiet_start"),
        ("trainer.settings", "trainer.runs"),
        ("trainer.data",),
        ("trainer.augmentation", "trainer.synthesis", "trainer.export"),
        ("trainer.batches",),
        ("trainer.recipes",),
        ("trainer.evaluation",),
        ("trainer.figures", "trainer.release", "trainer.report"),
        ("trainer.training",),
        ("trainer.search",),
        ("trainer.commands",),
        ("trainer.command_line",),
        ("trainer.__main__",),
    ),
    "webapp": (
        ("webapp.errors", "webapp.private_files", "webapp.secret_files",
         "webapp.configuration", "webapp.dynamic_batching", "webapp.protocols",
         "webapp.tracked_request", "webapp.request_log", "webapp.sentences"),
        ("webapp.storage", "webapp.store", "webapp.pages"),
        ("webapp.audit", "webapp.run_notes"),  # below the jobs, for a job's end adds a line
        ("webapp.activity", "webapp.jobs"),
        ("webapp.services",),
        ("webapp.security", "webapp.limiting"),
        ("webapp.accounts",),
        ("webapp.corrections",),
        ("webapp.health", "webapp.jobs.worker"),  # a worker reads corrections for its jobs
        ("webapp.telemetry",),
        ("webapp.problems",),
        ("webapp.api", "webapp.admin"),
        ("webapp.request_cycle",),
        ("webapp", "webapp.factory", "webapp.doctor", "webapp.maintenance", "webapp.server"),
        ("webapp.__main__",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("package", FLOORS)
def test_every_file_imports_from_its_own_floor_or_from_below(package: str) -> None:
    wrong = [
        f"{_path(module)} (floor {_floor(module)}) imports {_path(imported)} (floor {above})"
        for module, imports in _imports(package).items()
        for imported in sorted(imports)
        if (above := _floor(imported)) > _floor(module)
    ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("package", FLOORS)
def test_no_files_import_each_other(package: str) -> None:
    try:
        TopologicalSorter(_imports(package)).prepare()
        circle: list[str] = []
    except CycleError as error:
        circle = error.args[1]

    assert not circle, " <- ".join(map(_path, circle))


@pytest.mark.parametrize("package", FLOORS)
def test_every_entry_of_the_floors_stands_for_a_file_or_a_folder(package: str) -> None:
    modules = _modules(package)

    for entries in FLOORS[package]:
        for entry in entries:
            assert any(_is_within(module, entry) for module in modules), entry


@cache
def _modules(package: str) -> dict[str, Path]:
    """Every module of a package and its file; a folder is the module of its ``__init__.py``."""
    files = {path.relative_to(ROOT): path for path in (ROOT / package).rglob("*.py")}
    names = {".".join(path.with_suffix("").parts): file for path, file in files.items()}
    return {name.removesuffix(".__init__"): file for name, file in names.items()}


@cache
def _imports(package: str) -> dict[str, set[str]]:
    """What each module imports of its own package, wherever in the file it does so."""
    modules = _modules(package)
    return {
        module: {
            found
            for name in _names(ast.parse(file.read_text("utf-8")))
            if (found := _module_of(name, modules)) and found != module
        }
        for module, file in modules.items()
    }


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _module_of(name: str, modules: Mapping[str, Path]) -> str:
    """The module that a dotted name is or stands in; empty where that is of another package."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name


def _floor(module: str) -> int:
    floors = FLOORS[module.partition(".")[0]]
    fitting = [
        (len(entry), floor)
        for floor, entries in enumerate(floors, 1)
        for entry in entries
        if _is_within(module, entry)
    ]
    assert fitting, f"{module} stands on no floor"
    return max(fitting)[1]


def _is_within(module: str, entry: str) -> bool:
    """An entry without a dot is the package's own ``__init__.py`` alone: all else is named."""
    return module == entry or ("." in entry and module.startswith(f"{entry}."))


def _path(module: str) -> str:
    return str(_modules(module.partition(".")[0])[module].relative_to(ROOT))
