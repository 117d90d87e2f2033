from __future__ import annotations

import threading

from webapp.activity.counters import KEPT_MINUTES, Counters


class Clock:
    seconds = 60_000.0

    def __call__(self) -> float:
        return self.seconds


def test_what_is_taken_is_all_that_its_minute_has_counted() -> None:
    counters = Counters(Clock())
    counters.add(["a"])
    first = counters.take_unsaved()

    counters.add(["a", "b"])

    assert first == {1000: {"a": 1}}
    assert counters.take_unsaved() == {1000: {"a": 2, "b": 1}}
    assert counters.take_unsaved() == {}


def test_what_could_not_be_written_is_taken_again() -> None:
    counters = Counters(Clock())
    counters.add(["a"])

    counters.put_back(counters.take_unsaved())

    assert counters.take_unsaved() == {1000: {"a": 1}}


def test_minutes_that_nobody_could_write_are_given_up_in_the_end() -> None:
    clock = Clock()
    counters = Counters(clock)
    for _ in range(10 * KEPT_MINUTES):
        counters.add(["a"])
        clock.seconds += 60

    taken = counters.take_unsaved()

    assert len(taken) == KEPT_MINUTES - 1
    assert max(taken) == 1000 + 10 * KEPT_MINUTES - 1


def test_no_count_is_lost_between_threads() -> None:
    counters = Counters(Clock())
    taken: list[dict[int, dict[str, int]]] = []

    def count() -> None:
        for _ in range(2_000):
            counters.add(["a"])

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        taken.append(counters.take_unsaved())
    taken.append(counters.take_unsaved())

    assert max(minutes[1000]["a"] for minutes in taken if minutes) == 8_000
