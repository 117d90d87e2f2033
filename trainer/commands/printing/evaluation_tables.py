"""The tables that ``evaluate`` prints for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from recognizer.engine import DIGITS
from trainer.commands.printing.console import titled
from trainer.evaluation import measures
from trainer.evaluation.hard_samples import confidently_wrong, hardest
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.samples import writer_id
from trainer.evaluation.wording import change_name, percent, percent_interval
from trainer.evaluation.writers import WriterSpread
from trainer.runs.wording import set_name

_NAMED = 10  # hard samples and writers that are named


def tables(run_name: str, measurements: Sequence[Measurement]) -> Iterator[RenderableType]:
    """All tables: one of all sets, then those of each set that was measured in detail."""
    yield titled(run_name, _sets(measurements))
    for measurement in measurements:
        if measurement.robustness:
            for title, table in _in_detail(measurement):
                yield titled(f"{set_name(measurement.key)}: {title}", table)


def _in_detail(measurement: Measurement) -> Iterator[tuple[str, Table]]:
    answers = measurement.answers
    yield "classification report", _classes(measurement)
    yield "what is taken for what (row: label, column: answer)", _confusion(measurement)
    yield "is it as sure as it is right?", _reliability(measurement)
    if spread := measurement.writers:
        quartiles = ", ".join(percent(spread.quantile(share / 4)) for share in range(5))
        yield (
            f"{len(spread.writers)} writers, lowest, quartiles and highest: {quartiles}",
            _writers(spread),
        )
    yield "the hardest", _samples(measurement, hardest(answers, _NAMED))
    yield "wrong and sure of it", _samples(measurement, confidently_wrong(answers, _NAMED))
    yield f"{measurement.robustness[0].total:,} of them changed", _robustness(measurement)


def _table(first: str, *others: str) -> Table:
    table = Table()
    table.add_column(first)
    for heading in others:
        table.add_column(heading, justify="right")
    return table


def _sets(measurements: Sequence[Measurement]) -> Table:
    table = _table(
        "on", "accuracy", "95 % interval", "wrong", "of", "loss", "top-2", "calibration\nerror"
    )
    for one in measurements:
        group, _, part = one.key.partition("/")
        table.add_row(
            f"  {part}" if part else set_name(group),
            percent(one.accuracy),
            percent_interval(one.interval),
            f"{one.total - one.right:,}",
            f"{one.total:,}",
            f"{measures.cross_entropy(one.answers):.4f}",
            percent(measures.top_2_accuracy(one.answers)),
            percent(measures.expected_calibration_error(one.answers)),
        )
    return table


def _classes(measurement: Measurement) -> Table:
    table = _table("digit", "precision", "recall", "F1", "support")
    for name, row in measures.per_class(measurement.answers).items():
        shares = (percent(row[key]) for key in ("precision", "recall", "f1"))
        table.add_row("mean" if name == "macro" else name, *shares, f"{row['support']:,}")
    return table


def _confusion(measurement: Measurement) -> Table:
    table = _table("", *map(str, range(DIGITS)))
    for label, row in enumerate(measures.confusion_matrix(measurement.answers)):
        table.add_row(
            Text(str(label), "bold"),
            *(_count(count, label == answer) for answer, count in enumerate(row)),
        )
    return table


def _count(count: int, is_right: bool) -> Text:
    if not count:
        return Text("·")
    return Text(f"{count:,}", "bold green" if is_right else "red")


def _reliability(measurement: Measurement) -> Table:
    table = _table("confidence", "answers", "mean confidence", "right")
    for group in measures.reliability(measurement.answers):
        if group.count:
            stretch = f"{group.low:.3f} - {group.high:.3f}"
            shares = percent(group.confidence), percent(group.accuracy)
            table.add_row(stretch, f"{group.count:,}", *shares)
    return table


def _writers(spread: WriterSpread) -> Table:
    table = _table("writer", "accuracy", "95 % interval", "wrong", "of")
    for writer in spread.writers[:_NAMED]:
        wrong = writer.total - writer.right
        shares = percent(writer.accuracy), percent_interval(writer.interval)
        table.add_row(writer.writer, *shares, str(wrong), str(writer.total))
    return table


def _samples(measurement: Measurement, places: Sequence[int]) -> Table:
    answers, samples = measurement.answers, measurement.samples
    table = _table("row", "label", "answer", "confidence", "probability of the label")
    for place in places:
        writer = f" ({writer_id(samples.drawings[place])})" if samples.drawings else ""
        table.add_row(
            f"{samples.rows[place]}{writer}",
            str(answers.labels[place]),
            str(answers.digits[place]),
            percent(float(answers.confidences[place])),
            percent(float(answers.label_probabilities[place])),
        )
    return table


def _robustness(measurement: Measurement) -> Table:
    plain = measurement.robustness[0]
    table = _table("change", "accuracy", "95 % interval", "wrong", "against unchanged")
    for change in measurement.robustness:
        table.add_row(
            change_name(change),
            percent(change.accuracy),
            percent_interval(change.interval),
            f"{change.total - change.right:,}",
            f"{100 * (change.accuracy - plain.accuracy):+.2f}",
        )
    return table
