"""The options of ``python -m recognizer``: what may be said, and what goes together."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recognizer.command_line.inputs.contents import STANDARD_INPUT
from recognizer.command_line.inputs.sources import Sources
from recognizer.command_line.parser import Parser, add_version, whole_number
from recognizer.command_line.processes.ray_cluster import HERE
from recognizer.strokes import MODES, Mode

_DESCRIPTION = """\
Recognise the digits in drawings and pictures. A file is a picture (PNG, JPEG, WebP, BMP, GIF), one
drawing as JSON or a drawing a line (JSON lines, known by the name or by the first line), as the web
app's POST /api/v1/predictions takes them; drawings may be gzipped. A folder is every file under it,
by path, hidden ones left out. Answers come in the order of the files, a line each: a table on a
terminal, else the tab-separated columns file, line, verdict, text, confidence."""
_EPILOG = """\
exit status: 0 everything answered; 1 something could not be read (it is named on standard error and
the rest is answered); 2 wrong usage, no model to ask, or an output that cannot be written; 130
interrupted; 141 whoever read the answers stopped"""


@dataclass(frozen=True)
class Options:
    """What was asked for.

    Attributes:
        sources: where the drawings and pictures are.
        form: ``json``, ``csv``, ``explain`` or ``columns``; None leaves it to where the answers go.
        mode: how to read everything; None leaves it to the drawings.
        jobs: processes that answer at the same time, from 1; None for as many as processors.
        ray: the address of the Ray cluster that answers, empty for this machine's; None for none.
        output: a file for the answers; None is standard output.
        resume: go on with that file.
        models: the folder of runs.
        run: the run to ask; None is the current one.
    """

    sources: Sources
    form: str | None
    mode: Mode | None
    jobs: int | None
    ray: str | None
    output: Path | None
    resume: bool
    models: Path
    run: str | None


def read_options(arguments: Sequence[str] | None) -> Options:
    """Read the command line; wrong usage raises SystemExit with 2."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if not given.files and given.files_from is None:
        parser.error("name a file, a folder or - for standard input, or a list with --files-from")
    if given.files_from == STANDARD_INPUT and STANDARD_INPUT in given.files:
        parser.error("standard input cannot be both a drawing and the list of files")
    if given.nul_separated and given.files_from is None:
        parser.error("-0 says how the list of --files-from is written")
    if given.resume and given.output is None:
        parser.error("--resume goes on with the file that --output names")
    return Options(
        sources=Sources(given.files, given.files_from, given.nul_separated),
        form=given.form,
        mode=given.mode,
        jobs=given.jobs,
        ray=given.ray,
        output=given.output,
        resume=given.resume,
        models=given.models,
        run=given.run,
    )


def _parser() -> argparse.ArgumentParser:
    parser = Parser("python -m recognizer", None, _DESCRIPTION, _EPILOG)
    add_version(parser)
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="file or folder; - is standard input"
    )
    parser.add_argument(
        "--files-from",
        metavar="LIST",
        help="answer the files and folders that LIST names, a line each",
    )
    parser.add_argument(
        *("-0", "--null"),
        dest="nul_separated",
        action="store_true",
        help="LIST is written by -print0",
    )
    _add_answers(parser)
    _add_model(parser)
    return parser


def _add_answers(parser: argparse.ArgumentParser) -> None:
    form = parser.add_mutually_exclusive_group()
    for name, help_ in (
        ("csv", "columns under a header, separated by commas"),
        ("json", "an object a line: file, line, and the answer or the error"),
        ("explain", "the columns, and why: each digit's scores beside the run's thresholds"),
    ):
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name, help=help_)
    parser.add_argument(
        "--mode", choices=MODES, help="one digit, a number, or either (default: as a drawing says)"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write the answers to FILE, which is new"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with FILE: leave out what it answers already"
    )
    parser.add_argument(
        "--jobs",
        type=whole_number(1, 1024),
        metavar="N",
        help="processes that answer at the same time (default: the processors that may be used)",
    )
    parser.add_argument(
        "--ray",
        type=_address,
        nargs="?",
        const=HERE,
        metavar="ADDRESS",
        help="answer on the Ray cluster at HOST:PORT, or on this machine's own",
    )


def _add_model(parser: argparse.ArgumentParser) -> None:
    beside = Path(__file__).resolve().parents[2] / "models"
    parser.add_argument(
        "--models",
        type=Path,
        metavar="DIR",
        default=Path(os.environ.get("NET_MODELS_DIR") or beside),
        help="the folder of runs (default: $NET_MODELS_DIR, else models beside this package)",
    )
    parser.add_argument("--run", metavar="NAME", help="the run to ask (default: the current one)")


def _address(text: str) -> str:
    if text != HERE and not re.fullmatch(r"[\w.\[\]:-]+:\d+", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not HOST:PORT; without an address put it behind the files"
        )
    return text
