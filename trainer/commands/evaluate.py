"""``python -m trainer evaluate``: how good a run is, in numbers and plots."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recognizer.runs.folder import verify
from recognizer.suggestions import did_you_mean
from trainer.commands.options import Commands, add_data_dir, add_models, add_run
from trainer.commands.printing.console import table_console
from trainer.data.fetch.sources import TEST_SOURCES, Source, find_source
from trainer.data.location import data_folder
from trainer.errors import DataError
from trainer.runs.listing import resolve_run
from trainer.runs.plain_json import json_text

if TYPE_CHECKING:
    from trainer.evaluation.measurement import Measurement

EVALUATION_FILE = "evaluation.json"
TEST_SETS = [source.name for source in TEST_SOURCES]
_DESCRIPTION = """\
Measure a run on what its networks never saw: MNIST's test images, the drawings of writers that were
held out, and the drawings of whole sites, each read by a network that was trained without it. What
is measured is what is served: the ONNX networks, the recognizer's geometry, the run's calibration.

Of each set: accuracy with its 95 % interval (Wilson), cross-entropy, top-2 accuracy and expected
calibration error. Of the main sets also: precision, recall, F1 and support of each digit, the
confusion matrix, the accuracy writer by writer, the hardest and the most confidently wrong samples,
and the accuracy after the samples (2,000 of them at most) are shifted, turned, scaled, thinned,
thickened, made noisy or blurred; drawings are moved, resized, resampled and turned as strokes.
What each figure means: docs/evaluation.md.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "evaluate", help="measure a run on what it has not seen",
        description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    add_run(command)
    command.add_argument(
        "--data", type=Path, metavar="PATH|SET",
        help="measure on your own data instead: a file of drawings (JSON lines), or a folder with "
        "such files or with folders 0 to 9 of pictures; or on a public set that no recipe trains "
        f"on: {', '.join(TEST_SETS)} (python -m trainer data fetch SET brings it)",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="print JSON instead of tables")
    command.add_argument(
        "--output", type=Path, metavar="DIR",
        help=f"write {EVALUATION_FILE} and the plots (PNG) into this folder, too",
    )  # fmt: skip
    add_data_dir(command)
    add_models(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from trainer.commands.printing.evaluation_tables import tables
    from trainer.report.output import prepare_output

    folder = resolve_run(options.models, options.name)
    details = verify(folder)
    if options.output:
        import trainer.report.writing  # noqa: F401  # what is missing is said before minutes of work

        prepare_output(options.output)
    measurements = _measure(folder, details, options)
    figures = {measurement.key: measurement.as_json() for measurement in measurements}
    if options.output:
        _write(options.output, figures, measurements)
    if options.json:
        print(json_text(figures, indent=1))
    else:
        console = table_console()
        for table in tables(folder.name, measurements):
            console.print(table)
            console.print()
    return 0


def _measure(
    folder: Path, details: Mapping[str, Any], options: argparse.Namespace
) -> list[Measurement]:
    from trainer.commands.run_data import load_run_data
    from trainer.data.own import load_own
    from trainer.data.picture_sets import load_test_set
    from trainer.evaluation.figures import evaluate, evaluate_own, evaluate_samples
    from trainer.evaluation.samples import images_as_samples

    if options.data is None:
        return evaluate(folder, details, load_run_data(options.data_dir, details))
    if not options.data.exists():
        source = _test_set(str(options.data))
        images = load_test_set(source, data_folder(options.data_dir))
        return evaluate_samples(folder, details, [images_as_samples(source.name, images)])
    own = load_own(options.data)
    return evaluate_own(folder, details, own.images, own.drawings)


def _test_set(name: str) -> Source:
    if name not in TEST_SETS:
        raise DataError(f"there is no {name}{did_you_mean(name, TEST_SETS)}")
    return find_source(name)


def _write(output: Path, figures: dict[str, Any], measurements: Sequence[Measurement]) -> None:
    from recognizer.atomic_file import write_atomically
    from trainer.report.output import written_to
    from trainer.report.pictures.answers import answer_pictures
    from trainer.report.writing import write_pictures

    with written_to(output):
        text = json_text(figures, indent=1) + "\n"
        write_atomically(output / EVALUATION_FILE, text.encode())
        for measurement in measurements:
            if measurement.robustness:
                write_pictures(answer_pictures(measurement), output)
