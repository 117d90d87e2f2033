"""The command line: parse, make one call, and turn errors into sentences and exit statuses."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from recognizer.command_line.machine_errors import MACHINE_ERRORS, machine_sentence
from recognizer.command_line.parser import Parser, add_version
from recognizer.errors import RecognizerError
from trainer.commands import COMMANDS
from trainer.errors import TrainerError

_EPILOGUE = """\
examples:
  python -m trainer data fetch                   bring MNIST and the public pen strokes into data/
  python -m trainer data show                    count them, draw them, find what is broken
  python -m trainer train strokes                train the flagship, hours on two cores
  python -m trainer train ink --preset try       a first training, about a minute
  python -m trainer train strokes --set epochs=2 the flagship, faster and worse
  python -m trainer train --resume RUN           go on where Ctrl-C stopped it
  python -m trainer tune conv-tuned --trials 30  search its settings; Ctrl-C, then go on
  python -m trainer evaluate                     how good is the run that is served?
  python -m trainer evaluate RUN --data mine/    how good is a run on your own drawings?
  python -m trainer evaluate RUN --data usps     or on a public set that no recipe trains on
  python -m trainer figures --only cost          one section of all that the docs state
  python -m trainer report RUN                   a page with plots, reports/RUN/report.html
  python -m trainer report RUN --language vi     the same in Vietnamese
  python -m trainer compare current RUN          is another one really better?
  python -m trainer list --sort drawings         all runs, the best at drawings last
  python -m trainer export RUN --format tflite   for phones; each export is proven first
  python -m trainer activate RUN                 serve another one, if it passes the checks
  python -m trainer rollback                     no, serve the one before
  python -m trainer upgrade RUN                  an older run's networks as a run of today

exit status: 0 done, 1 stopped before the end, 2 it cannot be done and a line says why, 130
interrupted at once (Ctrl-C; in a training the second one), 141 whoever read the output stopped
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What a locale's encoding has not, as an arrow or a name, stands there as \u2192.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        options = _parser().parse_args(arguments)
        status = int(options.run(options))
        sys.stdout.flush()  # here a full disk and a closed pipe can be told
        return status
    except (TrainerError, RecognizerError) as error:
        return _cannot_be_done(str(error))
    except BrokenPipeError:  # as when piped into head
        _drop_output()
        return 141
    except MACHINE_ERRORS as error:
        _drop_output()
        return _cannot_be_done(machine_sentence(error, "requirements.txt"))
    except KeyboardInterrupt:
        print("trainer: interrupted", file=sys.stderr)
        return 130


def _drop_output() -> None:
    """Lose what cannot be written: it would fail once more when Python closes the stream."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _cannot_be_done(sentence: str) -> int:
    print(f"trainer: {sentence}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m trainer",
        description="Train, evaluate and release digit recognisers.",
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_version(parser)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    return parser
