"""As many processors are counted as may be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from recognizer.processors import available_processors, processor_quota


@pytest.fixture(autouse=True)
def machine_of_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(8), raising=False)


@pytest.mark.parametrize(
    ("own_groups", "files", "expected"),
    [
        ("0::/", {"cpu.max": "100000 100000"}, 1),
        ("0::/", {"cpu.max": "150000 100000"}, 2),
        ("0::/", {"cpu.max": "max 100000"}, None),
        ("0::/", {"cpu.max": "1000 100000"}, 1),
        ("0::/", {"cpu.max": "4000000 100000"}, 40),
        ("0::/", {"cpu.max": ""}, None),
        ("0::/", {"cpu.max": "100000 0"}, None),
        ("0::/", {}, None),
        ("0::/a/b", {"cpu.max": "500000 100000"}, 5),
        ("0::/a/b", {"a/cpu.max": "300000 100000", "a/b/cpu.max": "max 100000"}, 3),
        ("0::/a/b", {"a/cpu.max": "300000 100000", "a/b/cpu.max": "200000 100000"}, 2),
        ("5:memory:/app\n4:cpu,cpuacct:/app", {"cpu/app/cpu.cfs_quota_us": "400000",
                                               "cpu/app/cpu.cfs_period_us": "100000"}, 4),
        ("3:cpu,cpuacct:/", {"cpu/cpu.cfs_quota_us": "-1",
                             "cpu/cpu.cfs_period_us": "100000"}, None),
        ("2:cpuset:/", {"cpu/cpu.cfs_quota_us": "400000",
                        "cpu/cpu.cfs_period_us": "100000"}, None),
        ("", {"cpu.max": "100000 100000"}, None),
    ],
)  # fmt: skip
def test_a_quota_of_any_group_above_counts(
    tmp_path: Path, own_groups: str, files: dict[str, str], expected: int | None
) -> None:
    cgroups, told = tmp_path / "cgroup", tmp_path / "own-groups"
    told.write_text(own_groups)
    for name, text in files.items():
        (cgroups / name).parent.mkdir(parents=True, exist_ok=True)
        (cgroups / name).write_text(text)

    assert processor_quota(cgroups, told) == expected
    assert available_processors(cgroups, told) == min(expected or 8, 8)


def test_without_control_groups_they_are_those_it_may_run_on(tmp_path: Path) -> None:
    assert processor_quota(tmp_path, tmp_path / "none") is None
    assert available_processors(tmp_path, tmp_path / "none") == 8
