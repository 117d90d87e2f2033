"""The pictures of what a run answered to a set of samples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from trainer.evaluation import measures
from trainer.evaluation.answers import Answers
from trainer.evaluation.hard_samples import confidently_wrong, hardest
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.wording import change_name, percent
from trainer.report.pictures.picture import Picture
from trainer.report.plots.confusion import plot_confusion
from trainer.report.plots.digits import plot_digits
from trainer.report.plots.reliability import plot_reliability
from trainer.report.plots.spread import Line, plot_spread
from trainer.report.shown import fair_choice
from trainer.runs.samples_file import GRID

_WRITERS = 30  # the worst ones that are plotted
_MISREAD = 50  # digits of the sheet of misread ones
_MARKS = (
    "Above each digit the answer and its confidence, below it the label; "
    "✓ and a plain frame: right, ✗ and a dashed frame: wrong."
)


def answer_pictures(measurement: Measurement) -> Iterator[Picture]:
    """All that can be shown of a set that was measured in detail."""
    yield from _digit_pictures(measurement)
    yield _confusion(measurement)
    yield _reliability(measurement)
    yield _robustness(measurement)
    if measurement.writers:
        yield _writers(measurement)


def _digit_pictures(measurement: Measurement) -> Iterator[Picture]:
    for name, title, places, choice in _choices(measurement.answers):
        if places:
            yield Picture(
                _name(name, measurement), title, f"{choice} {_MARKS}",
                f"{len(places)} digits: {_in_words(measurement, places)}.",
                lambda theme, places=places: plot_digits(theme, measurement, places),  # type: ignore[misc]
            )  # fmt: skip


def _choices(answers: Answers) -> Iterator[tuple[str, str, list[int], str]]:
    """Name, title, places and how they were chosen."""
    yield "predictions", "Predictions", fair_choice(answers, GRID), "Chosen at random."
    wrong = confidently_wrong(answers)
    shown = sorted(wrong[:_MISREAD], key=lambda at: (answers.labels[at], answers.digits[at]))
    how_many = "All" if len(shown) == len(wrong) else f"The {len(shown)} surest of"
    yield "misread", "Misread digits", shown, f"{how_many} {len(wrong):,}, by label."
    yield (
        "sure-mistakes", "Wrong and sure of it", wrong[:GRID],
        "The mistakes with the highest confidence.",
    )  # fmt: skip
    yield "hardest", "The hardest", hardest(answers, GRID), "Whose label seemed least likely."


def _confusion(measurement: Measurement) -> Picture:
    matrix = measures.confusion_matrix(measurement.answers)
    mistakes = Counter(
        {(label, answer): count for label, row in enumerate(matrix)
         for answer, count in enumerate(row) if label != answer and count}
    )  # fmt: skip
    most = ", ".join(
        f"{label} read as {answer}: {count}" for (label, answer), count in mistakes.most_common(5)
    )
    return Picture(
        _name("confusion", measurement), "What is taken for what",
        "A row for each label, a column for each answer; right answers on the diagonal.",
        f"The most frequent mistakes: {most}." if most else "No mistakes.",
        lambda theme: plot_confusion(theme, matrix),
    )  # fmt: skip


def _reliability(measurement: Measurement) -> Picture:
    error = measures.expected_calibration_error(measurement.answers)
    bins = measures.reliability(measurement.answers)
    return Picture(
        _name("reliability", measurement), "Is it as sure as it is right?",
        f"Answers in {measures.BINS} equally wide bins by the confidence of the likeliest digit; "
        "on the dashed line confidence means what it says. Bins of a few answers say little.",
        f"The expected calibration error is {percent(error)}.",
        lambda theme: plot_reliability(theme, bins),
    )  # fmt: skip


def _robustness(measurement: Measurement) -> Picture:
    plain, *changed = measurement.robustness
    lines = [Line(change_name(change), change.accuracy, change.interval) for change in changed]
    worst = min(changed, key=lambda change: change.accuracy)
    return Picture(
        _name("robustness", measurement), "When the samples are changed",
        f"The same {plain.total:,} samples after each change, with 95 % intervals.",
        f"{percent(plain.accuracy)} unchanged; the worst is {change_name(worst)} with "
        f"{percent(worst.accuracy)}.",
        lambda theme: plot_spread(theme, lines, plain.accuracy, "unchanged"),
    )  # fmt: skip


def _writers(measurement: Measurement) -> Picture:
    spread = measurement.writers
    assert spread is not None
    lines = [
        Line(f"{writer.writer} ({writer.total})", writer.accuracy, writer.interval)
        for writer in spread.writers[:_WRITERS]
    ]
    median = spread.quantile(0.5)
    return Picture(
        _name("writers", measurement), "Writer by writer",
        "The worst first, with 95 % intervals and the number of drawings in brackets.",
        f"{len(spread.writers)} writers; the median is {percent(median)}, "
        f"the worst {percent(spread.quantile(0))}.",
        lambda theme: plot_spread(theme, lines, median, "median of the writers"),
    )  # fmt: skip


def _name(name: str, measurement: Measurement) -> str:
    return f"{name}-{measurement.key.replace('_', '-')}"


def _in_words(measurement: Measurement, places: Sequence[int]) -> str:
    answers = measurement.answers
    return ", ".join(
        f"{answers.labels[place]} {'right' if answers.right[place] else 'read as'}"
        + ("" if answers.right[place] else f" {answers.digits[place]}")
        for place in places
    )
