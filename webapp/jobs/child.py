"""A child process that stays in the background and dies with the process that started it."""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from webapp.private_files import OTHERS_MASK

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_BLOCK = 1 << 16
_MAX_OUTPUT = 16 << 20  # bytes of standard output that are kept

# Libraries that each start a thread for every core, by what they are told not to in.
_THREADS = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM",
    "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS",
)  # fmt: skip


@dataclass(frozen=True)
class Restraint:
    """Says how little of the machine a child may take.

    Attributes:
        threads: that its libraries compute with.
        nice: how far it stands behind others, 0-19.
    """

    threads: int
    nice: int


class Child:
    """A command at work, in a process group of its own, its input empty."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        restraint: Restraint,
        selector: selectors.BaseSelector,
        log: Callable[[bytes], object],
        keeps_output: bool = False,
        is_private: bool = False,
    ) -> None:
        """Start it; called from the main thread, which has to live as long as the child.

        Args:
            command: with its arguments.
            environment: all of its variables, but those that limit threads.
            folder: to work in.
            restraint: how little it may take.
            selector: wakes whoever waits with it when the child prints or ends.
            log: is given what it prints.
            keeps_output: its standard output is kept in ``output`` and not logged.
            is_private: its files are for their owner alone.
        """
        self.output = b""
        self._selector = selector
        self._process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**environment, **dict.fromkeys(_THREADS, str(restraint.threads))},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if keeps_output else subprocess.STDOUT,
            umask=OTHERS_MASK if is_private else -1,  # -1: as this process
            start_new_session=True,  # Ctrl-C in a terminal is for the worker alone
            preexec_fn=_background(restraint.nice),
        )
        self._takers: dict[IO[bytes], Callable[[bytes], object]] = {}
        self._open(self._process.stdout, self._keep if keeps_output else log)
        self._open(self._process.stderr, log)

    @property
    def pid(self) -> int:
        """Number of the process, and of its group."""
        return self._process.pid

    @property
    def exit_status(self) -> int | None:
        """Its exit status, negative where a signal ended it; None while it runs."""
        return self._process.poll()

    def read(self) -> None:
        """Take what it has printed."""
        for pipe in list(self._takers):
            self._read(pipe)

    def ask_to_end(self) -> None:
        """Send SIGTERM to the child and to its own children."""
        self._signal(signal.SIGTERM)

    def end_at_once(self) -> None:
        """A kill that cannot be refused."""
        self._signal(signal.SIGKILL)

    def close(self) -> None:
        """Let go of it; it has ended and been read."""
        self._signal(signal.SIGKILL)  # what it started itself and left behind
        for pipe in list(self._takers):
            self._close(pipe)

    def _open(self, pipe: IO[bytes] | None, take: Callable[[bytes], object]) -> None:
        if pipe is not None:
            os.set_blocking(pipe.fileno(), False)
            self._takers[pipe] = take
            self._selector.register(pipe, selectors.EVENT_READ)

    def _read(self, pipe: IO[bytes]) -> None:
        with suppress(BlockingIOError):
            while content := os.read(pipe.fileno(), _BLOCK):
                self._takers[pipe](content)
            self._close(pipe)  # its end; it would wake the selector again and again

    def _close(self, pipe: IO[bytes]) -> None:
        del self._takers[pipe]
        self._selector.unregister(pipe)
        pipe.close()

    def _keep(self, content: bytes) -> None:
        self.output = (self.output + content)[:_MAX_OUTPUT]

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)


def die_with_parent(number: int = signal.SIGKILL) -> Callable[[], None]:
    """Make what a child calls before it becomes another program, to get a signal at our end.

    Where the system cannot do that (it is Linux's alone) the child outlives a parent that is
    killed; the lock on its run says so, and nobody else can train the same run.
    """
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    parent = os.getpid()

    def prepare() -> None:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
            if os.getppid() != parent:  # it died before the system knew what to do then
                os._exit(128 + number)

    return prepare


def _background(nice: int) -> Callable[[], None]:
    die = die_with_parent()

    def prepare() -> None:
        die()
        os.nice(nice)

    return prepare
