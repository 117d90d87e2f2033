"""How many cores this process may use: those it is bound to, as far as its quota pays for them."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_MEMBERSHIP = Path("/proc/self/cgroup")


def cores(root: Path = _ROOT, membership: Path = _MEMBERSHIP) -> int:
    """At least one; the arguments are :func:`quota`'s."""
    has_affinity = hasattr(os, "sched_getaffinity")
    bound = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1
    return min(bound, quota(root, membership) or bound)


def workers(root: Path = _ROOT, membership: Path = _MEMBERSHIP) -> int:
    """Of a web server: as many as the quota pays for, else one for each core and at least two."""
    return min(quota(root, membership) or max(2, cores(root, membership)), 16)


def quota(root: Path = _ROOT, membership: Path = _MEMBERSHIP) -> int | None:
    """The cores that the narrowest quota above this process pays for, rounded up; None without one.

    ``docker run --cpus=1`` and systemd's ``CPUQuota=`` set one; the affinity says nothing of it.

    Args:
        root: where the control groups are mounted, version 1 or 2.
        membership: says which of them this process is in.
    """
    shares = [share for folder in _folders(root, membership) if (share := _share(folder))]
    return max(1, math.ceil(min(shares))) if shares else None


def _folders(root: Path, membership: Path) -> Iterator[Path]:
    try:
        lines = membership.read_text("utf-8").splitlines()
    except (OSError, UnicodeError):  # another system than Linux
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if "cpu" in controllers.split(",") or not controllers:
            mounted = root / "cpu" if controllers else root
            group = mounted / path.strip("/")
            yield group
            yield from (parent for parent in group.parents if parent.is_relative_to(mounted))


def _share(folder: Path) -> float:
    """The quota of one control group in cores; 0 without one."""
    for names in (("cpu.max",), ("cpu.cfs_quota_us", "cpu.cfs_period_us")):
        try:
            words = " ".join((folder / name).read_text("ascii") for name in names).split()
            return max(0.0, int(words[0]) / int(words[1]))
        except (OSError, ValueError):  # not of this version, or "max"
            continue
    return 0.0
