"""The pictures of what a run answered to a set of samples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from trainer.evaluation import measures
from trainer.evaluation.answers import Answers
from trainer.evaluation.hard_samples import confidently_wrong, hardest
from trainer.evaluation.measurement import Measurement
from trainer.report.language import gettext as _
from trainer.report.language import number
from trainer.report.pictures.picture import Picture
from trainer.report.plots.confusion import plot_confusion
from trainer.report.plots.digits import plot_digits
from trainer.report.plots.reliability import plot_reliability
from trainer.report.plots.spread import Line, plot_spread
from trainer.report.shown import fair_choice
from trainer.report.wording import change_name, percent
from trainer.runs.samples_file import GRID
from trainer.settings.definition import N_

_WRITERS = 30  # the worst ones that are plotted
_MISREAD = 50  # digits of the sheet of misread ones
_MARKS = N_(
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
                _name(name, measurement), title, f"{choice} {_(_MARKS)}",
                _("%(number)s digits: %(words)s.", number=len(places),
                  words=_in_words(measurement, places)),
                lambda theme, places=places: plot_digits(theme, measurement, places),  # type: ignore[misc]
            )  # fmt: skip


def _choices(answers: Answers) -> Iterator[tuple[str, str, list[int], str]]:
    """Name, title, places and how they were chosen."""
    yield (
        "predictions", _("Predicted digits"), fair_choice(answers, GRID), _("Chosen at random."),
    )  # fmt: skip
    wrong = confidently_wrong(answers)
    shown = sorted(wrong[:_MISREAD], key=lambda at: (answers.labels[at], answers.digits[at]))
    yield "misread", _("Misread digits"), shown, _how_many(len(shown), len(wrong))
    yield (
        "sure-mistakes", _("Wrong and sure of it"), wrong[:GRID],
        _("The mistakes with the highest confidence."),
    )  # fmt: skip
    yield (
        "hardest", _("The hardest"), hardest(answers, GRID), _("Whose label seemed least likely."),
    )  # fmt: skip


def _how_many(shown: int, wrong: int) -> str:
    if shown == wrong:
        return _("All %(wrong)s, by label.", wrong=number(wrong))
    return _("The %(shown)s surest of %(wrong)s, by label.", shown=shown, wrong=number(wrong))


def _confusion(measurement: Measurement) -> Picture:
    matrix = measures.confusion_matrix(measurement.answers)
    mistakes = Counter(
        {(label, answer): count for label, row in enumerate(matrix)
         for answer, count in enumerate(row) if label != answer and count}
    )  # fmt: skip
    most = ", ".join(
        _("%(label)s read as %(answer)s: %(count)s", label=label, answer=answer, count=count)
        for (label, answer), count in mistakes.most_common(5)
    )
    return Picture(
        _name("confusion", measurement), _("What is taken for what"),
        _("A row for each label, a column for each answer; right answers on the diagonal."),
        _("The most frequent mistakes: %(most)s.", most=most) if most else _("No mistakes."),
        lambda theme: plot_confusion(theme, matrix),
    )  # fmt: skip


def _reliability(measurement: Measurement) -> Picture:
    error = measures.expected_calibration_error(measurement.answers)
    bins = measures.reliability(measurement.answers)
    return Picture(
        _name("reliability", measurement), _("Is it as sure as it is right?"),
        _("Answers in %(bins)s equally wide bins by the confidence of the likeliest digit; on the "
          "dashed line confidence means what it says. Bins of a few answers say little.",
          bins=measures.BINS),
        _("The expected calibration error is %(error)s.", error=percent(error)),
        lambda theme: plot_reliability(theme, bins),
    )  # fmt: skip


def _robustness(measurement: Measurement) -> Picture:
    plain, *changed = measurement.robustness
    lines = [Line(change_name(change), change.accuracy, change.interval) for change in changed]
    worst = min(changed, key=lambda change: change.accuracy)
    return Picture(
        _name("robustness", measurement), _("When the samples are changed"),
        _("The same %(total)s samples after each change, with 95 %% intervals.",
          total=number(plain.total)),
        _("%(unchanged)s unchanged; the worst is %(change)s with %(accuracy)s.",
          unchanged=percent(plain.accuracy), change=change_name(worst),
          accuracy=percent(worst.accuracy)),
        lambda theme: plot_spread(theme, lines, plain.accuracy, _("unchanged")),
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
        _name("writers", measurement), _("Writer by writer"),
        _("The worst first, with 95 %% intervals and the number of drawings in brackets."),
        _("%(number)s writers; the median is %(median)s, the worst %(worst)s.",
          number=len(spread.writers), median=percent(median), worst=percent(spread.quantile(0))),
        lambda theme: plot_spread(theme, lines, median, _("median of the writers")),
    )  # fmt: skip


def _name(name: str, measurement: Measurement) -> str:
    return f"{name}-{measurement.key.replace('_', '-')}"


def _in_words(measurement: Measurement, places: Sequence[int]) -> str:
    answers = measurement.answers
    return ", ".join(
        _("%(label)s right", label=answers.labels[place]) if answers.right[place]
        else _("%(label)s read as %(answer)s", label=answers.labels[place],
               answer=answers.digits[place])
        for place in places
    )  # fmt: skip
