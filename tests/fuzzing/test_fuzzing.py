"""What `python -m tests.fuzzing` does for an hour is done here for a moment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fuzzing.child import Counted, with_hypothesis
from tests.fuzzing.targets import TARGETS, MismatchError, take_request


@pytest.mark.parametrize(
    ("name", "examples"), [("strokes", 300), ("pictures", 100), ("requests", 300)]
)
def test_any_bytes_become_one_of_the_known_things(name: str, examples: int, tmp_path: Path) -> None:
    target, make_seeds = TARGETS[name]
    counted = Counted(target, tmp_path / "counts.json")

    with_hypothesis(counted, make_seeds(), examples, number=1)
    counted.tell()
    told = json.loads((tmp_path / "counts.json").read_text("utf-8"))

    assert told["inputs"] >= examples
    assert sum(count for _, count in told["words"]) == told["inputs"]
    assert len(told["words"]) > 2


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_begun_with_is_understood(name: str) -> None:
    target, make_seeds = TARGETS[name]

    words = {target(content) for content in make_seeds()}

    assert words <= {
        "digit",
        "number",
        "unsure",
        "not_a_digit",
        "blank",
        "read, waited for",
        "read, closed",
    }


def test_a_request_that_gunicorn_reads_otherwise_than_we_do_is_a_mistake(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("webapp.server.connection.Connection.take", lambda *_: False)

    with pytest.raises(MismatchError):
        take_request(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
