from __future__ import annotations

import os
import signal

import pytest

from trainer.search.stopping import Stop


def _press_ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def _be_stopped(by: signal.Signals) -> None:
    os.kill(os.getpid(), by)
    pytest.fail("went on")


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_a_polite_kill_end_what_may_be_interrupted(kill: signal.Signals) -> None:
    stop = Stop()

    with stop.listening(), pytest.raises(KeyboardInterrupt), stop.interrupting():
        _be_stopped(kill)

    assert stop.is_requested


def test_elsewhere_it_is_only_noted() -> None:
    stop = Stop()

    with stop.listening():
        _press_ctrl_c()

    assert stop.is_requested


def test_what_may_be_interrupted_does_not_begin_after_it() -> None:
    stop = Stop()

    with stop.listening():
        _press_ctrl_c()
        with pytest.raises(KeyboardInterrupt), stop.interrupting():
            pytest.fail("began")


def test_what_must_not_be_cut_in_two_is_done_before() -> None:
    stop = Stop()
    done = []

    def tell() -> None:
        with stop.waiting():
            _press_ctrl_c()
            done.append("whole")
        pytest.fail("went on")

    with stop.listening(), pytest.raises(KeyboardInterrupt), stop.interrupting():
        tell()

    assert done == ["whole"]


def test_the_second_ctrl_c_is_not_asked() -> None:
    stop = Stop()

    with stop.listening():
        _press_ctrl_c()
        with pytest.raises(KeyboardInterrupt):
            _press_ctrl_c()


def test_signals_are_given_back() -> None:
    before = signal.getsignal(signal.SIGINT)

    with Stop().listening():
        pass

    assert signal.getsignal(signal.SIGINT) is before
