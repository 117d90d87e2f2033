"""Who asks what a benchmark is for gets an answer, and no measurement."""

from __future__ import annotations

import pytest

from benchmarks import slow_senders


def test_asking_for_help_starts_no_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(slow_senders, "serving", lambda workers: pytest.fail("started"))
    monkeypatch.setattr("sys.argv", ["slow_senders", "--help"])

    with pytest.raises(SystemExit) as end:
        slow_senders.main()

    assert end.value.code == 0
    assert "half a request" in capsys.readouterr().out
