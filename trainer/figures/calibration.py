"""Whether a confidence of 0.9 means that nine in ten are right.

The expected calibration error is of the likeliest digit, in 15 equally wide bins, with bootstrapped
intervals.  The held-out writers fitted the run's temperature, so they are measured once more with a
temperature fitted on the other half of the writers.  The tables are the reliability diagram.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from recognizer.calibration import calibrate
from recognizer.runs.loaded_run import LoadedRun
from trainer.data.collection import load_data
from trainer.data.people import authors
from trainer.evaluation.answers import Answers, CalibratedNetwork
from trainer.evaluation.calibration import fit_temperature
from trainer.evaluation.intervals import bootstrap_interval
from trainer.evaluation.measures import expected_calibration_error, reliability
from trainer.evaluation.samples import HELD_OUT_WRITERS, Samples, main_samples
from trainer.evaluation.writers import odd_half
from trainer.figures.figure import SHARE, Figure, share
from trainer.runs.wording import set_name

ERROR = "expected calibration error"
STRANGERS = f"{ERROR}: {set_name(HELD_OUT_WRITERS)}, temperature from other writers"
HEADLINES = (("", f"{ERROR}: {set_name(HELD_OUT_WRITERS)}"), ("", STRANGERS))


def measure(run: LoadedRun, data_folder: Path) -> list[Figure]:
    """Errors, and the bins behind them.

    Raises:
        DataError: a data set is missing or damaged.
    """
    network, samples = CalibratedNetwork(run), main_samples(run.details, load_data(data_folder))
    asked = [(one, network.answer(one)) for one in samples]
    errors = [_error(f"{ERROR}: {set_name(one.key)}", answers) for one, answers in asked]
    strangers = [
        _error(STRANGERS, fitted_on_others(one, answers)) for one, answers in asked if one.drawings
    ]
    bins = [figure for one, answers in asked for figure in _bins(set_name(one.key), answers)]
    return [*errors, *strangers, *bins]


def fitted_on_others(samples: Samples, answers: Answers) -> Answers:
    """Answers to drawings whose temperature was fitted on the other half of their writers."""
    is_odd = odd_half(authors(samples.drawings))
    if is_odd.all() or not is_odd.any():
        return answers
    fitted = answers.probabilities.copy()
    for one, other in ((is_odd, ~is_odd), (~is_odd, is_odd)):
        # Temperatures multiply, so the run's own need not be undone first.
        temperature = fit_temperature(answers.probabilities[other], answers.labels[other])
        fitted[one] = calibrate(answers.probabilities[one], temperature)
    return Answers(answers.key, fitted, answers.labels)


def _error(name: str, answers: Answers) -> Figure:
    error = expected_calibration_error(answers)
    total = len(answers.labels)
    interval = bootstrap_interval(
        lambda places: expected_calibration_error(answers.take(places)), total
    )
    return Figure(name, error, *interval, total, SHARE)


def _bins(name: str, answers: Answers) -> Iterator[Figure]:
    for group in reliability(answers):
        if group.count:
            row = f"{name} · {group.low:.3f} to {group.high:.3f}"
            mean = group.confidence
            yield Figure("mean confidence", mean, mean, mean, group.count, SHARE, row)
            yield share("right", round(group.accuracy * group.count), group.count, row)
