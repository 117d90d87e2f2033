"""What a command's end means for its job."""

from __future__ import annotations

import signal
from typing import Any

import pytest

from webapp.jobs.kinds import KINDS
from webapp.jobs.outcome import Ending, Outcome, judge

STOPPED_RUN = {"status": "stopped"}


def _judge(kind: str, status: int, **known: Any) -> Outcome:
    facts = {"ended_by": None, "output": b"", "last_lines": "", "run": {}, **known}
    return judge(KINDS[kind], Ending(exit_status=status, **facts))


@pytest.mark.parametrize(
    ("kind", "status", "known", "expected"),
    [
        ("train", 0, {}, Outcome("finished", 0)),
        ("train", 0, {"ended_by": "asked"}, Outcome("finished", 0)),
        ("train", 1, {"ended_by": "asked", "run": STOPPED_RUN}, Outcome("stopped", 1, "asked")),
        ("train", 1, {"run": STOPPED_RUN}, Outcome("stopped", 1, "elsewhere")),
        ("train", -15, {"ended_by": "worker_ended"}, Outcome("stopped", -15, "worker_ended")),
        ("report", -15, {"ended_by": "asked"}, Outcome("stopped", -15, "asked")),
        ("train", -signal.SIGKILL, {}, Outcome("failed", -9, "killed", "SIGKILL")),
        (
            "train", 2, {"last_lines": "run x\ntrainer: mnist.npz is missing\n"},
            Outcome("failed", 2, "refused", "mnist.npz is missing"),
        ),
        (
            "train", 1, {"last_lines": "Traceback\nValueError: no", "run": {"status": "running"}},
            Outcome("failed", 1, "crashed", "ValueError: no"),
        ),
        (
            "train", 1, {"last_lines": "…", "run": {"status": "failed", "reason": "OSError: full"}},
            Outcome("failed", 1, "crashed", "OSError: full"),
        ),
        ("train", 1, {"run": {"status": "failed"}}, Outcome("failed", 1, "crashed")),
        ("report", 1, {"last_lines": "\0x"}, Outcome("failed", 1, "crashed", "x")),
        ("gates", 2, {"output": b'{"gates": []}'}, Outcome("finished", 2, result={"gates": []})),
        ("compare", 0, {"output": b'{"p": NaN}'}, Outcome("finished", 0, result={"p": None})),
        ("gates", 2, {"last_lines": "trainer: no"}, Outcome("failed", 2, "refused", "no")),
        (
            "activate", 2, {"output": b'{"activated": false}', "last_lines": "trainer: not passed"},
            Outcome("failed", 2, "refused", "not passed", {"activated": False}),
        ),
    ],
)  # fmt: skip
def test_an_end_is_told_by_status_output_and_run(
    kind: str, status: int, known: dict[str, Any], expected: Outcome
) -> None:
    assert _judge(kind, status, **known) == expected
