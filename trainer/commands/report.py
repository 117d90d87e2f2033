"""``python -m trainer report``: a page and pictures that show how good a run is."""

from __future__ import annotations

import argparse
from pathlib import Path

from recognizer.runs.folder import verify
from trainer.commands.options import Commands, add_data_dir, add_models, add_run
from trainer.report.language import ENGLISH, languages, speaking
from trainer.runs.listing import resolve_run

_DESCRIPTION = """\
Measure a run as evaluate does and write what came out: report.html, one page that needs no other
file, no script and no network, its pictures as PNG files, and samples.json, the digits with their
answers for programs. Curves of loss, accuracy and learning rate, predictions right and wrong,
confusion matrices, calibration, robustness, writer by writer, what each data set contributed, and
how the run was made. The run itself is never written to.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "report", help="write a page with plots about a run",
        description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    add_run(command)
    command.add_argument(
        "--output", type=Path, metavar="DIR",
        help="the folder to write to; default: reports/RUN, where the command is called",
    )  # fmt: skip
    command.add_argument(
        "--language", choices=languages(), default=ENGLISH,
        help=f"the language of the page and of its pictures; default: {ENGLISH}",
    )  # fmt: skip
    add_data_dir(command)
    add_models(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from trainer.commands.run_data import load_run_data
    from trainer.evaluation.figures import evaluate
    from trainer.report.output import prepare_output
    from trainer.report.writing import make_report, write_report

    folder = resolve_run(options.models, options.name)
    details = verify(folder)
    output = prepare_output(options.output or Path("reports") / folder.name)
    data = load_run_data(options.data_dir, details, outliers="optional")
    measurements = evaluate(folder, details, data)
    with speaking(options.language):
        print(write_report(make_report(folder, details, data, measurements), output))
    return 0
