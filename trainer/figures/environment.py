"""The environment of a measurement: its date, the machine, and the versions of what computed."""

from __future__ import annotations

import os
import platform
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("numpy", "opencv-python-headless", "onnxruntime", "pillow", "keras", "tensorflow")
_PROCESSORS = Path("/proc/cpuinfo")


def describe_environment() -> dict[str, str]:
    """Date, machine and versions, in words."""
    return {
        "date": f"{datetime.now(timezone.utc):%Y-%m-%d}",
        "machine": f"{_processor()}, {os.cpu_count()} cores",
        "versions": ", ".join(_versions()),
    }


def _processor() -> str:
    try:
        lines = _PROCESSORS.read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _versions() -> list[str]:
    versions = [f"Python {platform.python_version()}"]
    for package in _PACKAGES:
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return versions
