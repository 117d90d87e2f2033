"""``python -m webapp.server.side_by_side``: the web server and a worker, as one.

For one machine, as `make run` does it; where many are served the two are separate services.  When
one of them ends, by itself or by a kill, so does the other.  Ctrl-C or SIGTERM ends both in good
order: a training stops within a batch and is measured.  A second time: at once.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

import click

from recognizer import VERSION
from webapp.configuration import REPOSITORY
from webapp.jobs.child import die_with_parent

COMMANDS: Sequence[Sequence[str]] = (
    (sys.executable, "-m", "gunicorn"),
    (sys.executable, "-m", "webapp.jobs.worker"),
)


class SideBySide:
    """Processes that live and die together."""

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        """Start them; a signal that a terminal sends to all reaches this process alone."""
        self._processes = [
            subprocess.Popen(
                command,
                cwd=REPOSITORY,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
            for command in commands
        ]
        self._signals = 0

    def end(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask all for their end, in good order and a second time at once; fits as a handler."""
        # Gunicorn that has begun to end goes on waiting for its requests after a second SIGTERM.
        wanted = signal.SIGINT if self._signals else signal.SIGTERM
        self._signals += 1
        for process in self._processes:
            if process.poll() is None:
                process.send_signal(wanted)

    def wait(self) -> int:
        """Wait until all have ended; returns the status of the first that did by itself, else 0."""
        while all(process.poll() is None for process in self._processes):
            time.sleep(0.1)
        ended = next(process for process in self._processes if process.poll() is not None)
        status = 0 if self._signals else ended.returncode or 1
        if not self._signals:
            print(f"{_name(ended)} has ended with exit status {ended.returncode}", file=sys.stderr)
            self.end()
        for process in self._processes:
            process.wait()
        return status


def _name(process: subprocess.Popen[bytes]) -> str:
    """The module that a process runs, as ``gunicorn``; both are started with ``python -m``."""
    return str(list(process.args)[-1])  # type: ignore[arg-type]


@click.command()
@click.version_option(VERSION, prog_name="Nét")
def main() -> None:
    """Serve, with a worker beside the server; settings are read from the environment."""
    both = SideBySide(COMMANDS)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, both.end)
    sys.exit(both.wait())


if __name__ == "__main__":
    main(prog_name="python -m webapp.server.side_by_side")
