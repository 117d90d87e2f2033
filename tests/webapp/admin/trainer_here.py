"""Ask the trainer in this process, where another test asks it as the server does: in a child."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout

import pytest

from trainer.command_line import main
from webapp.admin import trainer_facts
from webapp.admin.trainer_facts import Question

_one_at_a_time = threading.Lock()  # what is printed goes to the whole process


@contextmanager
def trainer_here() -> Iterator[None]:
    """Let who wants to know something from the trainer wait for no start of Python."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trainer_facts, "_run", _run)
        yield


def _run(question: Question) -> tuple[str, str]:
    """Standard output, and what went wrong, as :func:`webapp.admin.trainer_facts._run`."""
    output, errors = io.StringIO(), io.StringIO()
    with _one_at_a_time, pytest.MonkeyPatch.context() as patch:
        for name, value in question.environment.items():
            patch.setenv(name, value)
        with redirect_stdout(output), redirect_stderr(errors):
            try:
                status = main(list(question.arguments))
            except SystemExit as end:
                status = int(end.code or 0)
    complaint = trainer_facts._complaint(errors.getvalue()) if status else ""
    return output.getvalue(), complaint
