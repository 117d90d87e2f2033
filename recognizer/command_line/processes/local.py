"""A process of this machine that answers; it is spawned, and shares nothing with its parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Sequence
from multiprocessing.connection import Connection

import cv2

from recognizer.command_line.processes.answering import Answerer, Item, Question, Result
from recognizer.command_line.processes.lost import LostError, StartError
from recognizer.errors import RecognizerError

_SECONDS_TO_END = 10
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class LocalProcess:
    """One process, and the pipe to it."""

    def __init__(self, question: Question) -> None:
        """Start it; raises StartError where the system starts none."""
        for name in _ONE_THREAD:  # is read when the child imports NumPy; ours has begun
            os.environ.setdefault(name, "1")
        start = multiprocessing.get_context("spawn")
        try:
            self._pipe, childs = start.Pipe()
            self._process = start.Process(target=_serve, args=(childs, question), daemon=True)
            self._process.start()
        except OSError as error:
            raise StartError(f"no process to answer can be started: {error.strerror}") from error
        childs.close()

    def begin(self) -> None:
        """Wait until it has loaded the run; raises StartError if it does not."""
        try:
            trouble = self._pipe.recv()
        except (EOFError, OSError):
            trouble = f"no process to answer can be started: {self._end()}"
        if trouble is not None:
            raise StartError(trouble)

    def ask(self, items: Sequence[Item]) -> list[Result]:
        """The results; raises LostError if it died or failed over them."""
        try:
            self._pipe.send(items)
            reply = self._pipe.recv()
        except (EOFError, OSError):
            raise LostError(self._end()) from None
        if isinstance(reply, str):
            raise LostError(reply)
        results: list[Result] = reply
        return results

    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.is_alive()

    def kill(self) -> None:
        """End it at once: it holds nothing that would be lost."""
        self._process.kill()

    def _end(self) -> str:
        self._process.join(_SECONDS_TO_END)
        if self._process.exitcode is None:  # it lives on, but no longer listens
            self._process.kill()
            self._process.join()
        status = self._process.exitcode or 0
        if status >= 0:
            return f"its process ended with status {status}"
        names = {number.value: number.name for number in signal.Signals}
        return f"its process was ended by {names.get(-status, f'signal {-status}')}"


def _serve(pipe: Connection, question: Question) -> None:
    """Answer until the pipe ends: a list of results, or a sentence about what went wrong."""
    os.setsid()  # Ctrl-C is for the parent to hear
    os.dup2(2, 1)  # whatever a library prints is no answer
    cv2.setNumThreads(1)  # there are as many of us as processors
    try:
        answerer = Answerer(question)
    except RecognizerError as error:
        pipe.send(str(error))
        return
    try:
        pipe.send(None)
        while True:
            items = pipe.recv()
            try:
                results: list[Result] | str = answerer.answer(items)
            except Exception as error:  # one bad file among a million must not end the run
                results = f"{type(error).__name__}: {error}"
            pipe.send(results)
    except (EOFError, OSError):  # whoever asked is gone
        return
