"""The command line: parse, make one call, and turn errors into sentences and exit statuses."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from recognizer.errors import RecognizerError
from trainer.errors import TrainerError

_MODELS = Path(__file__).resolve().parents[1] / "models"
_EPILOGUE = """\
examples:
  python -m trainer train ink                    train the flagship, hours on two cores
  python -m trainer train ink --set epochs=2     the same, faster and worse
  python -m trainer train --resume RUN           go on where Ctrl-C stopped it
  python -m trainer evaluate                     how good is the run that is served?
  python -m trainer activate RUN                 serve another one; every worker picks it up

exit status: 0 done, 1 stopped before the end, 2 it cannot be done and a line says why
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (TrainerError, RecognizerError) as error:
        print(f"trainer: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("trainer: interrupted", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m trainer",
        description="Train, evaluate and release digit recognisers.",
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_train(commands)
    _add_evaluate(commands)
    _add_activate(commands)
    return parser


def _add_train(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    train = commands.add_parser("train", help="train a recipe; makes a run under models/")
    train.add_argument("recipe", nargs="?", help="name of the recipe, as ink")
    train.add_argument(
        "--set", action="append", default=[], dest="assignments", metavar="NAME=VALUE",
        help="change a setting of the recipe; may be given several times",
    )  # fmt: skip
    train.add_argument("--resume", metavar="RUN", help="go on with a run that stopped")
    _add_folders(train)
    train.set_defaults(run=_train)


def _add_evaluate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    evaluate = commands.add_parser("evaluate", help="measure a run on what it has not seen")
    evaluate.add_argument("name", nargs="?", metavar="RUN", help="default: the one that is served")
    evaluate.add_argument("--json", action="store_true", help="print JSON instead of a table")
    _add_folders(evaluate)
    evaluate.set_defaults(run=_evaluate)


def _add_activate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    activate = commands.add_parser("activate", help="make a run the one that is served")
    activate.add_argument("name", metavar="RUN")
    activate.add_argument("--models", type=Path, default=_models(), metavar="DIR")
    activate.set_defaults(run=_activate)


def _add_folders(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data-dir", type=Path, metavar="DIR",
        help="where the data sets lie; default: NET_DATA_DIR, else data/ in the project",
    )  # fmt: skip
    command.add_argument(
        "--models", type=Path, default=_models(), metavar="DIR",
        help="where the runs lie; default: NET_MODELS_DIR, else models/ in the project",
    )  # fmt: skip


def _models() -> Path:
    return Path(os.environ.get("NET_MODELS_DIR") or _MODELS)


# Each command imports what it needs itself: `--help` and `activate` do not wait for Keras.


def _train(options: argparse.Namespace) -> int:
    from trainer.commands.train import train

    return train(
        options.recipe, options.assignments, options.resume, options.data_dir, options.models
    )


def _evaluate(options: argparse.Namespace) -> int:
    from trainer.commands.evaluate import print_evaluation

    return print_evaluation(options.name, options.data_dir, options.models, options.json)


def _activate(options: argparse.Namespace) -> int:
    from recognizer.runs.pointer import activate

    activate(options.models, options.name)
    print(f"{options.name} is served from now on")
    return 0
