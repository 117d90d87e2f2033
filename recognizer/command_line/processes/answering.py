"""Answer entries: drawings together, pictures one by one, each answer in its form of output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from recognizer.command_line.answers.answer import Answer, Problem, problem_of
from recognizer.command_line.answers.reasons import reason_of
from recognizer.command_line.answers.rows import ROW_FORMS, Explained
from recognizer.command_line.inputs.contents import read_short_file
from recognizer.command_line.inputs.entry import Entry
from recognizer.errors import RecognizerError
from recognizer.prediction import Prediction
from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import load_run
from recognizer.strokes import Drawing, Mode, parse_drawing


@dataclass(frozen=True)
class Question:
    """What is asked about every drawing and picture, and in which form it is answered.

    Attributes:
        models_folder: where the run lies.
        run: its name.
        mode: how to read everything, or None: drawings as they say themselves, pictures ``auto``.
        form: a key of ``ROW_FORMS``, or ``table``.
    """

    models_folder: Path
    run: str
    mode: Mode | None
    form: str


@dataclass(frozen=True)
class UnreadFile:
    """A file that whoever answers it also reads.

    Attributes:
        name: its path.
        after: the last of its lines that needs no answer any more; 0 if all do.
    """

    name: str
    after: int = 0


@dataclass(frozen=True)
class TooLong:
    """A file holds more than is read at once: read it as a stream."""

    file: UnreadFile


Item = Entry | UnreadFile
Result = tuple[Answer, ...] | TooLong


def entries_of(item: Item) -> list[Entry] | None:
    """What is to be answered of an item, read if need be; None for a file that is too long."""
    if isinstance(item, Entry):
        return [item]
    entries = read_short_file(item.name)
    return entries and [entry for entry in entries if entry.line > item.after]


def results_of(
    items: Sequence[Item], groups: Sequence[list[Entry] | None], answers: Iterator[Answer]
) -> list[Result]:
    """Deal answers out again to the items whose entries they belong to."""
    return [
        TooLong(item) if group is None else tuple(next(answers) for _ in group)  # type: ignore[arg-type]
        for item, group in zip(items, groups, strict=True)
    ]


class Answerer:
    """Answers items with one run, in this process."""

    def __init__(self, question: Question) -> None:
        """Load the run; raises RunError if it cannot be."""
        self._mode = question.mode
        self._form = ROW_FORMS.get(question.form)
        self._run = load_run(question.models_folder, question.run)
        self._recognizer = Recognizer(self._run)

    def answer(self, items: Sequence[Item]) -> list[Result]:
        """The result of each item, in their order."""
        groups = [entries_of(item) for item in items]
        answers = self._answers([entry for group in groups if group for entry in group])
        return results_of(items, groups, answers)

    def _answers(self, entries: Sequence[Entry]) -> Iterator[Answer]:
        contents = [self._content(entry) for entry in entries]
        drawings = [content for content in contents if isinstance(content, Drawing)]
        predictions = iter(self._recognizer.recognize_all(drawings))
        for entry, content in zip(entries, contents, strict=True):
            yield self._in_form(
                entry, next(predictions) if isinstance(content, Drawing) else content
            )

    def _content(self, entry: Entry) -> Drawing | Prediction | RecognizerError:
        """A drawing that is still to be answered, or the answer to a picture."""
        if not isinstance(entry.content, bytes):
            return entry.content
        try:
            if entry.is_picture:
                return self._recognizer.recognize_picture(entry.content, self._mode or "auto")
            drawing = parse_drawing(entry.content)
        except RecognizerError as error:
            return error
        return drawing if self._mode is None else replace(drawing, mode=self._mode)

    def _in_form(self, entry: Entry, answer: Prediction | RecognizerError) -> Answer:
        problem = problem_of(answer) if isinstance(answer, RecognizerError) else None
        outcome = problem or answer
        assert isinstance(outcome, (Prediction, Problem))
        if self._form is None:
            prediction = outcome if isinstance(outcome, Prediction) else None
            return Answer(entry.file, entry.line, problem, prediction=prediction)
        row = self._form.row(entry.file, entry.line, outcome)
        if isinstance(self._form, Explained) and isinstance(outcome, Prediction) and row:
            run = self._run
            thresholds = run.picture_thresholds if entry.is_picture else run.thresholds
            row = self._form.explained(row, reason_of(outcome, thresholds))
        return Answer(entry.file, entry.line, problem, row)
