"""An older run's networks get a new run that has all that a run of today has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from recognizer.errors import RunError
from recognizer.runs.folder import read_details
from recognizer.runs.loaded_run import load_run
from tests.run_details import change_details
from tests.trainer.measured_runs import seal, write_measurable_run
from tests.trainer.small_runs import fitted_weights, network
from trainer.command_line import main
from trainer.data.collection import load_data
from trainer.evaluation.samples import writer_id

Output = pytest.CaptureFixture[str]


@pytest.fixture
def old(tmp_path: Path, data_folder: Path) -> Path:
    """A run as they were made before: no weights for grouping strokes, and no checksum."""
    run = write_measurable_run(tmp_path / "models", data_folder, "old")
    first = load_data(data_folder).drawings[0]
    samples = [{"row": 0, "writer": writer_id(first)}, {"row": 0, "writer": "another's"}]
    sets = {"mnist_test": {"samples": [{"row": 0}]}, "held_out_writers": {"samples": samples}}
    (run / "samples.json").write_text(json.dumps({"format": 1, "run": "old", "sets": sets}))
    seal(run)
    change_details(run, grouping=None)
    (run / "run.json.sha256").unlink()
    return run


@pytest.fixture
def same(old: Path, data_folder: Path) -> list[str]:
    return ["--models", str(old.parent), "--data-dir", str(data_folder)]


def _new(old: Path) -> Path:
    (new,) = set(old.parent.iterdir()) - {old}
    return new


def _content(run: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in run.iterdir()}


def test_the_refusal_of_an_older_run_names_the_command_that_makes_a_new_one(
    old: Path, same: list[str], capsys: Output
) -> None:
    with pytest.raises(RunError) as refused:
        load_run(old.parent, "old")
    arguments = str(refused.value).rpartition("python -m trainer ")[2].split()

    assert main([*arguments, *same]) == 0

    new = _new(old)
    assert load_run(old.parent, new.name).grouping is not None
    printed = capsys.readouterr().out
    assert f"{new.name} is made of the networks of old" in printed
    assert f"python -m trainer activate {new.name}" in printed


def test_the_networks_are_the_same_and_the_old_run_stays_as_it_is(
    old: Path, same: list[str]
) -> None:
    before = _content(old)
    (old.parent / ".upgraded-old" / "killed").mkdir(parents=True)  # is gone afterwards

    main(["upgrade", "old", *same])

    assert _content(old) == before
    after = _content(_new(old))
    for name in ("model.onnx", "without-here.onnx", "training_log.csv"):
        assert after[name] == before[name]
    samples = json.loads(after["samples.json"])
    assert samples["run"] == _new(old).name
    kept = [["strokes" in one for one in part["samples"]] for part in samples["sets"].values()]
    assert kept == [[False], [True, False]]  # those that can be looked into; older runs kept none
    details, made = json.loads(before["run.json"]), json.loads(after["run.json"])
    assert {key: made[key] for key in ("metrics", "settings", "times", "splits", "status")} == {
        key: details[key] for key in ("metrics", "settings", "times", "splits", "status")
    }
    assert [one["from"] for one in made["upgrades"]] == ["old"]


def test_the_same_run_and_data_give_the_same_weights(old: Path, same: list[str]) -> None:
    main(["upgrade", "old", *same])
    first = _new(old)
    first.rename(old.parent.parent / first.name)
    main(["upgrade", "old", *same])

    fitted = read_details(_new(old))["grouping"]

    again = json.loads((old.parent.parent / first.name / "run.json").read_text())["grouping"]
    assert fitted == again
    assert set(fitted["fitted_to"]) == {"digits", "numbers", "others"}


def test_what_was_fitted_is_fitted_anew_and_differences_are_told(
    old: Path, same: list[str], capsys: Output
) -> None:
    details = json.loads((old / "run.json").read_text())
    details["calibration"] = {"temperature": 4.66}
    (old / "run.json").write_text(json.dumps(details))

    main(["upgrade", "old", *same])

    temperature = read_details(_new(old))["calibration"]["temperature"]
    assert temperature != 4.66
    told = f"calibration.temperature: {temperature} was fitted, old has 4.66"
    assert told in capsys.readouterr().out


def _spoil(run: Path, how: str) -> None:
    if how == "a network":
        (run / "model.onnx").write_bytes(b"another")
    elif how == "run.json":
        change_details(run)
        (run / "run.json").write_bytes((run / "run.json").read_bytes() + b"\n")
    else:
        change: dict[str, Any] = {
            "the status": {"status": "running"},
            "the recipe": {"recipe": None},
            "the splits": {"splits": {}},
        }[how]
        (run / "run.json").write_text(json.dumps({**read_details(run), **change}))


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("a network", "'model.onnx' is not the file"),
        ("run.json", "run.json is not the file that run.json.sha256 is of"),
        ("the status", "status 'running'"),
        ("the recipe", "names no recipe"),
        ("the splits", "run.json does not tell '"),
    ],
)
def test_a_run_that_is_not_whole_is_not_upgraded(
    old: Path, same: list[str], capsys: Output, how: str, message: str
) -> None:
    _spoil(old, how)

    assert main(["upgrade", "old", *same]) == 2

    assert message in capsys.readouterr().err
    assert list(old.parent.iterdir()) == [old]


def test_a_run_that_does_not_read_known_drawings_is_not_upgraded(
    old: Path, same: list[str], data_folder: Path, capsys: Output
) -> None:
    backwards = network(fitted_weights(data_folder), order=list(reversed(range(10))))
    (old / "model.onnx").write_bytes(backwards)
    seal(old)
    change_details(old, grouping=None)

    assert main(["upgrade", "old", *same]) == 2

    assert "known drawing" in capsys.readouterr().err
    assert list(old.parent.iterdir()) == [old]


def test_without_the_data_nothing_is_fitted(old: Path, tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "empty").mkdir()

    status = main(
        ["upgrade", "old", "--models", str(old.parent), "--data-dir", str(tmp_path / "empty")]
    )

    assert status == 2
    assert "trainer: " in capsys.readouterr().err
    assert list(old.parent.iterdir()) == [old]
