"""How often the likeliest digit is the right one.

On MNIST's test images, on drawings by writers that were held out, and on every drawing of a site,
read by networks of the same recipe that never saw this site (where the run has them).
"""

from __future__ import annotations

from pathlib import Path

from recognizer.runs.loaded_run import LoadedRun
from trainer.data.collection import load_data
from trainer.evaluation.answers import CalibratedNetwork
from trainer.evaluation.figures import by_site, measure_sites
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.samples import main_samples
from trainer.figures.figure import Figure, share
from trainer.runs.wording import set_name

HEADLINES = tuple(
    ("", set_name(key)) for key in ("mnist_test", "held_out_writers", "held_out_sites")
)


def measure(run: LoadedRun, data_folder: Path) -> list[Figure]:
    """A figure for each set of samples, and for each site in it.

    Raises:
        DataError: a data set is missing or damaged.
        RunError: a network of the run cannot be loaded.
    """
    data = load_data(data_folder)
    network = CalibratedNetwork(run)
    whole = [
        Measurement(samples, network.answer(samples)) for samples in main_samples(run.details, data)
    ]
    parts = [part for measurement in whole for part in by_site(measurement)]
    unknown = measure_sites(run.folder, run.details, data.drawings)
    return [share(set_name(one.key), one.right, one.total) for one in (*whole, *parts, *unknown)]
