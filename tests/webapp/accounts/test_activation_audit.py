"""The log says what became of an activation, not what was asked for."""

from __future__ import annotations

from typing import Any

import pytest

from webapp.accounts.activation_audit import activation_line
from webapp.jobs.outcome import Outcome
from webapp.jobs.tables import FAILED, FINISHED, Job

PASSED = {"name": "parity", "passed": True}
CLOSED = {"name": "mnist_floor", "passed": False}


@pytest.mark.parametrize(
    ("result", "state", "action", "details"),
    [
        ({"activated": True, "gates": [PASSED]}, FINISHED, "run.activated", {}),
        ({"activated": True, "gates": [PASSED, CLOSED]}, FINISHED, "run.forced",
         {"not_passed": ["mnist_floor"]}),
        ({"activated": False, "gates": [CLOSED]}, FAILED, "run.not_activated",
         {"not_passed": ["mnist_floor"]}),
        (None, FAILED, "run.not_activated", {}),
    ],
)  # fmt: skip
def test_an_activation_is_logged_as_it_ended(
    result: Any, state: str, action: str, details: dict[str, Any]
) -> None:
    job = Job(id=7, kind="activate", run="third", submitted_by="an", arguments={"run": "third"})

    line = activation_line(job, Outcome(state, 0, result=result))

    assert line is not None
    assert (line.action, line.person, line.subject) == (action, "an", "third")
    assert line.details == {"job": 7, **details}


def test_other_jobs_have_no_such_line() -> None:
    job = Job(id=8, kind="gates", run="third", submitted_by="an", arguments={})

    assert activation_line(job, Outcome(FINISHED, 0, result={"activated": False})) is None
