from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event

import pytest

from webapp.errors import ConcurrencyLimitError
from webapp.limiting.concurrency import ConcurrencyLimit


def test_a_slot_is_free_again_when_its_block_ends_also_with_an_error() -> None:
    limit = ConcurrencyLimit(1, wait_seconds=0)

    for _ in range(3):
        with pytest.raises(ZeroDivisionError), limit.acquire():
            raise ZeroDivisionError

    with limit.acquire():
        pass


def test_who_finds_every_slot_taken_waits_and_gives_up() -> None:
    limit = ConcurrencyLimit(2, wait_seconds=0.01)

    with ExitStack() as taken:
        for _ in range(2):
            taken.enter_context(limit.acquire())
        for _ in range(3):
            with pytest.raises(ConcurrencyLimitError):
                taken.enter_context(limit.acquire())


def test_who_waits_gets_the_next_slot() -> None:
    limit = ConcurrencyLimit(1, wait_seconds=60)

    with ThreadPoolExecutor(1) as pool:
        with limit.acquire():
            waiting = pool.submit(_take, limit)
            is_early = waiting.done()

        assert waiting.result(60) == "taken"
    assert not is_early


def test_who_comes_to_a_full_queue_does_not_wait() -> None:
    limit = ConcurrencyLimit(1, wait_seconds=60)
    release = Event()

    def refused() -> bool:
        try:
            with limit.acquire():
                return not release.wait(60)
        except ConcurrencyLimitError:
            release.set()
            return True

    with ThreadPoolExecutor(3) as pool:
        outcomes = [pool.submit(refused) for _ in range(3)]

    assert sorted(outcome.result() for outcome in outcomes) == [False, False, True]


def _take(limit: ConcurrencyLimit) -> str:
    with limit.acquire():
        return "taken"
