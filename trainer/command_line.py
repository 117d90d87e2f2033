"""The command line: parse, make one call, and turn errors into sentences and exit statuses."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from recognizer.errors import RecognizerError
from trainer.commands import COMMANDS
from trainer.errors import TrainerError

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
    for command in COMMANDS:
        command.add_to(commands)
    return parser
