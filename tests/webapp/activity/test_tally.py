from __future__ import annotations

import threading

from webapp.activity.tally import KEPT_MINUTES, Tally


class Clock:
    seconds = 60_000.0

    def __call__(self) -> float:
        return self.seconds


def test_what_is_taken_is_all_that_its_minute_has_counted() -> None:
    tally = Tally(Clock())
    tally.add(["a"])
    first = tally.take_unsaved()

    tally.add(["a", "b"])

    assert first == {1000: {"a": 1}}
    assert tally.take_unsaved() == {1000: {"a": 2, "b": 1}}
    assert tally.take_unsaved() == {}


def test_what_could_not_be_written_is_taken_again() -> None:
    tally = Tally(Clock())
    tally.add(["a"])

    tally.put_back(tally.take_unsaved())

    assert tally.take_unsaved() == {1000: {"a": 1}}


def test_minutes_that_nobody_could_write_are_given_up_in_the_end() -> None:
    clock = Clock()
    tally = Tally(clock)
    for _ in range(10 * KEPT_MINUTES):
        tally.add(["a"])
        clock.seconds += 60

    taken = tally.take_unsaved()

    assert len(taken) == KEPT_MINUTES - 1
    assert max(taken) == 1000 + 10 * KEPT_MINUTES - 1


def test_no_count_is_lost_between_threads() -> None:
    tally = Tally(Clock())
    taken: list[dict[int, dict[str, int]]] = []

    def count() -> None:
        for _ in range(2_000):
            tally.add(["a"])

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        taken.append(tally.take_unsaved())
    taken.append(tally.take_unsaved())

    assert max(minutes[1000]["a"] for minutes in taken if minutes) == 8_000
