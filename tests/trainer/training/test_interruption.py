from __future__ import annotations

import os
import signal

import pytest

from trainer.training.interruption import Interruption


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_request_is_answered_at_once_with_what_happens_and_how_to_go_on(
    number: signal.Signals, capfd: pytest.CaptureFixture[str]
) -> None:
    interruption = Interruption()

    with interruption.listening():
        os.kill(os.getpid(), number)
        is_requested = interruption.is_requested

    said = capfd.readouterr().err
    assert is_requested
    for part in ("stopping after this batch", "exported and measured", "Ctrl-C again", "--resume"):
        assert part in said


def test_a_request_is_taken_though_the_terminal_is_gone() -> None:
    interruption, terminal = Interruption(), os.dup(2)
    reader, writer = os.pipe()
    os.close(reader)
    os.dup2(writer, 2)
    try:
        with interruption.listening():
            os.kill(os.getpid(), signal.SIGTERM)
    finally:
        os.dup2(terminal, 2)
        os.close(writer)
        os.close(terminal)

    assert interruption.is_requested


def test_a_second_ctrl_c_ends_at_once_and_the_first_handler_comes_back() -> None:
    before = signal.getsignal(signal.SIGINT)

    with Interruption().listening():
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)

    assert signal.getsignal(signal.SIGINT) is before


def test_a_request_stands_where_nobody_reads_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(descriptor: int, content: bytes) -> int:
        raise BrokenPipeError

    interruption = Interruption()
    monkeypatch.setattr(os, "write", write)

    with interruption.listening():
        os.kill(os.getpid(), signal.SIGTERM)

    assert interruption.is_requested
