"""The growth of serving on a real gunicorn, for a moment."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks import growth
from benchmarks.serving.drawings import Question

pytestmark = [
    pytest.mark.gunicorn,
    pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed"),
]


def test_a_table_and_a_plot_are_made_of_real_servers(
    released_models: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seven = Question({"strokes": [{"x": [20, 80, 76, 60, 48], "y": [20, 20, 34, 70, 110]}]}, "7")
    monkeypatch.setenv("NET_MODELS_DIR", str(released_models))
    monkeypatch.setattr(growth, "load_questions", lambda _: [seven])
    monkeypatch.setattr(growth, "WORKERS", (1,))
    monkeypatch.setattr(growth, "POINTS_SECONDS", 0.2)
    plot = tmp_path / "growth.png"

    status = growth.main(
        ["--seconds", "0.3", "--clients", "1", "4", "--points", "10", "1000", "20000",
         "--plot", str(plot)]
    )  # fmt: skip

    printed = capsys.readouterr().out
    assert status == 0
    assert "| 1 | 4 |" in printed
    assert "| 20,000 |" in printed
    assert "to the power" in printed
    assert plot.read_bytes().startswith(b"\x89PNG")
