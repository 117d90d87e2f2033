from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from recognizer.runs.folder import verify
from tests.trainer.measured_runs import seal, write_measurable_run
from trainer.command_line import main

Output = pytest.CaptureFixture[str]
CATALOGS = Path(__file__).resolve().parents[3] / "webapp" / "translations"
PLACEHOLDER = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("models")
    write_measurable_run(folder, data_folder)
    return folder


@pytest.fixture
def same(models: Path, data_folder: Path) -> list[str]:
    return ["--models", str(models), "--data-dir", str(data_folder)]


def test_the_report_lies_under_reports_and_the_run_is_left_alone(
    models: Path, same: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: Output,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    before = {path.name: path.read_bytes() for path in (models / "whole").iterdir()}

    assert main(["report", "whole", *same]) == 0

    page = tmp_path / "reports" / "whole" / "report.html"
    assert capsys.readouterr().out.strip() == "reports/whole/report.html"
    assert "<title>whole – Nét report</title>" in page.read_text("utf-8")
    assert (page.parent / "samples.json").is_file()
    assert {path.name: path.read_bytes() for path in (models / "whole").iterdir()} == before
    verify(models / "whole")


def test_a_run_of_images_without_log_and_drawings_has_a_report(
    tmp_path: Path, data_folder: Path
) -> None:
    run = write_measurable_run(tmp_path, data_folder, "bare")
    text = (run / "run.json").read_text().replace('"validation": ["', '"nobody": ["')
    (run / "run.json").write_text(text)
    (run / "training_log.csv").unlink()
    seal(run)
    images_only = tmp_path / "data"
    images_only.mkdir()
    (images_only / "mnist.npz").write_bytes((data_folder / "mnist.npz").read_bytes())
    output = tmp_path / "out"

    command = ["report", "bare", "--output", str(output), "--data-dir", str(images_only)]
    assert main([*command, "--models", str(tmp_path)]) == 0

    names = {path.name for path in output.glob("*.png")}
    assert "predictions-mnist-test.png" in names
    assert not {"loss.png", "predictions-held-out-writers.png"} & names


def test_a_report_is_never_written_into_a_run(
    models: Path, same: list[str], capsys: Output
) -> None:
    assert main(["report", "whole", "--output", str(models / "whole"), *same]) == 2

    assert "lies in a run" in capsys.readouterr().err


def test_a_vietnamese_report_says_nothing_in_english(same: list[str], tmp_path: Path) -> None:
    command = ["report", "whole", "--language", "vi", "--output", str(tmp_path)]

    assert main([*command, *same]) == 0

    source = (tmp_path / "report.html").read_text("utf-8")
    page = SpokenText(source)
    assert page.languages[0] == "vi"
    assert "Ma trận nhầm lẫn" in page.spoken
    assert [text for text in page.spoken if _is_english(text)] == []
    assert re.search(r"\d,\d\d %", source)
    assert not re.search(r"\d\.\d\d %", source)
    words = json.loads((tmp_path / "samples.json").read_text("utf-8"))
    assert set(words["sets"]) == {"mnist_test", "held_out_writers"}


def test_a_language_that_no_report_can_be_made_in_is_refused(
    same: list[str], tmp_path: Path, capsys: Output
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["report", "whole", "--language", "VI", "--output", str(tmp_path / "out"), *same])

    assert exit_.value.code == 2
    said = capsys.readouterr().err
    assert "--language: invalid choice: 'VI'" in said
    assert "en" in said
    assert said.endswith("did you mean 'vi'?\n")
    assert not (tmp_path / "out").exists()


class SpokenText(HTMLParser):
    """What a page says: its texts, and what stands for pictures and regions.

    Attributes:
        languages: that the page and its parts say they are in.
        spoken: each text, without the parts in another language than the page's.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.languages: list[str] = []
        self.spoken: list[str] = []
        self._tag = self._foreign = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.languages += [named["lang"]] if "lang" in named else []
        self._tag = tag
        self._foreign = tag if tag != "html" and "lang" in named else self._foreign
        self.spoken += [named[name] for name in ("alt", "aria-label") if name in named]

    def handle_endtag(self, tag: str) -> None:
        self._foreign = "" if tag == self._foreign else self._foreign

    def handle_data(self, data: str) -> None:
        if not self._foreign and self._tag != "style" and data.strip():
            self.spoken.append(" ".join(data.split()))


def _is_english(text: str) -> bool:
    return any(form.search(text) for form in _english())


@cache
def _english() -> list[re.Pattern[str]]:
    """What the sentences of reports and runs look like; short ones are no part of longer texts."""
    with (CATALOGS / "vi/LC_MESSAGES/messages.po").open("rb") as file:
        messages = [one for one in read_po(file) if one.id and one.id != one.string]
    forms = []
    for message in messages:
        if any(
            place.startswith(("trainer/report", "trainer/runs")) for place, _ in message.locations
        ):
            words = [re.escape(part.replace("%%", "%")) for part in PLACEHOLDER.split(message.id)]
            sentence = ".+".join(words)
            is_long = sum(len(re.findall(r"[^\W\d_]+", part)) for part in words) > 2
            forms.append(re.compile(sentence if is_long else rf"\A{sentence}\Z"))
    assert len(forms) > 100
    return forms
