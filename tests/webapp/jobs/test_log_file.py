"""A job's log stays within bounds and is read on where one stopped."""

from __future__ import annotations

from pathlib import Path

from webapp.jobs.log_file import LogFile, read_from


def test_a_log_is_read_on_from_where_one_stopped(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "jobs" / "1.log")
    log.append("một\nha".encode())

    first = read_from(tmp_path / "jobs" / "1.log", 0)
    log.append(b"i\n")
    second = read_from(tmp_path / "jobs" / "1.log", first.next)

    assert (first.text, second.text) == ("một\n", "hai\n")
    assert read_from(tmp_path / "jobs" / "1.log", second.next).text == ""


def test_a_log_that_is_not_there_yet_is_empty(tmp_path: Path) -> None:
    part = read_from(tmp_path / "absent.log", 0)

    assert (part.text, part.next, part.is_anew) == ("", 0, False)


def test_the_end_of_a_log_can_be_asked_for(tmp_path: Path) -> None:
    LogFile(tmp_path / "log").append(b"one\ntwo\nthree\n")

    assert read_from(tmp_path / "log", -6).text == "three\n"


def test_a_log_that_becomes_too_long_loses_its_beginning(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "log", limit=1000)
    for number in range(200):
        log.append(f"line {number}\n".encode())

    part = read_from(tmp_path / "log", 0)
    anew = read_from(tmp_path / "log", 5000)

    assert (tmp_path / "log").stat().st_size <= 1000
    assert part.text.startswith("(the beginning of this log was dropped)\nline ")
    assert part.text.endswith("line 199\n")
    assert anew.is_anew
    assert anew.text == part.text
