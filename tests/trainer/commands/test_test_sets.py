"""USPS, EMNIST and scikit-learn's digits: fetched, shown, and what a run reads of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from recognizer.runs.folder import verify
from recognizer.runs.pointer import activate
from tests.trainer.data.fetch.archives import emnist_zip, usps_bz2
from tests.trainer.data.fetch.file_server import serving
from tests.trainer.measured_runs import write_measurable_run
from trainer.command_line import main
from trainer.data.fetch.sources import find_source
from trainer.data.mnist import load_mnist
from trainer.data.picture_sets import load_test_set
from trainer.evaluation.answers import CalibratedNetwork
from trainer.evaluation.samples import images_as_samples

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """A served run of one layer, which is measured in a moment."""
    folder = tmp_path_factory.mktemp("models")
    write_measurable_run(folder, data_folder)
    activate(folder, "whole")
    return folder


@pytest.mark.parametrize(
    ("name", "file", "gives"),
    [
        ("usps", "usps.t.bz2", "usps-test.npz"),
        ("emnist-digits", "emnist-gzip.zip", "emnist-digits-test.npz"),
    ],
)
def test_a_set_is_fetched_held_to_its_checksum_shown_and_measured(
    name: str, file: str, gives: str, data_folder: Path, tmp_path: Path, capsys: Output,
    models: Path,
) -> None:  # fmt: skip
    test = load_mnist(data_folder).test[:20]
    archive = {
        "usps": lambda: usps_bz2(test.ink[:, 4:24:, 4:24][:, :16, :16], test.labels),
        "emnist-digits": lambda: emnist_zip(test.ink, test.labels),
    }[name]()
    digest = hashlib.sha256(archive).hexdigest()
    common = ["--data-dir", str(tmp_path)]
    with serving() as server:
        server.files[file] = archive
        fetch = ["data", "fetch", name, "--from", server.url, *common]

        assert main(fetch) == 2
        assert "has another checksum" in capsys.readouterr().err
        assert main([*fetch, "--sha256", digest]) == 0

    assert f"{gives}  20" in capsys.readouterr().out
    assert main(["data", "show", *common, "--output", str(tmp_path / "r"), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["sets"][name]["parts"]["test"]["total"] == 20
    (described,) = shown["files"]
    assert (described["set"], described["source"]["name"]) == (name, name)
    assert main(["evaluate", "--data", name, "--json", *common, "--models", str(models)]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert list(figures) == [name]
    assert figures[name]["total"] == 20


def test_scikit_learns_own_digits_are_read(
    tmp_path: Path, capsys: Output, released_models: Path
) -> None:
    run = released_models / (released_models / "current").read_text().strip()

    assert main(["data", "fetch", "sklearn-digits", "--data-dir", str(tmp_path)]) == 0

    fetched = capsys.readouterr().out
    assert "sklearn-digits, held to the published SHA-256" in fetched
    assert "sklearn-digits.npz  1,797" in fetched
    samples = images_as_samples(
        "sklearn-digits", load_test_set(find_source("sklearn-digits"), tmp_path)
    )
    answers = CalibratedNetwork.load(run, verify(run)).answer(samples)
    assert answers.right.mean() > 0.975  # docs/recognition.md says how much it is


def test_a_changed_package_is_not_believed(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "sklearn"
    (package / "datasets" / "data").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "datasets" / "data" / "digits.csv.gz").write_bytes(b"other digits")
    monkeypatch.setattr(
        "importlib.util.find_spec",
        lambda name: type("Spec", (), {"submodule_search_locations": [str(tmp_path / name)]})(),
    )

    assert main(["data", "fetch", "sklearn-digits", "--data-dir", str(tmp_path / "data")]) == 2

    assert "another checksum" in capsys.readouterr().err
    assert not list((tmp_path / "data").rglob("*.*"))


def test_a_set_that_was_not_fetched_is_told_with_the_command_that_brings_it(
    tmp_path: Path, capsys: Output, models: Path
) -> None:
    command = ["evaluate", "--data", "usps", "--data-dir", str(tmp_path)]

    assert main([*command, "--models", str(models)]) == 2

    said = capsys.readouterr().err
    assert f"there is no {tmp_path / 'usps-test.npz'}; python -m trainer data fetch usps" in said


def test_a_set_whose_name_is_mistyped_is_guessed(tmp_path: Path, capsys: Output) -> None:
    assert main(["evaluate", "--data", "upsp"]) == 2

    assert "did you mean 'usps'?" in capsys.readouterr().err


def test_a_file_of_ones_own_comes_before_a_set_of_that_name(
    tmp_path: Path, capsys: Output, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("usps").mkdir()
    Path("usps/mine.jsonl").write_text('{"label": "7", "strokes": [[[0, 0], [9, 0], [4, 14]]]}\n')

    assert main(["evaluate", "--data", "usps", "--json", "--models", str(models)]) == 0

    assert list(json.loads(capsys.readouterr().out)) == ["own_drawings"]


def test_a_damaged_set_is_named_by_show(tmp_path: Path, capsys: Output) -> None:
    np.savez(tmp_path / "usps-test.npz", inks=np.zeros((1, 16, 16), np.uint8), labels=[0])

    assert main(["data", "show", "--data-dir", str(tmp_path)]) == 2

    assert "usps-test.npz does not hold pictures with ink" in capsys.readouterr().err
