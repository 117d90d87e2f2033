"""A disk that is full while a run trains: a sentence, nothing half-written, and a way on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from recognizer.runs.folder import read_details, verify
from tests.webapp.faults.conftest import SmallDisk
from trainer.command_line import main
from trainer.runs.training_log import TrainingLog

pytestmark = pytest.mark.slow

FULL = "trainer: the disk is full; make room and try again"
SETTINGS = ("epochs=2", "validation_images=50", "batch_size=32", "units=16", "training_images=200")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "models"
    folder.mkdir()
    try:
        made = SmallDisk(folder, 16)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs the right to mount a file system in memory")
    yield made
    made.remove()


def _leave(disk: SmallDisk, room: int) -> None:
    disk.fill()
    ballast = disk.folder / "ballast"
    os.truncate(ballast, ballast.stat().st_size - room)


def _train(disk: SmallDisk, data: Path) -> int:
    settings = [word for setting in SETTINGS for word in ("--set", setting)]
    places = ["--models", str(disk.folder), "--data-dir", str(data)]
    return main(["train", "dense-512", *settings, *places])


def test_a_run_that_finds_no_room_leaves_no_folder(
    disk: SmallDisk, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _leave(disk, 0)

    status = _train(disk, data_folder)

    assert status == 2
    assert capsys.readouterr().err.strip() == FULL
    assert [path.name for path in disk.folder.iterdir()] == ["ballast"]


@pytest.mark.parametrize(
    ("room", "epochs"),
    [(131_072, 1), (327_680, 2)],
    ids=["at the second checkpoint", "while it is measured"],
)
def test_a_training_on_a_disk_that_becomes_full_says_how_to_go_on_and_goes_on(
    disk: SmallDisk, data_folder: Path, capsys: pytest.CaptureFixture[str], room: int, epochs: int
) -> None:
    _leave(disk, room)

    status = _train(disk, data_folder)

    (run,) = (path for path in disk.folder.iterdir() if path.is_dir())
    said = capsys.readouterr().err.strip().splitlines()
    assert status == 2
    assert said == [f"go on with: python -m trainer train --resume {run.name}", FULL]
    assert read_details(run)["status"] != "finished"
    if epochs == 1:
        with np.load(run / "checkpoint.npz") as kept:
            assert int(kept["epoch"]) == 1
    disk.empty()
    places = ["--models", str(disk.folder), "--data-dir", str(data_folder)]

    assert main(["train", "--resume", run.name, *places]) == 0

    assert verify(run)["status"] == "finished"
    assert [one.epoch for one in TrainingLog.of_run(run).read()] == [1, 2]
    assert not [path for path in run.iterdir() if path.name.startswith(".") and path.stat().st_size]
