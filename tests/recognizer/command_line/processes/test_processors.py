"""As many processors are counted as may be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from recognizer.command_line.processes import processors
from recognizer.command_line.processes.processors import available_processors

EVERY_ONE = range(8)


@pytest.fixture(autouse=True)
def machine_of_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: EVERY_ONE, raising=False)


@pytest.fixture
def own_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that says which control groups this process is in."""
    file = tmp_path / "cgroup"
    monkeypatch.setattr(processors, "OWN_GROUPS", file)
    return file


def test_without_control_groups_they_are_those_it_may_run_on(own_groups: Path) -> None:
    assert available_processors(own_groups.parent / "nowhere") == 8


@pytest.mark.parametrize(
    ("quota", "number"),
    [("200000 100000", 2), ("150000 100000", 2), ("1000 100000", 1), ("max 100000", 8), ("", 8)],
)
@pytest.mark.parametrize("folder", ["", "app", "app/job"])
def test_a_quota_of_any_group_above_counts(
    tmp_path: Path, own_groups: Path, quota: str, number: int, folder: str
) -> None:
    own_groups.write_text("0::/app/job\n")
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    (tmp_path / folder / "cpu.max").write_text(quota + "\n")

    assert available_processors(tmp_path) == number


@pytest.mark.parametrize(("quota", "number"), [("300000", 3), ("-1", 8)])
def test_the_first_version_of_control_groups_counts_too(
    tmp_path: Path, own_groups: Path, quota: str, number: int
) -> None:
    own_groups.write_text("5:memory:/app\n4:cpu,cpuacct:/app\n")
    group = tmp_path / "cpu" / "app"
    group.mkdir(parents=True)
    (group / "cpu.cfs_quota_us").write_text(quota)
    (group / "cpu.cfs_period_us").write_text("100000")

    assert available_processors(tmp_path) == number
