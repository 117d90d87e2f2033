"""What there is to train on, and the fastest arithmetic it is made for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from trainer.quiet_start import DEVICES  # isort: skip  # before anything else imports Keras

import keras

from recognizer.processors import available_processors

_CPU_FACTS = Path("/proc/cpuinfo")
_BFLOAT16_UNITS = ("amx_bf16", "avx512_bf16")


@dataclass(frozen=True)
class Hardware:
    """Where a training runs.

    Attributes:
        backend: Keras's release and what it computes with, with its release.
        devices: as Keras names them.
        processors: that this process may use.
        precision: what the setting "auto" means here.
    """

    backend: str
    devices: tuple[str, ...]
    processors: int
    precision: str

    @property
    def has_gpu(self) -> bool:
        """Whether there is a graphics processor."""
        return any(device.startswith("gpu") for device in self.devices)

    def __str__(self) -> str:
        devices = ", ".join(self.devices) or "no devices"
        return f"{self.backend}; {devices}; {self.processors} processors; {self.precision}"

    def as_json(self) -> dict[str, Any]:
        """As run.json holds it."""
        return asdict(self)


def find_hardware() -> Hardware:
    """Look at this machine."""
    devices = tuple(DEVICES)
    return Hardware(_backend(), devices, available_processors(), _fastest_precision(devices))


def resolve_precision(setting: str, hardware: Hardware) -> str:
    """The Keras dtype policy that a recipe's ``precision`` means here."""
    return hardware.precision if setting == "auto" else setting


@contextmanager
def dtype_policy(name: str) -> Iterator[None]:
    """Layers made within the ``with`` block compute in this policy where they name none."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(name)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def _backend() -> str:
    name = keras.backend.backend()
    try:
        release = version(name)
    except PackageNotFoundError:
        release = "of unknown release"
    return f"Keras {keras.__version__} on {name} {release}"


def _fastest_precision(devices: tuple[str, ...]) -> str:
    """bfloat16 where a processor has units for it, and on every GPU and TPU; else float32."""
    if any(device.startswith(("gpu", "tpu")) for device in devices):
        return "mixed_bfloat16"
    try:
        facts = _CPU_FACTS.read_text("utf-8", errors="replace")
    except OSError:
        return "float32"
    return "mixed_bfloat16" if any(unit in facts for unit in _BFLOAT16_UNITS) else "float32"
