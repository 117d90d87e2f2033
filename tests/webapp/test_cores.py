from __future__ import annotations

import os
from pathlib import Path

import pytest

from webapp.cores import cores, quota, workers


@pytest.mark.parametrize(
    ("membership", "files", "expected"),
    [
        ("0::/", {"cpu.max": "100000 100000"}, 1),
        ("0::/", {"cpu.max": "150000 100000"}, 2),
        ("0::/", {"cpu.max": "max 100000"}, None),
        ("0::/", {"cpu.max": "5000 100000"}, 1),
        ("0::/", {}, None),
        ("0::/a/b", {"a/cpu.max": "300000 100000", "a/b/cpu.max": "max 100000"}, 3),
        ("0::/a/b", {"a/cpu.max": "300000 100000", "a/b/cpu.max": "200000 100000"}, 2),
        ("3:cpu,cpuacct:/", {"cpu/cpu.cfs_quota_us": "400000",
                             "cpu/cpu.cfs_period_us": "100000"}, 4),
        ("3:cpu,cpuacct:/", {"cpu/cpu.cfs_quota_us": "-1",
                             "cpu/cpu.cfs_period_us": "100000"}, None),
        ("2:cpuset:/", {"cpu/cpu.cfs_quota_us": "400000",
                        "cpu/cpu.cfs_period_us": "100000"}, None),
        ("", {"cpu.max": "100000 100000"}, None),
    ],
)  # fmt: skip
def test_a_quota_says_how_many_cores_there_are(
    tmp_path: Path, membership: str, files: dict[str, str], expected: int | None
) -> None:
    root, told = tmp_path / "cgroup", tmp_path / "membership"
    told.write_text(membership)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)

    assert quota(root, told) == expected
    assert cores(root, told) == min(expected or 1000, len(os.sched_getaffinity(0)))


def test_without_control_groups_there_is_no_quota(tmp_path: Path) -> None:
    assert quota(tmp_path, tmp_path / "none") is None


@pytest.mark.parametrize(("given", "expected"), [("1", 1), ("3", 3), ("40", 16)])
def test_there_are_as_many_workers_as_the_quota_gives(
    tmp_path: Path, given: str, expected: int
) -> None:
    (tmp_path / "membership").write_text("0::/")
    (tmp_path / "cpu.max").write_text(f"{given}00000 100000")

    assert workers(tmp_path, tmp_path / "membership") == expected


def test_without_a_quota_there_are_two_workers_or_more(tmp_path: Path) -> None:
    assert workers(tmp_path, tmp_path / "none") == min(16, max(2, len(os.sched_getaffinity(0))))
