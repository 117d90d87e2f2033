"""Which worker of a machine follows the store is decided by a lock that may not be had at all."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from webapp.store import follower
from webapp.store.follower import StoreFollower
from webapp.store.state import read_state


def test_a_lock_that_nobody_can_have_is_told_once_and_takes_no_descriptors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, twenty = [0], threading.Event()

    def no_locks(*_: object, **__: object) -> bool:
        tried[0] += 1
        if tried[0] == 20:
            twenty.set()
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(follower, "take_lock", no_locks)
    before = len(os.listdir("/proc/self/fd"))
    follows = StoreFollower("s3://nowhere/models", tmp_path, 0.001)

    with capture_logs() as logs:
        follows.start()
        assert twenty.wait(60)
        follows.stop()

    assert len(os.listdir("/proc/self/fd")) < before + 10
    assert [line["event"] for line in logs] == ["the store is not followed"]
    assert os.strerror(errno.ENOLCK) in logs[0]["reason"]
    assert "cannot be locked" in (read_state(tmp_path).trouble or "")
