"""The command ``python -m recognizer``: drawings in files in, a line of answer each out."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from recognizer.command_line.answer_lines import (
    Answer,
    AnswerWriter,
    JsonLines,
    TabSeparated,
    file_name,
)
from recognizer.command_line.answer_table import TerminalTable
from recognizer.command_line.drawing_files import STANDARD_INPUT, Entry, Watch, read_entries
from recognizer.errors import RecognizerError
from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import load_run
from recognizer.runs.pointer import read_current
from recognizer.strokes import Drawing

ALL_ANSWERED, SOME_UNREADABLE, NO_MODEL = 0, 1, 2
_INTERRUPTED, _BROKEN_PIPE = 130, 141  # what a shell reports for a program ended by the signal

_BATCH = 64  # drawings that are held and answered together
_MANY_BYTES = 1 << 20  # of files that take long enough for a progress bar

_DESCRIPTION = """\
Recognise the digits drawn in files. A file is one drawing as JSON or a drawing a line (JSON
lines, recognised by the name or by the first line), as the web app's POST /api/v1/predictions
takes them, plain or gzipped. Answers come in the drawings' order, a line each: a table on a
terminal, else the tab-separated columns file, line, verdict, text, confidence."""
_EPILOG = """\
exit status: 0 all drawings answered, 1 some could not be read (they are named on standard
error and the rest is answered), 2 wrong usage or no model to ask"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status (wrong usage raises SystemExit with 2)."""
    options = _parser().parse_args(arguments)
    messages = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
    try:
        recognizer = _recognizer(options.models, options.run)
    except RecognizerError as error:
        messages.print(str(error))
        return NO_MODEL
    try:
        with _progress(options.files, messages) as watch:
            return _answer(recognizer, options.files, _writer(options.json), messages, watch)
    except BrokenPipeError:  # as when piped into head
        # What is still buffered would fail once more when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        return _INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m recognizer", None, _DESCRIPTION, _EPILOG)
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file; - is standard input")
    parser.add_argument("--json", action="store_true", help="an object a line: file, line, answer")
    beside = Path(__file__).resolve().parents[2] / "models"
    parser.add_argument(
        "--models",
        type=Path,
        metavar="DIR",
        default=Path(os.environ.get("NET_MODELS_DIR") or beside),
        help="the folder of runs (default: $NET_MODELS_DIR, else models beside this package)",
    )
    parser.add_argument("--run", metavar="NAME", help="the run to ask (default: the current one)")
    return parser


def _recognizer(models_folder: Path, run_name: str | None) -> Recognizer:
    return Recognizer(load_run(models_folder, run_name or read_current(models_folder)))


def _writer(as_json: bool) -> AnswerWriter:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # names that the locale's encoding has not
    if as_json:
        return JsonLines(sys.stdout)
    return TerminalTable(Console()) if sys.stdout.isatty() else TabSeparated(sys.stdout)


@contextmanager
def _progress(files: Sequence[str], messages: Console) -> Iterator[Watch | None]:
    """A bar a file on a terminal; none where the answers themselves scroll by there."""
    named = [file for file in files if file != STANDARD_INPUT and os.path.isfile(file)]
    is_long = sum(os.path.getsize(file) for file in named) >= _MANY_BYTES
    if not is_long or not messages.is_terminal or sys.stdout.isatty():
        yield None
        return
    with Progress(console=messages, transient=True, redirect_stdout=False) as progress:

        def watch(opened: BinaryIO, file: str) -> BinaryIO:
            size = os.fstat(opened.fileno()).st_size
            return progress.wrap_file(opened, size, description=escape(file))

        yield watch


def _answer(
    recognizer: Recognizer,
    files: Sequence[str],
    writer: AnswerWriter,
    messages: Console,
    watch: Watch | None,
) -> int:
    status = ALL_ANSWERED
    entries = chain.from_iterable(read_entries(file, watch) for file in files)
    while batch := list(islice(entries, _BATCH)):
        answers = _answers(recognizer, batch)
        writer.write(answers)
        for entry, answer in answers:
            if isinstance(answer, RecognizerError):
                messages.print(f"{file_name(entry)}:{entry.line}: {answer}")
                status = SOME_UNREADABLE
    return status


def _answers(recognizer: Recognizer, entries: Sequence[Entry]) -> list[Answer]:
    drawings = [entry.content for entry in entries if isinstance(entry.content, Drawing)]
    predictions = iter(recognizer.recognize_all(drawings))
    return [
        (entry, next(predictions) if isinstance(entry.content, Drawing) else entry.content)
        for entry in entries
    ]
