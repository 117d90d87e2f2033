from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from recognizer.runs.pointer import read_current
from trainer.command_line import main
from trainer.export.formats import FORMATS

Output = pytest.CaptureFixture[str]


@pytest.fixture
def models(released_models: Path, tmp_path: Path) -> Path:
    """A copy of the released run's main network and its run.json."""
    name = read_current(released_models)
    folder = tmp_path / "models"
    (folder / name).mkdir(parents=True)
    for file in ("run.json", "model.keras"):
        shutil.copy(released_models / name / file, folder / name)
    (folder / "current").write_text(name)
    return folder


@pytest.fixture
def same(models: Path, data_folder: Path) -> list[str]:
    return ["--models", str(models), "--data-dir", str(data_folder)]


@pytest.mark.slow
def test_all_formats_of_the_served_run_are_exported_into_a_folder_of_its_name(
    models: Path, same: list[str], tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = read_current(models)
    before = {path: path.read_bytes() for path in (models / name).iterdir()}

    assert main(["export", "current", "--format", "all", *same]) == 0

    exports = {path.name for path in (tmp_path / "exports" / name).iterdir()}
    assert exports == {form.file_name for form in FORMATS.values()}
    printed = capsys.readouterr().out
    assert "largest difference" in printed
    assert "compared with model.keras on 100 of MNIST's test images" in printed
    assert {path: path.read_bytes() for path in (models / name).iterdir()} == before


def test_several_formats_go_into_the_folder_that_is_named(
    models: Path, same: list[str], tmp_path: Path
) -> None:
    output = tmp_path / "out"

    assert main(["export", "current", "--format", "keras,h5", "--output", str(output), *same]) == 0

    assert {path.name for path in output.iterdir()} == {"model.keras", "model.h5"}


def test_one_format_may_have_a_file_name_of_its_own(
    models: Path, same: list[str], tmp_path: Path
) -> None:
    output = tmp_path / "digits.h5"

    main(["export", read_current(models), "--format", "h5", "--output", str(output), *same])

    assert output.stat().st_size > 100_000


def test_a_network_that_is_not_the_sealed_one_is_not_even_loaded(
    models: Path, same: list[str], tmp_path: Path, capsys: Output
) -> None:
    (models / read_current(models) / "model.keras").write_bytes(b"made by somebody else")
    output = tmp_path / "model.onnx"

    assert main(["export", "current", "--format", "onnx", "--output", str(output), *same]) == 2

    assert "is not the file that run.json has the checksum of" in capsys.readouterr().err
    assert not output.exists()


@pytest.mark.parametrize("files", [{}, None, [], {"model.onnx": "0"}])
def test_a_run_without_a_checksum_of_its_network_is_not_exported(
    models: Path, same: list[str], capsys: Output, files: object
) -> None:
    path = models / read_current(models) / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "files": files}))

    assert main(["export", "current", "--format", "onnx", *same]) == 2

    assert "no checksum of model.keras" in capsys.readouterr().err


def test_nothing_is_exported_among_the_runs(models: Path, same: list[str], capsys: Output) -> None:
    output = models / read_current(models) / "model.h5"

    assert main(["export", "current", "--format", "h5", "--output", str(output), *same]) == 2

    assert "which are sealed" in capsys.readouterr().err
    assert not output.exists()


def test_a_file_that_ends_like_another_format_is_refused(
    same: list[str], tmp_path: Path, capsys: Output
) -> None:
    output = str(tmp_path / "digits.h5")

    assert main(["export", "current", "--format", "onnx", "--output", output, *same]) == 2

    assert "is no folder, and onnx files end in .onnx" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_to_is_named(same: list[str], capsys: Output) -> None:
    assert main(["export", "current", "--format", "h5", "--output", "/proc/x.h5", *same]) == 2

    assert "/proc/x.h5 cannot be written to: " in capsys.readouterr().err


@pytest.mark.parametrize("formats", ["pb", "onnx,pb", ""])
def test_an_unknown_format_is_named_with_those_that_there_are(
    same: list[str], capsys: Output, formats: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["export", "current", "--format", formats, *same])

    assert end.value.code == 2
    assert "keras, h5, onnx, tflite, savedmodel, all" in capsys.readouterr().err


def test_a_run_that_is_not_there_is_told(tmp_path: Path, capsys: Output) -> None:
    assert main(["export", "absent", "--format", "onnx", "--models", str(tmp_path)]) == 2

    assert f"there is no run absent in {tmp_path}" in capsys.readouterr().err
