"""``python -m recognizer.command_line.processes.worker``: a process that answers for another.

It reads a question and then lists of items as pickles from standard input, and writes
the results to standard output.  :mod:`recognizer.command_line.processes.workers` starts it.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import BinaryIO

import cv2

from recognizer.command_line.processes.answering import Answerer, Question
from recognizer.command_line.processes.messages import Failed, Ready
from recognizer.errors import RecognizerError


def main() -> None:
    """Answer until standard input ends."""
    # Whatever a library prints must not get between the pickles.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    cv2.setNumThreads(1)  # there are as many of us as processors
    try:
        _serve(sys.stdin.buffer, replies)
    except (EOFError, BrokenPipeError, pickle.UnpicklingError):  # whoever asked is gone
        os._exit(0)  # not to fail once more in closing the pipe


def _serve(requests: BinaryIO, replies: BinaryIO) -> None:
    question: Question = pickle.load(requests)  # our parent's pipe # nosec B301
    try:
        answerer = Answerer(question)
    except RecognizerError as error:
        _send(replies, Ready(str(error)))
        return
    _send(replies, Ready())
    while True:
        items = pickle.load(requests)  # nosec B301
        try:
            _send(replies, answerer.answer(items))
        except BrokenPipeError:
            raise
        except Exception as error:  # one bad file among a million must not end the run
            _send(replies, Failed(f"{type(error).__name__}: {error}"))


def _send(replies: BinaryIO, reply: object) -> None:
    replies.write(pickle.dumps(reply, pickle.HIGHEST_PROTOCOL))
    replies.flush()


if __name__ == "__main__":
    main()
