"""UNIPEN text falls into statements, and included files into the text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trainer.data.unipen.statements import read_statements
from trainer.errors import DataError


def keywords(path: Path, *search_paths: Path) -> list[str]:
    return [statement.keyword for statement in read_statements(path, search_paths)]


def test_a_statement_reaches_to_the_next_keyword(tmp_path: Path) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(
        b"free text\r\n.WRITER_ID J\xf6rg\r\n.PEN_DOWN\r\n1 2\r\n .5 .5\r\n\r\n.PEN_UP"
    )

    statements = list(read_statements(path))

    assert [(one.keyword, one.text.split(), one.place) for one in statements] == [
        ("WRITER_ID", ["Jörg"], f"{path}:2"),
        ("PEN_DOWN", ["1", "2", ".5", ".5"], f"{path}:3"),
        ("PEN_UP", [], f"{path}:7"),
    ]


def test_included_files_are_found_beside_the_file_and_in_the_search_paths(tmp_path: Path) -> None:
    include = tmp_path / "include"
    (include / "site" / "data").mkdir(parents=True)
    (tmp_path / "a.dat").write_text(".A\n.INCLUDE b.dat\n.INCLUDE site/data/c.dat\n.Z")
    (tmp_path / "b.dat").write_text(".B")
    (include / "site" / "data" / "c.dat").write_text(".INCLUDE site/d.doc\n.C")
    (include / "site" / "d.doc").write_text(".D")

    assert keywords(tmp_path / "a.dat", include) == ["A", "B", "D", "C", "Z"]


def test_a_file_of_the_same_name_elsewhere_is_not_the_file_itself(tmp_path: Path) -> None:
    (tmp_path / "include").mkdir()
    (tmp_path / "a.dat").write_text(".INCLUDE a.dat\n.Z")
    (tmp_path / "include" / "a.dat").write_text(".A")

    assert keywords(tmp_path / "a.dat", tmp_path / "include") == ["A", "Z"]


def test_missing_documentation_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_text(".INCLUDE dene.doc\n.INCLUDE word.lex\n.Z")

    assert keywords(tmp_path / "a.dat") == ["Z"]


@pytest.mark.parametrize("text", ["", "\n", "1 2 3"])
def test_a_text_without_keywords_has_no_statements(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.dat").write_text(text)

    assert keywords(tmp_path / "a.dat") == []


@pytest.mark.parametrize(
    "name",
    ["missing.dat", "a.dat", "../outside.dat", "/etc/passwd", "x" * 70, "a/" + "y" * 300, "z\0"],
)
def test_pen_data_that_cannot_be_included_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.dat").write_text(".PEN_DOWN\n1 2")
    (tmp_path / "below").mkdir()
    path = tmp_path / "below" / "a.dat"
    path.write_text(f".VERSION 1.0\n.INCLUDE {name}\n")

    shown = re.escape(repr(name[:80]))
    with pytest.raises(DataError, match=rf"a\.dat:2 includes {shown}, which is not there"):
        keywords(path)
