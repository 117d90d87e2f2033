from __future__ import annotations

import json
from pathlib import Path

import pytest

from trainer.release.history import (
    HISTORY_FILE,
    Activation,
    append_activation,
    read_history,
    runs_before,
)


def _history(steps: str) -> list[Activation]:
    """From ``B C <B``: B and C were activated, then somebody went back to B; A came first."""
    current, history = "A", []
    for step in steps.split():
        run = step.lstrip("<")
        history.append(Activation("rollback" if step[0] == "<" else "activate", run, current))
        current = run
    return history


@pytest.mark.parametrize(
    ("steps", "current", "expected"),
    [
        ("", "A", ""),
        ("B", "B", "A"),
        ("B C", "C", "B A"),
        ("B C <B", "B", "A"),  # back again goes on from there, not to C
        ("B C <B <A", "A", ""),
        ("B C <B D", "D", "B A"),
        ("B C <A", "A", ""),  # B could not be served any more
        ("B B", "B", "A"),
        ("B A", "A", "B"),  # A was before B as well, but it is where we are
        ("B A C", "C", "A B A"),
        ("B", "X", "B A"),  # somebody wrote `current` by hand
        ("B", None, "B A"),  # or removed it
    ],
)
def test_the_way_back(steps: str, current: str | None, expected: str) -> None:
    assert runs_before(_history(steps), current) == expected.split()


def test_a_change_that_nobody_recorded_is_on_the_way_back_once_the_next_is_recorded() -> None:
    history = [Activation("activate", "B", "A"), Activation("activate", "C", "X")]

    assert runs_before(history, "C") == ["X", "B", "A"]


def test_what_is_appended_is_read(tmp_path: Path) -> None:
    first = Activation(
        "activate", "B", None, [{"name": "parity", "passed": True}], "vì\u2028sao\n?"
    )
    second = Activation("rollback", "A", "B")

    append_activation(tmp_path, first)
    append_activation(tmp_path, second)

    assert read_history(tmp_path) == [first, second]
    assert "@" in first.by
    assert first.at.endswith("Z")


def test_a_line_that_a_crash_tore_takes_no_other_line_with_it(tmp_path: Path) -> None:
    first, third = Activation("activate", "B", "A"), Activation("activate", "C", "B")
    append_activation(tmp_path, first)
    with (tmp_path / HISTORY_FILE).open("ab") as file:
        file.write(b'{"action": "activate", "run": "B')

    append_activation(tmp_path, third)

    assert read_history(tmp_path) == [first, third]


def test_lines_of_another_kind_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / HISTORY_FILE).write_bytes(b'7\n\n[]\n{"run": "B"}\n\xff\xfe\n')
    one = Activation("activate", "B", None).as_json()
    with (tmp_path / HISTORY_FILE).open("a") as file:
        for odd in ({"gates": ["parity"]}, {"at": 7}, {"before": ["A"]}, {"by": None}):
            file.write(json.dumps({**one, **odd}) + "\n")
        file.write("[" * 100_000)

    assert read_history(tmp_path) == []


def test_there_need_not_be_a_history(tmp_path: Path) -> None:
    assert read_history(tmp_path) == []
