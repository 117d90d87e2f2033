"""What the sets and the figures are called in front of people."""

from __future__ import annotations

from trainer.evaluation.robustness import Robustness

_SETS = {
    "mnist_test": "MNIST test images",
    "held_out_writers": "drawings by held-out writers",
    "held_out_sites": "drawings from held-out sites",
    "own_images": "own images",
    "own_drawings": "own drawings",
    "usps": "USPS, its test images",
    "emnist-digits": "EMNIST, its test digits (by writers who are in MNIST, too)",
    "sklearn-digits": "scikit-learn's digits",
}


def set_name(key: str) -> str:
    """A set by its key, as ``held_out_writers/ibm``: "drawings by held-out writers: ibm"."""
    group, _, site = key.partition("/")
    name = _SETS.get(group, group)
    return f"{name}: {site}" if site else name


def percent(share: float) -> str:
    """A share, 0-1, as "99.56 %"."""
    return f"{100 * share:.2f} %"


def percent_interval(interval: tuple[float, float]) -> str:
    """Bounds, 0-1, as "99.41 - 99.67 %"."""
    return f"{100 * interval[0]:.2f} - {100 * interval[1]:.2f} %"


def change_name(change: Robustness) -> str:
    """What was done to the samples, as "turned: ±10°"."""
    return f"{change.change}: {change.strength}" if change.change else "unchanged"
