from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.webapp.doctor.conftest import Examine
from webapp.__main__ import main


def test_a_server_that_was_never_started_is_well_and_stays_untouched(
    examine: Examine, tmp_path: Path
) -> None:
    report = examine()

    assert report.status == 0
    parts = {
        "settings", "model", "preprocessing", "database", "limits", "disk",
        "permissions", "proxies", "hosts", "https", "data", "store",
    }  # fmt: skip
    assert set(report.states) == parts
    assert "bad" not in report.states.values()
    assert not (tmp_path / "instance").exists()


def test_a_person_reads_what_is_wrong_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NET_MODELS_DIR", str(tmp_path))

    answer = CliRunner().invoke(main, ["doctor"])

    assert answer.exit_code == 1
    lines = answer.output.splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith("bad      model"))
    assert "no run is served" in lines[at]
    assert "python -m trainer activate RUN" in lines[at + 1]
    assert lines[-1].endswith(" bad")


def test_a_setting_that_cannot_be_used_is_all_that_is_said(examine: Examine) -> None:
    report = examine(NET_WORKERS="many")

    assert report.status == 1
    assert list(report.states) == ["settings"]
    assert "NET_WORKERS='many'" in report.said["settings"]


def test_a_name_that_nobody_reads_is_told_with_what_was_meant(examine: Examine) -> None:
    state, said = examine(NET_LIMIT_URL="x").about("settings")

    assert state == "warning"
    assert said == "nobody reads NET_LIMIT_URL → did you mean NET_LIMITS_URL?"
