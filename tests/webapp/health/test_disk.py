from __future__ import annotations

from pathlib import Path

import pytest

from webapp.health import disk


def test_a_folder_that_is_not_there_yet_lies_on_the_disk_of_the_one_above(tmp_path: Path) -> None:
    here, later = disk.disk_of(tmp_path), disk.disk_of(tmp_path / "not" / "yet")

    assert later.total == here.total > here.free > 0
    assert here.takes_files


def test_too_little_room_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = disk.disk_of(tmp_path).is_nearly_full

    monkeypatch.setattr(disk, "NEEDED_BYTES", 10**18)

    assert (before, disk.disk_of(tmp_path).is_nearly_full) == (False, True)
