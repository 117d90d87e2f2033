"""A training that meets NaN, a broken checkpoint or settings that cannot be says so and stops."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from trainer.command_line import main
from trainer.recipes import dense_512
from trainer.runs.writer import RunWriter
from trainer.training import run as training_run
from trainer.training import session

pytestmark = pytest.mark.slow

SETTINGS = ("epochs=3", "validation_images=50", "batch_size=32", "units=16")


def _train(models: Path, data: Path, *more: str) -> list[str]:
    settings = [word for setting in SETTINGS for word in ("--set", setting)]
    return [
        "train",
        "dense-512",
        *settings,
        "--models",
        str(models),
        "--data-dir",
        str(data),
        *more,
    ]


def _resume(run: Path, data: Path) -> list[str]:
    return ["train", "--resume", run.name, "--models", str(run.parent), "--data-dir", str(data)]


def _strict(text: str) -> Any:
    """JSON as every other program reads it."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    return json.loads(text, parse_constant=refuse)


class _Diverging(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]
    """No number from step 30 on, in the second epoch."""

    def __call__(self, step: Any) -> Any:
        return keras.ops.where(step < 30, 0.01, float("nan"))

    def get_config(self) -> dict[str, Any]:
        return {}


def test_a_loss_that_is_no_number_ends_the_training_and_keeps_the_epochs_before(
    data_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def diverge(network: keras.Model, settings: Any, epochs: int, steps: int) -> None:
        optimizer = keras.optimizers.SGD(_Diverging())
        network.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])

    with monkeypatch.context() as patched:
        patched.setattr(dense_512, "compile_network", diverge)
        status = main(_train(tmp_path, data_folder))
    said = capsys.readouterr().err.strip()
    (run,) = tmp_path.iterdir()
    details = _strict((run / "run.json").read_text())

    assert status == 2
    assert said.startswith("trainer: the loss is nan in epoch 2; the epochs before are kept")
    assert "smaller learning_rate" in said
    assert details["status"] == "failed"
    assert details["reason"].startswith("DivergedError: the loss is nan in epoch 2")
    assert len((run / "training_log.csv").read_text().splitlines()) == 2
    with np.load(run / "checkpoint.npz") as kept:
        assert int(kept["epoch"]) == 1
        assert all(np.isfinite(kept[name]).all() for name in kept if name.startswith("weight"))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 cut off", b"no checkpoint at all", "another", "not finite", "half"],
)
def test_a_checkpoint_that_cannot_be_used_is_named_with_the_way_on(
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes | str,
) -> None:
    assert main(_train(tmp_path, data_folder, "--queue")) == 0
    (run,) = tmp_path.iterdir()
    checkpoint = run / "checkpoint.npz"
    if isinstance(content, bytes):
        checkpoint.write_bytes(content)
    else:
        weight = np.full(3, np.nan if content == "not finite" else 0.5, np.float32)
        np.savez(checkpoint, epoch=1, memories="[]", weight0=weight)
        if content == "half":
            checkpoint.write_bytes(checkpoint.read_bytes()[:200])
    capsys.readouterr()

    status = main(_resume(run, data_folder))

    said = capsys.readouterr().err.strip()
    assert status == 2
    assert said.startswith(f"trainer: {checkpoint} ")
    assert said.endswith("remove it, and --resume begins with the first epoch again")
    assert "\n" not in said


def test_a_queued_run_whose_settings_are_of_another_version_fails_with_the_reason(
    data_folder: Path, tmp_path: Path
) -> None:
    assert main(_train(tmp_path, data_folder, "--queue")) == 0
    (run,) = tmp_path.iterdir()
    writer = RunWriter.open(run)
    writer.update(settings={**writer.details["settings"], "momentum": 0.9})

    assert main(_resume(run, data_folder)) == 2

    details = _strict((run / "run.json").read_text())
    assert details["status"] == "failed"
    assert "momentum" in details["reason"]


def test_a_stop_counts_while_the_data_is_read_and_changes_nothing_when_all_is_trained(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_pictures: None
) -> None:
    assert main(_train(tmp_path, data_folder, "--queue")) == 0
    (run,) = tmp_path.iterdir()
    RunWriter.open(run).begin()  # and its process was killed
    (run / "stop").touch()  # this one was asked of it

    def stopping_before(called: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            assert main(["stop", run.name, "--models", str(tmp_path)]) == 0
            return called(*arguments, **named)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(session, "load_data", stopping_before(session.load_data))
        stopped = main(_resume(run, data_folder)), _strict((run / "run.json").read_text())
    with monkeypatch.context() as patched:
        patched.setattr(training_run, "evaluate", stopping_before(training_run.evaluate))
        finished = main(_resume(run, data_folder)), _strict((run / "run.json").read_text())

    assert (stopped[0], stopped[1]["status"]) == (1, "stopped")
    assert (finished[0], finished[1]["status"]) == (0, "finished")
    assert finished[1]["networks"]["model"]["epochs"] == 3
    assert not (run / "stop").exists()


def test_settings_that_leave_nothing_to_train_on_are_refused_before_there_is_a_run(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(_train(tmp_path, data_folder, "--set", "validation_images=400"))

    assert status == 2
    assert "leaves none of the 400 images to train on" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())
