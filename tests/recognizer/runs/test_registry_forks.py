"""A registry survives a fork: children answer, and watch for themselves."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from recognizer.runs.registry import Registry, activate
from tests.recognizer.waiting import eventually, watchers

MakeRun = Callable[..., Path]
MakeNetwork = Callable[..., bytes]
PICTURE = np.ones((1, 28, 28, 1), np.float32)


pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


def test_a_forked_child_answers_and_watches_by_itself(
    registry: Registry, models_folder: Path, make_run: MakeRun
) -> None:
    expected = registry.current().engine.probabilities(PICTURE)
    registry.start_watching()

    def child() -> bool:
        answer = registry.current().engine.probabilities(PICTURE)
        make_run("second")
        activate(models_folder, "second")
        swapped = eventually(lambda: registry.current().name == "second")
        return swapped and len(watchers()) == 1 and bool((answer == expected).all())

    assert in_forked_child(child)
    assert eventually(lambda: registry.current().name == "second")


def test_a_child_forked_while_its_parent_loads_a_run_loads_it_too(
    registry: Registry, models_folder: Path, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recognizer.runs.loaded_run import load_run

    registry.current()
    make_run("second")
    loading, go_on = threading.Event(), threading.Event()
    parent = os.getpid()

    def slow(*arguments: object) -> object:
        if os.getpid() == parent:
            loading.set()
            go_on.wait()
        return load_run(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("recognizer.runs.registry.load_run", slow)
    registry.start_watching()
    activate(models_folder, "second")
    assert loading.wait(20)

    swapped = in_forked_child(lambda: eventually(lambda: registry.current().name == "second"))

    go_on.set()
    assert swapped


def in_forked_child(claim: Callable[[], bool]) -> bool:
    """Whether a claim holds in a forked child, within half a minute."""
    child = os.fork()
    if child == 0:
        held = False
        try:
            held = claim()
        finally:
            os._exit(0 if held else 1)
    ended: list[tuple[int, int]] = []

    def has_ended() -> bool:
        ended[:] = [os.waitpid(child, os.WNOHANG)]
        return ended[0][0] == child

    if not eventually(has_ended, 30):
        os.kill(child, 9)
        os.waitpid(child, 0)
        return False
    return os.waitstatus_to_exitcode(ended[0][1]) == 0
