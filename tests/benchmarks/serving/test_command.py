"""The command on real gunicorns: an empty endpoint and ours, for a moment."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmarks.serving import command
from benchmarks.serving.drawings import Question

pytestmark = [
    pytest.mark.gunicorn,
    pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed"),
]


def test_ours_is_measured_beside_the_empty_endpoint_with_real_servers(
    released_models: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seven = Question({"strokes": [{"x": [20, 80, 76, 60, 48], "y": [20, 20, 34, 70, 110]}]}, "7")
    monkeypatch.setenv("NET_MODELS_DIR", str(released_models))
    monkeypatch.setattr(command, "load_questions", lambda _: [seven] * 64)
    monkeypatch.setattr(command, "WARM_UP_SECONDS", 0.2)

    status = command.main(
        ["--rounds", "1", "--seconds", "0.4", "--clients", "8", "--only", "30 lines"]
    )

    printed, complaints = capsys.readouterr()
    assert status == 0, complaints
    rounds = json.loads(printed.splitlines()[-1])
    assert list(rounds) == ["empty", "30 lines", "ours"]
    for (one,) in rounds.values():
        assert one["megabytes"] > 10
        assert one["first_answer_seconds"] > 0
        assert one["loads"]["8"]["per_second"] > 0
    assert "of the empty endpoint's throughput, 8 clients" in printed


def test_drawings_that_are_missing_are_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--data-dir", str(tmp_path / "nowhere")]) == 1
    assert "does not exist" in capsys.readouterr().err
