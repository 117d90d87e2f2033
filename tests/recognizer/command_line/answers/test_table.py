"""On a terminal, answers are a table."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.recognizer.command_line.pictures import write_pictures
from tests.recognizer.commands import on_terminal
from tests.signs import three_and_five

RELEASED = Path(__file__).parents[4] / "models"

pytestmark = pytest.mark.usefixtures("working_folder")


def test_a_terminal_gets_a_table(lines: Path, tmp_path: Path) -> None:
    lines.rename(tmp_path / "[red]:cat:.jsonl")

    text = on_terminal("[red]:cat:.jsonl")

    assert all(heading in text for heading in ("drawing", "answer", "confidence", "otherwise"))
    assert "[red]:cat:.jsonl:1" in text
    assert "[red]:cat:.jsonl:3" in text
    assert len(re.findall(r"[0-9.]+% .*\b[0-9] +[0-9.]+%", text)) == 2
    assert "strokes[0].y" in text


def test_ink_that_is_no_digit_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "minus.json").write_text(json.dumps({"strokes": three_and_five("minus")}))

    text = on_terminal("minus.json", "--models", str(RELEASED))

    assert re.search(r"35 \?.*left out: 1", text)


def test_pictures_are_in_the_table_too(tmp_path: Path) -> None:
    write_pictures(tmp_path / "folder", 3)

    text = on_terminal("folder")

    assert [f"folder/00000{at}.png:1" in text for at in range(3)] == [True] * 3
    assert text.count("confidence") == 1
