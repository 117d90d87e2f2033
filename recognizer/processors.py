"""How many processors this process may use: those it is bound to that its quota pays for.

``docker run --cpus=1`` and systemd's ``CPUQuota=`` set a quota; the affinity says nothing of it.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
OWN_GROUPS = Path("/proc/self/cgroup")


def available_processors(cgroups: Path = CGROUPS, own_groups: Path = OWN_GROUPS) -> int:
    """Count the processors that this process may use; one at least.

    Args:
        cgroups: where the control groups are mounted, version 1 or 2.
        own_groups: says which of them this process is in.
    """
    has_affinity = hasattr(os, "sched_getaffinity")
    bound = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1
    return min(bound, processor_quota(cgroups, own_groups) or bound)


def processor_quota(cgroups: Path = CGROUPS, own_groups: Path = OWN_GROUPS) -> int | None:
    """Tell how many processors the narrowest quota above this process pays for; None without one.

    Args:
        cgroups: where the control groups are mounted, version 1 or 2.
        own_groups: says which of them this process is in.

    Returns:
        The processors, rounded up.
    """
    shares = [share for folder in _folders(cgroups, own_groups) if (share := _share(folder)) > 0]
    return math.ceil(min(shares)) if shares else None


def _folders(cgroups: Path, own_groups: Path) -> Iterator[Path]:
    try:
        lines = own_groups.read_text("utf-8").splitlines()
    except (OSError, UnicodeError):  # another system than Linux
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if "cpu" in controllers.split(",") or not controllers:
            mounted = cgroups / "cpu" if controllers else cgroups
            group = mounted / path.strip("/")
            yield from (one for one in (group, *group.parents) if one.is_relative_to(mounted))


def _share(folder: Path) -> float:
    """Read the quota of one control group, in processors; 0 or less without one."""
    for names in (("cpu.max",), ("cpu.cfs_quota_us", "cpu.cfs_period_us")):
        try:
            words = " ".join((folder / name).read_text("ascii") for name in names).split()
            quota, period = map(int, words)
            return quota / period
        except (OSError, ValueError, ZeroDivisionError):  # not of this version, or "max"
            continue
    return 0.0
