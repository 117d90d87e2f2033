from __future__ import annotations

import pytest

from trainer.runs.details import parse_details
from trainer.runs.wording import Language, duration, fact_tables, set_name


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 s"), (59.6, "1 min 0 s"), (1985.1, "33 min 5 s"), (7_320, "2 h 2 min")],
)
def test_a_duration_is_told_in_the_units_that_matter(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("mnist_test", "MNIST test images"),
        ("held_out_writers/ibm", "drawings by held-out writers: ibm"),
        ("somebody's own", "somebody's own"),
    ],
)
def test_a_set_has_a_name(key: str, name: str) -> None:
    assert set_name(key) == name


def test_a_run_is_told_in_the_language_of_whoever_asks() -> None:
    run = parse_details(
        {
            "networks": {"model": {"parameters": 1234, "is_complete": False}},
            "times": {"finished": "2026-11-21T01:00:00Z"},
            "datasets": {"mnist": {"file": "mnist.npz", "sha256": "ab" * 32}},
        }
    )
    marked = Language(lambda sentence, **parameters: f"<{sentence % parameters}>", number=repr)

    assert fact_tables(run) == [
        ("Networks", [("model", "1,234 parameters, – epochs, ended early")]),
        ("Times", [("Ended", "2026-11-21T01:00:00Z")]),
        ("Data files", [("mnist", f"mnist.npz, SHA-256 {'ab' * 32}")]),
    ]
    assert fact_tables(run, marked)[:2] == [
        ("<Networks>", [("model", "<1234 parameters>, <None epochs>, <ended early>")]),
        ("<Times>", [("<Ended>", "2026-11-21T01:00:00Z")]),
    ]
