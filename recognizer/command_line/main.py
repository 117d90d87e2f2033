"""The command ``python -m recognizer``: drawings and pictures in, a line of answer each out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import TextIO

from rich.console import Console

from recognizer.command_line.answers.answer import printable
from recognizer.command_line.answers.answered import WHOLE
from recognizer.command_line.answers.output_file import OutputFile
from recognizer.command_line.answers.rows import ROW_FORMS
from recognizer.command_line.answers.writers import AnswerWriter, LineWriter, to_standard_output
from recognizer.command_line.inputs.entry import Entry
from recognizer.command_line.inputs.sources import Found, FoundStream
from recognizer.command_line.machine_errors import MACHINE_ERRORS, machine_sentence
from recognizer.command_line.options import Options, read_options
from recognizer.command_line.processes.answering import Item, Question, UnreadFile
from recognizer.command_line.processes.ordered import OrderedAnswers, StreamItem
from recognizer.command_line.processes.ray_cluster import ray_cluster
from recognizer.command_line.progress import Progressing, show_progress
from recognizer.errors import RecognizerError
from recognizer.processors import available_processors
from recognizer.runs.pointer import read_current

ALL_ANSWERED, SOME_UNREADABLE, NOT_POSSIBLE = 0, 1, 2
_INTERRUPTED, _BROKEN_PIPE = 130, 141  # what a shell reports for a program ended by the signal

_TABLE = "table"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status (wrong usage raises SystemExit with 2)."""
    options = read_options(arguments)
    messages = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
    try:
        return _answer(options, messages)
    except RecognizerError as error:
        messages.print(str(error))
        return NOT_POSSIBLE
    except BrokenPipeError:  # as when piped into head
        # What is still buffered would fail once more when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except MACHINE_ERRORS as error:
        messages.print(machine_sentence(error, "requirements/serve.txt"))
        return NOT_POSSIBLE
    except KeyboardInterrupt:
        messages.print("interrupted")
        return _INTERRUPTED


def _answer(options: Options, messages: Console) -> int:
    form = _form(options)
    standard_output = sys.stdout  # for the answers alone, while a cluster prints what it likes
    question = Question(
        options.models, options.run or read_current(options.models), options.mode, form
    )
    with ExitStack() as stack:
        scroll = options.output is None and sys.stdout.isatty()
        progress = stack.enter_context(show_progress(options.sources, messages, scroll))
        asked = _asked(options, question, progress, stack)
        stack.callback(asked.close)
        output = None
        if options.output is not None:
            output = OutputFile(options.output, ROW_FORMS[form], resume=options.resume)
            stack.callback(output.close)
        items = _items(
            options, form, output, progress, lambda text: messages.print(printable(text))
        )
        writer = _writer(form, output, standard_output)
        is_answered = _write(asked, items, writer, messages, progress.advance)
    if output is not None and output.has_problems:
        return SOME_UNREADABLE
    return ALL_ANSWERED if is_answered else SOME_UNREADABLE


def _asked(
    options: Options, question: Question, progress: Progressing, stack: ExitStack
) -> OrderedAnswers:
    """Choose who answers: processes of this machine, or of a cluster."""
    if options.ray is None:
        return OrderedAnswers(question, options.jobs or available_processors(), progress.watch)
    cluster = stack.enter_context(ray_cluster(options.ray))
    cluster.hand_over(question)
    jobs = options.jobs or cluster.processors
    return OrderedAnswers(question, jobs, progress.watch, cluster.start)


def _form(options: Options) -> str:
    if options.form is not None:
        return options.form
    return _TABLE if options.output is None and sys.stdout.isatty() else "columns"


def _writer(form: str, output: OutputFile | None, standard_output: TextIO) -> AnswerWriter:
    if output is not None:
        return LineWriter(output.write)
    header = None if form == _TABLE else ROW_FORMS[form].header
    return to_standard_output(header, standard_output)


def _items(
    options: Options,
    form: str,
    output: OutputFile | None,
    progress: Progressing,
    say: Callable[[str], None],
) -> Iterator[Item | StreamItem | None]:
    """What is still to be answered, in its order; None where more comes only later."""
    if output is None:
        yield from map(_item, options.sources.find(say=say))
        return
    for found in options.sources.find(os.path.realpath(output.path), say):
        if found is None or isinstance(found, Entry):
            yield found
        elif (after := output.answered.take(ROW_FORMS[form].name(found.name))) == WHOLE:
            progress.advance(1)
        else:
            yield _item(found, after)


def _item(found: Found | None, after: int = 0) -> Item | StreamItem | None:
    if found is None or isinstance(found, Entry):
        return found
    return (StreamItem if isinstance(found, FoundStream) else UnreadFile)(found.name, after)


def _write(
    asked: OrderedAnswers,
    items: Iterator[Item | StreamItem | None],
    writer: AnswerWriter,
    messages: Console,
    finished: Callable[[int], None],
) -> bool:
    """Write every answer and name every problem; returns whether there was none."""
    is_answered = True
    for answers in asked.answers(items, finished):
        writer.write(answers)
        for answer in answers:
            if answer.problem is not None:
                messages.print(f"{printable(answer.file)}:{answer.line}: {answer.problem.message}")
                is_answered = False
    return is_answered
