from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.trainer.figures.conftest import figures_data, models  # noqa: F401  # fixtures
from trainer.command_line import main
from trainer.figures.readme import BEGIN, END

COMMAND = ["figures", "--only", "accuracy"]


@pytest.fixture
def same(
    models: Path,  # noqa: F811
    figures_data: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> list[str]:
    monkeypatch.setenv("NET_MODELS_DIR", str(models))
    return [*COMMAND, "--data-dir", str(figures_data)]


def test_figures_are_printed_for_people(
    same: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(same) == 0

    printed = capsys.readouterr().out
    assert "Accuracy" in printed
    assert "MNIST test images" in printed
    assert "90.00 %" in printed


def test_figures_are_printed_for_programs(
    same: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*same, "--json", "--run", "whole"]) == 0

    told = json.loads(capsys.readouterr().out)
    first = told["sections"]["accuracy"][0]
    assert told["run"] == "whole"
    assert (first["name"], first["value"], first["total"]) == ("MNIST test images", 0.9, 100)
    assert {"date", "machine", "versions", "command"} <= set(told)


def test_the_page_and_the_readme_are_written(same: list[str], tmp_path: Path) -> None:
    page, readme = tmp_path / "figures.md", tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}\n{END}\nafter\n")

    assert main([*same, "--write", str(page), "--readme", str(readme)]) == 0

    assert "- run: `whole`" in page.read_text()
    assert "- command: `python -m trainer figures --only accuracy`" in page.read_text()
    assert "| MNIST test images | 90.00 % |" in page.read_text()
    assert "| MNIST test images | 90.00 % |" in readme.read_text()
    assert readme.read_text().startswith("before\n")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--run", "gone"], "gone"),
        (["--data-dir", "/nowhere"], "/nowhere does not exist"),
        (["--readme", "{folder}/README.md"], "goes between"),
        (["--write", "{folder}/missing/figures.md"], "figures.md"),
    ],
)
def test_what_cannot_be_done_is_said(
    same: list[str],
    options: list[str],
    reason: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "README.md").write_text("no place for a table\n")

    status = main([*same, *(option.format(folder=tmp_path) for option in options)])

    told = capsys.readouterr()
    assert status == 2
    assert reason in told.err
    assert told.out == "", "it is said before anything is measured"
    assert (tmp_path / "README.md").read_text() == "no place for a table\n"
