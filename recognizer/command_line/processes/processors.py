"""How many processors this process may use: fewer than the machine has, in a container."""

from __future__ import annotations

import math
import os
from pathlib import Path

OWN_GROUPS = Path("/proc/self/cgroup")  # where the system says which groups a process is in
CGROUPS = Path("/sys/fs/cgroup")


def available_processors(cgroups: Path = CGROUPS) -> int:
    """Processors that this process may run on, and no more than its control groups give time for.

    Args:
        cgroups: where the control groups are mounted (version 2, or 1 with its ``cpu`` folder).
    """
    if hasattr(os, "sched_getaffinity"):
        allowed = len(os.sched_getaffinity(0))
    else:
        allowed = os.cpu_count() or 1
    return max(1, min([allowed, *(math.ceil(quota) for quota in _quotas(cgroups))]))


def _quotas(cgroups: Path) -> list[float]:
    """The processors' worth of time that each group above this process may use."""
    quotas = []
    for line in _read(OWN_GROUPS).splitlines():
        _, controllers, group = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        folder = cgroups / "cpu" if controllers else cgroups
        for path in (folder, *_below(folder, group)):
            quotas += _quota(path)
    return quotas


def _below(folder: Path, group: str) -> list[Path]:
    parts = [part for part in group.split("/") if part]
    return [folder.joinpath(*parts[: end + 1]) for end in range(len(parts))]


def _quota(folder: Path) -> list[float]:
    text = _read(folder / "cpu.max")
    if not text:
        text = f"{_read(folder / 'cpu.cfs_quota_us')} {_read(folder / 'cpu.cfs_period_us')}"
    try:
        quota, period = map(float, text.split())
    except ValueError:  # "max", or no such file
        return []
    return [quota / period] if quota > 0 and period > 0 else []


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        return ""
