"""A person trains: starts, watches, interrupts, resumes, queues, and adds data of their own."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from recognizer import known_drawings
from recognizer.engine import Engine
from recognizer.recognizer import Recognizer
from recognizer.runs.folder import read_details, verify
from recognizer.runs.loaded_run import load_run
from tests.trainer.small_flagship import small_flagship
from trainer.command_line import main
from trainer.recipes import RECIPE_NAMES
from trainer.runs.state import observe, observed_status
from trainer.training.progress import ProgressBar
from webapp import create_app

SETTINGS = (
    "epochs=3", "samples_per_epoch=640", "batch_size=32", "warmup_epochs=0.5", "site_epochs=1",
    "validation_images=50", "averaging=0.9", "learning_rate=0.01", "precision=float32",
)  # fmt: skip
SEVEN = {"strokes": [{"x": [0, 10, 4], "y": [0, 0, 14]}]}
PATIENCE_SECONDS = 600  # for what takes a few seconds on an idle machine
pytestmark = pytest.mark.slow


def _train(models: Path, data: Path, *more: str) -> list[str]:
    settings = [word for setting in SETTINGS for word in ("--set", setting)]
    return ["train", "strokes", *settings, "--models", str(models), "--data-dir", str(data), *more]


def _log(run: Path) -> list[dict[str, str]]:
    with (run / "training_log.csv").open() as file:
        return list(csv.DictReader(file))


def _only_run(models: Path) -> Path:
    (run,) = models.iterdir()
    return run


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """A models folder with one finished run of a small flagship."""
    folder = tmp_path_factory.mktemp("models")
    with small_flagship():
        assert main(_train(folder, data_folder)) == 0
    return folder


def test_a_finished_run_can_be_verified(models: Path) -> None:
    details = verify(_only_run(models))

    assert details["status"] == "finished"
    assert details["settings"]["epochs"] == 3
    assert set(details["datasets"]) == {
        "mnist", "pendigits-train", "unipen-digits-train",
        "unipen-upper-train", "unipen-lower-train", "unipen-symbols-train",
    }  # fmt: skip
    assert len(details["splits"]["writers"]["validation"]) == 2
    assert {"model.keras", "model.onnx", "training_log.csv"} <= set(details["files"])
    assert not (_only_run(models) / "checkpoint.npz").exists()


def test_the_network_learns(models: Path) -> None:
    metrics = json.loads((_only_run(models) / "run.json").read_text())["metrics"]

    assert metrics["mnist_test"]["accuracy"] > 0.9
    assert metrics["held_out_writers"]["accuracy"] > 0.9


def test_a_network_is_left_out_of_each_site(models: Path) -> None:
    details = json.loads((_only_run(models) / "run.json").read_text())

    assert set(details["networks"]) == {"model", "drawing", "without-here", "without-there"}
    assert details["metrics"]["held_out_sites/here"]["total"] == 90
    assert details["metrics"]["held_out_sites"]["total"] == 210
    assert (_only_run(models) / "without-here.csv").is_file()


def test_every_epoch_has_its_line_in_the_log(models: Path) -> None:
    rows = _log(_only_run(models))

    assert [row["epoch"] for row in rows] == ["1", "2", "3"]
    assert float(rows[-1]["loss"]) < float(rows[0]["loss"])
    assert float(rows[-1]["learning_rate"]) < 1e-4
    assert list(rows[0]) == [
        "epoch", "loss", "accuracy", "val_loss", "val_accuracy", "learning_rate", "seconds",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def stroke_run(models: Path) -> Path:
    """The same: it has a network for strokes, and learned to refuse."""
    return _only_run(models)


def test_one_training_gives_a_network_for_pictures_and_one_for_strokes(stroke_run: Path) -> None:
    run = load_run(stroke_run.parent, stroke_run.name)

    assert run.drawing_engine.reads_directions
    assert not run.engine.reads_directions
    assert set(run.details["networks"]) == {"model", "drawing", "without-here", "without-there"}
    differences = [part["largest_difference_to_keras"] for part in run.details["networks"].values()]
    assert max(differences) < 1e-4


def test_a_trained_run_can_explain_its_answers_as_keras_computes_them(stroke_run: Path) -> None:
    run = load_run(stroke_run.parent, stroke_run.name)

    explained = run.details["explained"]
    assert set(explained) == {"model", "drawing"}
    assert max(explained.values()) < 1e-4
    explanation = Recognizer(run).explain(known_drawings.SEVEN.drawing)
    odds = np.exp(explanation.workings.logits / explanation.temperature)
    told = explanation.prediction.digits[0].probabilities
    np.testing.assert_allclose(odds / odds.sum(), told, atol=1e-5)


def test_both_networks_agree_where_there_are_no_directions(stroke_run: Path) -> None:
    run = load_run(stroke_run.parent, stroke_run.name)
    pictures = np.random.default_rng(0).random((5, 28, 28, 1), np.float32)

    as_pictures = run.engine.ask(pictures)
    exact = Engine(stroke_run / "drawing.onnx")  # the quick one rounds
    as_drawings = exact.ask(pictures, np.zeros((5, 14, 14, 8), np.float32))

    for one, other in zip(as_pictures, as_drawings, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_the_main_network_is_kept_as_keras_trained_it(stroke_run: Path) -> None:
    run = load_run(stroke_run.parent, stroke_run.name)
    pictures = np.random.default_rng(0).random((5, 28, 28, 1), np.float32)

    network = keras.models.load_model(stroke_run / "model.keras", compile=False)

    answers = np.asarray(network(pictures, training=False))
    np.testing.assert_allclose(answers, run.engine.probabilities(pictures), atol=1e-5)


def test_what_is_refused_is_settled_and_stored(stroke_run: Path) -> None:
    refusal = read_details(stroke_run)["refusal"]

    assert 0 <= refusal["digits_refused"] <= 0.01
    assert set(refusal["others_accepted"]) >= {"scribbles", "two digits"}
    assert 0 < refusal["pictures"]["digitness"] < 1
    assert set(read_details(stroke_run)["calibration"]) == {"temperature", "drawing_temperature"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """A quick run that nobody stopped."""
    folder = tmp_path_factory.mktemp("whole")
    assert main(_small(folder, data_folder, "--set", "epochs=4")) == 0
    return _only_run(folder)


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """A run of the same settings and seed that Ctrl-C ended after an epoch."""
    folder = tmp_path_factory.mktemp("interrupted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProgressBar, "epoch", lambda *_: os.kill(os.getpid(), signal.SIGINT))
        assert main(_small(folder, data_folder, "--set", "epochs=4")) == 1
    return _only_run(folder)


@pytest.fixture(scope="module")
def resumed(interrupted: Path, tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """The same run, gone on with to its end."""
    folder = tmp_path_factory.mktemp("resumed")
    shutil.copytree(interrupted, folder / interrupted.name)
    same = ["--models", str(folder), "--data-dir", str(data_folder)]
    assert main(["train", "--resume", interrupted.name, *same]) == 0
    return folder / interrupted.name


def test_a_trained_run_holds_its_pictures_samples_and_figures_under_its_checksums(
    whole: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = ["--models", str(whole.parent), "--data-dir", str(data_folder)]

    assert main(["evaluate", whole.name, "--json", *same]) == 0

    details = verify(whole)
    assert json.loads(capsys.readouterr().out) == details["metrics"]
    assert {"samples.json", "report-loss.png", "report-writers-held-out-writers.png"} <= set(
        details["files"]
    )
    sets = json.loads((whole / "samples.json").read_text())["sets"]
    assert set(sets) == {"mnist_test", "held_out_writers"}
    assert sets["mnist_test"]["right"] == details["metrics"]["mnist_test"]["right"]


def test_a_seed_repeats_a_run(whole: Path, interrupted: Path) -> None:
    rows = _log(interrupted)

    # Equal to six digits here; another seed's first loss is off by 3 to 6 %.
    expected = [float(row["loss"]) for row in _log(whole)]
    losses = [float(row["loss"]) for row in rows]
    assert losses == pytest.approx(expected[: len(rows)], rel=5e-3)


def test_ctrl_c_leaves_a_marked_run(interrupted: Path) -> None:
    stopped = verify(interrupted)

    assert stopped["status"] == "stopped"
    assert stopped["networks"]["model"]["epochs"] == 1
    assert "checkpoint.npz" not in stopped["files"]


def test_what_ctrl_c_stopped_goes_on_where_it_stopped(whole: Path, resumed: Path) -> None:
    details = verify(resumed)

    assert details["status"] == "finished"
    assert details["networks"]["model"]["epochs"] == 4
    expected, rows = _log(whole), _log(resumed)
    assert [row["learning_rate"] for row in rows] == [row["learning_rate"] for row in expected]
    # Sums in another order grow over the steps, so the losses are alike and not the same.
    for one, other in zip(rows, expected, strict=True):
        assert float(one["loss"]) == pytest.approx(float(other["loss"]), rel=0.03)


def test_a_finished_run_is_not_resumed(
    models: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = _only_run(models)
    before = (run / "run.json").read_bytes()

    status = main(
        ["train", "--resume", run.name, "--models", str(models), "--data-dir", str(data_folder)]
    )

    assert status == 2
    assert "finished" in capsys.readouterr().err
    assert (run / "run.json").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["train", "inc"], "no recipe 'inc'"),
        (["train", "ink", "--set", "epoch=1"], "there are: seed"),
        (["train"], "name a recipe"),
        (["train", "--resume", "../outside"], "not the name of a run"),
        (["train", "--resume", "absent"], "there is no run absent in "),
        (["train", "dense-512", "--add", "nowhere"], "nowhere"),
        (["train", "dense-512", "--settings", "nowhere.json"], "nowhere.json cannot be read: No"),
        (["train", "dense-512", "--settings", __file__], "test_train.py holds no settings, as"),
        (["train", "--resume", "absent", "--queue"], "--queue makes a new run"),
    ],
)
def test_what_cannot_be_done_ends_with_status_2_and_touches_nothing(
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    same = ["--models", str(tmp_path), "--data-dir", str(data_folder)]

    assert main([*arguments, *same]) == 2

    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_missing_data_ends_with_status_2_before_a_run_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(_train(tmp_path, tmp_path / "nowhere")) == 2

    assert "nowhere does not exist" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def _small(models: Path, data: Path, *more: str) -> list[str]:
    """A training of a second."""
    same = ["--models", str(models), "--data-dir", str(data), "--set", "validation_images=50"]
    return ["train", "dense-512", "--set", "epochs=2", "--set", "batch_size=32", *same, *more]


@dataclass(frozen=True)
class _Queued:
    """A run that was queued with all that can be given, and begun with ``--resume``."""

    folder: Path
    details: dict[str, Any]  # while it was queued
    own: Path
    events: Path
    printed: str  # by the training


@pytest.fixture(scope="module")
def queued(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> _Queued:
    """A small run of ``dense-512``, of a search's settings, a seed, and drawings of one's own."""
    folder = tmp_path_factory.mktemp("queued")
    best, own, models, events = (
        folder / name for name in ("best", "own.jsonl", "models", "events")
    )
    found = {"units": 384, "epochs": 9}
    best.write_text(json.dumps({"recipe": "dense-512", "settings": found}))
    own.write_text(json.dumps({"label": "7", **SEVEN}) + "\n")
    given = ("--settings", str(best), "--seed", "7", "--add", str(own))
    given += ("--set", "epochs=6", "--set", "training_images=300")
    with redirect_stdout(io.StringIO()) as name:
        assert main(_small(models, data_folder, *given, "--queue")) == 0
    run = models / name.getvalue().strip()
    before = json.loads((run / "run.json").read_text())
    same = ["--models", str(models), "--data-dir", str(data_folder)]
    with redirect_stdout(io.StringIO()) as printed:
        assert main(["train", "--resume", run.name, *same, "--tensorboard", str(events)]) == 0
    return _Queued(run, before, own, events, printed.getvalue())


def test_a_queued_run_is_begun_by_resume(queued: _Queued) -> None:
    assert queued.details["status"] == "queued"
    assert verify(queued.folder)["status"] == "finished"


def test_a_recipe_without_strokes_is_measured_on_strokes_where_there_are_any(
    queued: _Queued,
) -> None:
    details = verify(queued.folder)

    assert details["splits"]["writers"]["train"] == []
    assert details["metrics"]["held_out_writers"]["total"] == 60
    assert "60 drawings to be measured on" in queued.printed


def test_settings_come_from_a_searchs_file_then_from_set_then_from_seed(queued: _Queued) -> None:
    settings = read_details(queued.folder)["settings"]

    assert (settings["units"], settings["epochs"], settings["seed"]) == (384, 6, 7)


def test_only_so_many_training_images_are_used_as_were_asked_for(queued: _Queued) -> None:
    assert verify(queued.folder)["splits"]["mnist"] == {"train": 300, "validation": 50}


def test_own_drawings_are_trained_on_and_named(queued: _Queued) -> None:
    details = read_details(queued.folder)

    assert "added: 0 images and 1 drawings" in queued.printed
    assert details["added"] == [str(queued.own)]
    assert details["datasets"]["added/own.jsonl"]["file"] == str(queued.own)


def test_tensorboard_events_are_written_on_request(queued: _Queued) -> None:
    (written,) = (queued.events / queued.folder.name / "train").glob("*tfevents*")

    assert written.stat().st_size > 100
    assert not list(queued.folder.glob("*tfevents*"))


def test_a_trained_run_is_exported_activated_and_answers_over_http(
    queued: _Queued, data_folder: Path, tmp_path: Path
) -> None:
    models, export = tmp_path / "models", tmp_path / "digits.onnx"
    same = ["--models", str(models), "--data-dir", str(data_folder)]
    run = queued.folder.name
    shutil.copytree(queued.folder, models / run)

    exported = main(["export", run, "--format", "onnx", "--output", str(export), *same])
    activated = main(["activate", run, "--force", "the only one there is", *same])

    assert (exported, activated) == (0, 0)
    assert export.stat().st_size > 1_000_000
    with create_app({"TESTING": True, "NET_MODELS_DIR": models}).test_client() as client:
        answer = client.post("/api/v1/predictions", json=SEVEN).json
    assert answer["model"] == {"run": run, "recipe": "dense-512"}
    assert answer["text"] == "7"


def test_a_recipe_without_strokes_needs_none_and_is_measured_on_images(
    data_folder: Path, tmp_path: Path
) -> None:
    images_only = tmp_path / "data"
    images_only.mkdir()
    (images_only / "mnist.npz").symlink_to(data_folder / "mnist.npz")
    models = tmp_path / "models"

    assert main(_small(models, images_only)) == 0

    details = verify(_only_run(models))
    assert set(details["datasets"]) == {"mnist"}
    assert details["metrics"]["mnist_test"]["total"] == 100
    assert "held_out_writers" not in details["metrics"]


def test_settings_of_another_recipe_are_refused(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    best = tmp_path / "best.json"
    best.write_text(json.dumps({"recipe": "ink", "settings": {}}))

    assert main(_small(tmp_path, data_folder, "--settings", str(best))) == 2

    assert "settings of 'ink', not of 'dense-512'" in capsys.readouterr().err


def test_a_queued_run_whose_data_is_missing_fails_with_the_reason(
    data_folder: Path, tmp_path: Path
) -> None:
    main(_small(tmp_path, data_folder, "--queue"))
    name = _only_run(tmp_path).name
    nowhere = str(tmp_path / "nowhere")

    assert main(["train", "--resume", name, "--models", str(tmp_path), "--data-dir", nowhere]) == 2

    details = json.loads((tmp_path / name / "run.json").read_text())
    assert details["status"] == "failed"
    assert "nowhere does not exist" in details["reason"]


def test_a_killed_training_is_seen_as_dead_and_can_be_resumed_and_stopped_from_elsewhere(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = ["--models", str(tmp_path), "--data-dir", str(data_folder)]
    with _started(_small(tmp_path, data_folder, "--set", "epochs=1000")) as process:
        run = _wait_for_an_epoch(tmp_path, process)
        process.send_signal(signal.SIGSTOP)  # so that it is alive for as long as it is looked at
        alive = observed_status(run, read_details(run))
        refused = main(["train", "--resume", run.name, *same])
    epochs, dead = len(_log(run)), read_details(run)

    assert (alive, refused) == ("running", 2)
    assert "another process is training" in capsys.readouterr().err
    assert dead["status"] == "running"
    assert observed_status(run, dead) == "failed"
    assert "is gone" in str(observe(run, dead)[1])

    with ThreadPoolExecutor(1) as another:
        stopping = another.submit(_stop_after, epochs, run)
        status = main(["train", "--resume", run.name, *same])
    seen = stopping.result()

    assert status == 1
    assert verify(run)["status"] == "stopped"
    assert [int(row["epoch"]) for row in _log(run)] == [*range(1, len(_log(run)) + 1)]
    assert not (run / "stop").exists()
    assert (seen["network"], seen["epochs"], seen["steps"]) == ("model", 1000, 11)
    assert seen["last_epoch"]["val_accuracy"] <= 1
    assert seen["seconds_left"] > 0
    assert main(["stop", run.name, *same[:2]]) == 2
    assert "is stopped" in capsys.readouterr().err


def test_recipes_tells_every_setting_with_its_limits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recipes", "--json"]) == 0
    known = {recipe["name"]: recipe for recipe in json.loads(capsys.readouterr().out)}
    assert main(["recipes", "conv-3-block"]) == 0
    table = capsys.readouterr().out
    assert main(["recipes"]) == 0
    names = capsys.readouterr().out

    settings = {setting["name"]: setting for setting in known["dense-512"]["settings"]}
    assert settings["epochs"]["default"] == 5
    assert (settings["epochs"]["low"], settings["epochs"]["high"]) == (1, 1000)
    assert settings["precision"]["choices"][0] == "auto"
    assert "stop_patience" in table
    assert all(name in names for name in RECIPE_NAMES)


@contextmanager
def _started(arguments: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """The command as a person starts it; it is killed at the end, and never left behind."""
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "trainer", *arguments]
    with subprocess.Popen(command, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def _wait_for_an_epoch(models: Path, process: subprocess.Popen[bytes]) -> Path:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not list(models.glob("*/training_log.csv")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return _only_run(models)


def _stop_after(epochs: int, run: Path) -> dict[str, Any]:
    """Stop a run when it tells of an epoch after so many; returns the progress that it told."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        progress = read_details(run).get("progress") or {}
        if (progress.get("last_epoch") or {}).get("epoch", 0) > epochs:
            assert main(["stop", run.name, "--models", str(run.parent)]) == 0
            return dict(progress)
        time.sleep(0.05)
    raise AssertionError("run.json tells no progress")
