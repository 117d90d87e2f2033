"""The data sets that a run is measured on, read and held against what the run was made from."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trainer.data.collection import Data, Wanted, load_data
from trainer.data.location import data_folder


def load_run_data(
    data_dir: Path | None, *runs: Mapping[str, Any], outliers: Wanted = "none"
) -> Data:
    """MNIST, and the stroke files: required where a run held out writers of theirs.

    A data set that differs from the one a run was made from is named on standard error, since
    its figures may differ for that.

    Args:
        data_dir: what ``--data-dir`` says.
        runs: what the run.json of each holds.
        outliers: whether letters and symbols are read, too.

    Raises:
        DataError: a data set is missing or damaged.
    """
    held_out = any(run.get("splits", {}).get("writers", {}).get("validation") for run in runs)
    folder = data_folder(data_dir)
    data = load_data(folder, drawings="required" if held_out else "optional", outliers=outliers)
    for run in runs:
        for name, origin in data.origins.items():
            known = run.get("datasets", {}).get(name, {}).get("sha256")
            if known and known != origin.get("sha256"):
                print(
                    f"trainer: {name} in {folder} is not the file {run['name']} was made from",
                    file=sys.stderr,
                )
    return data
