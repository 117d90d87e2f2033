from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread

import pytest
from structlog.testing import capture_logs

from webapp.health.background_probe import BackgroundProbe

PATIENCE_SECONDS = 60


def test_nobody_waits_for_a_look_that_takes_long() -> None:
    may_end = Event()
    probe = BackgroundProbe(lambda: may_end.wait(PATIENCE_SECONDS), False, 0)

    before = probe.latest(0.01)
    may_end.set()

    assert not before
    assert probe.latest(PATIENCE_SECONDS)


def test_what_was_found_is_kept_for_a_while() -> None:
    looks: list[int] = []
    probe = BackgroundProbe(lambda: looks.append(1) or len(looks), 0, 3600)  # type: ignore[func-returns-value]

    found = [probe.latest(PATIENCE_SECONDS) for _ in range(5)]

    assert found == [1] * 5


def test_a_look_that_fails_leaves_what_was_known_and_the_next_may_succeed() -> None:
    answers: Iterator[str | Exception] = iter([ZeroDivisionError(), "well"])

    def look() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    probe = BackgroundProbe(look, "unknown", 0)

    with capture_logs() as lines:
        found = [probe.latest(PATIENCE_SECONDS), probe.latest(PATIENCE_SECONDS)]

    assert found == ["unknown", "well"]
    assert lines[0]["log_level"] == "error"


def test_a_look_that_no_thread_can_be_had_for_is_made_at_the_next_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_thread(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    probe = BackgroundProbe(lambda: True, False, 3600)
    with monkeypatch.context() as patch:
        patch.setattr(Thread, "start", no_thread)
        before = probe.latest(PATIENCE_SECONDS)

    assert not before
    assert probe.latest(PATIENCE_SECONDS)
