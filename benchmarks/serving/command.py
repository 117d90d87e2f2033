"""``python -m benchmarks.serving``: how fast predictions are served, as ratios in one run.

Starts real gunicorns one after the other, round after round, on the same cores and with the same
number of workers, and asks each the same drawings with wrk: an empty Flask endpoint, thirty lines
around the same network (Flask under two workers, FastAPI), ours as it is, without pictures in the
answers, and with 64 drawings in a request; with ``--keras`` also Keras's ``model.predict``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from benchmarks.serving.contestants import EMPTY, KERAS, OURS, PATH, Contestant, contestants
from benchmarks.serving.drawings import Question, as_bodies, load_questions, made_up
from benchmarks.serving.load import LoadError, load
from benchmarks.serving.measured import Load, Round
from benchmarks.serving.server import answers, running
from benchmarks.serving.table import render
from trainer.data.location import data_folder
from trainer.errors import TrainerError
from trainer.figures.environment import describe_environment

WARM_UP_SECONDS = 1.0
CLIENTS = (1, 8, 64)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    options = _parser().parse_args(arguments)
    try:
        questions = _questions(options.data_dir)
        chosen = [
            one
            for one in contestants(questions, options.workers)
            if one.name in (EMPTY, OURS, *(options.only or [one.name]))
            and (options.keras or one.name != KERAS)
        ]
        rounds = _alternate(chosen, questions[0], options)
    except (LoadError, TrainerError, OSError) as error:
        print(f"serving: {error}", file=sys.stderr)
        return 1
    print(_report(chosen, rounds, options))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.serving", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("--workers", type=int, default=2, help="of each server; default: 2")
    parser.add_argument("--rounds", type=int, default=5, help="of all servers; default: 5")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each load; default: 5")
    parser.add_argument(
        "--clients", type=int, nargs="+", default=CLIENTS, help="at once; default: 1 8 64"
    )
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", help="compare these with the empty endpoint and ours"
    )
    parser.add_argument("--keras", action="store_true", help="Keras's predict, too, which is slow")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where the data sets lie")
    return parser


def _questions(folder: Path | None) -> list[Question]:
    """Real drawings; made-up ones on a machine that has none and was not told where they are."""
    try:
        return load_questions(data_folder(folder))
    except TrainerError as error:
        if folder is not None:
            raise
        print(f"serving: with made-up drawings, for {error}", file=sys.stderr)
        return made_up()


def _alternate(
    chosen: Sequence[Contestant], question: Question, options: argparse.Namespace
) -> dict[str, list[Round]]:
    rounds: dict[str, list[Round]] = {contestant.name: [] for contestant in chosen}
    with tempfile.TemporaryDirectory(prefix="net-serving-") as folder:
        for number, contestant in product(range(options.rounds), chosen):
            kept = {"NET_INSTANCE_DIR": f"{folder}/{contestant.name}"}  # as between two starts
            one = replace(contestant, environment={**contestant.environment, **kept})
            measured = measure(one, question, options.clients, options.seconds)
            rounds[contestant.name].append(measured)
            told = ", ".join(
                f"{one.per_second:,.0f}/s with {clients} clients"
                for clients, one in measured.loads.items()
            )
            print(f"round {number + 1}, {contestant.name}: {told}", file=sys.stderr)
    return rounds


def measure(
    contestant: Contestant, question: Question, clients: Sequence[int], seconds: float
) -> Round:
    """Start a server, load it with each number of clients, stop it.

    Raises:
        LoadError: it does not start, or answers no success.
    """
    text = question.digit if contestant.text is None else contestant.text
    is_ready = answers(PATH, as_bodies([question])[0], text)
    program = contestant.program
    with running(contestant.arguments, contestant.environment, is_ready, program) as server:
        load(server.port, contestant.requests, max(clients), WARM_UP_SECONDS)
        loads = {}
        for number in clients:
            before = server.cpu_seconds()
            answered = load(server.port, contestant.requests, number, seconds)
            computed = server.cpu_seconds() - before
            loads[number] = Load.of(answered, computed, contestant.drawings)
        return Round(server.seconds_to_ready, server.memory_bytes() / 1e6, loads)


def _report(
    chosen: Sequence[Contestant],
    rounds: dict[str, list[Round]],
    options: argparse.Namespace,
) -> str:
    about = [f"- {key}: {value}" for key, value in describe_environment().items()]
    about.append(
        f"- {options.workers} workers, {options.rounds} rounds of {options.seconds:g} s for each "
        "number of clients, which run on the same cores"
    )
    meanings = [f"- {one.name}: {one.meaning}" for one in chosen]
    table = render(rounds, options.clients, options.workers)
    return "\n".join([*about, *meanings, "", table, "", _as_json(rounds)])


def _as_json(rounds: dict[str, list[Round]]) -> str:
    """One line with every round, for whoever wants to compute something else of them."""
    return json.dumps({name: [vars(one) for one in of_one] for name, of_one in rounds.items()},
                      default=vars)  # fmt: skip
