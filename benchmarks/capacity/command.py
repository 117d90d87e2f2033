"""``python -m benchmarks.capacity``: what a core can do, and what many requests would take.

Measures a real web server of one worker, nginx, files, and the database and Redis that are named;
everything else it prints is computed from that.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.capacity.figures import Figures
from benchmarks.capacity.files import measure_files
from benchmarks.capacity.projection import FULL, RATES, Row, million, projected
from benchmarks.capacity.shared import measure_database, measure_limits
from benchmarks.capacity.web import measure_web
from benchmarks.serving.drawings import load_questions
from benchmarks.serving.load import LoadError
from trainer.data.location import data_folder
from trainer.errors import TrainerError
from trainer.figures.environment import describe_environment
from webapp.storage.database import DatabaseAwayError

_DRAWINGS = 20_000  # in a file


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    options = _parser().parse_args(arguments)
    try:
        figures = _measure(options)
    except (LoadError, TrainerError, DatabaseAwayError, OSError) as error:
        print(f"capacity: {error}", file=sys.stderr)
        return 1
    print("\n".join(_report(figures, options.price)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.capacity", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("--seconds", type=float, default=10.0, help="of each load; default: 10")
    parser.add_argument(
        "--price", type=float, default=0.04, help="of a core for an hour; default: 0.04"
    )
    parser.add_argument(
        "--database-url", metavar="URL", help="an empty PostgreSQL to write to, measured as well"
    )
    parser.add_argument("--redis-url", metavar="URL", help="a Redis to count in, measured as well")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where the data sets lie")
    return parser


def _measure(options: argparse.Namespace) -> Figures:
    questions = load_questions(data_folder(options.data_dir))
    reports, corrections, bundles = None, None, None
    if options.database_url:
        reports, corrections = measure_database(options.database_url, questions, options.seconds)
    if options.redis_url:
        bundles = measure_limits(options.redis_url, options.seconds)
    files_ms = measure_files(questions, _DRAWINGS)
    web = measure_web(questions, options.seconds)
    return Figures(
        **asdict(web), files_ms=files_ms, reports=reports, corrections=corrections, bundles=bundles
    )


def _report(figures: Figures, price: float) -> Iterable[str]:
    yield from (f"- {key}: {value}" for key, value in describe_environment().items())
    yield f"- planned with {FULL:.0%} of each core; {price:g} for a core and hour"
    yield ""
    yield from _table(
        ("a million predictions", "a second and core", "core hours", "price"),
        million(figures, price),
    )
    yield ""
    yield from _table(("requests a second", *(f"{rate:,}" for rate in RATES)), projected(figures))
    yield ""
    yield json.dumps(asdict(figures))


def _table(head: Sequence[str], rows: Iterable[Row]) -> Iterable[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join([':--', *['--:'] * (len(head) - 1)])}|"
    for what, cells in rows:
        yield f"| {' | '.join([what, *cells])} |"
