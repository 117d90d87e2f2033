"""What a child of the trainer says is kept until the question changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from recognizer.file_lock import take_lock
from webapp.admin import trainer_facts
from webapp.admin.trainer_facts import Answer, KeptFacts, Known, Question

RECIPE = ("recipes", "dense-512", "--json")


@pytest.fixture
def kept(tmp_path: Path) -> KeptFacts:
    return KeptFacts(tmp_path / "kept")


def _wait(kept: KeptFacts, is_there: Callable[[Answer | None], bool]) -> Answer:
    deadline = time.monotonic() + 60
    while kept.is_being_asked() or not is_there(answer := kept.last()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert answer
    return answer


def test_nothing_is_known_until_the_trainer_has_answered(kept: KeptFacts) -> None:
    question = Question(RECIPE, "1")

    assert kept.last() is None
    assert kept.refresh(question) == Known(None, True)

    answer = _wait(kept, bool)
    assert answer.facts[0]["name"] == "dense-512"
    assert (answer.revision, answer.problem) == ("1", None)


@pytest.mark.usefixtures("trainer_is_here")
def test_a_child_that_ends_during_the_look_has_answered(
    kept: KeptFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = KeptFacts.is_being_asked

    def then_it_ends(self: KeptFacts) -> bool:
        was_being_asked = ask(self)
        deadline = time.monotonic() + 60
        while ask(self):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return was_being_asked

    monkeypatch.setattr(KeptFacts, "is_being_asked", then_it_ends)

    known = kept.refresh(Question(RECIPE, "1"))

    assert known.answer


@pytest.mark.usefixtures("trainer_is_here")
def test_a_known_answer_is_not_asked_for_again(kept: KeptFacts) -> None:
    kept.refresh(Question(RECIPE, "1"))
    first = _wait(kept, bool)

    assert kept.refresh(Question(("nonsense",), "1")) == Known(first, False)


@pytest.mark.usefixtures("trainer_is_here")
def test_an_old_answer_is_shown_while_a_newer_one_is_on_its_way(kept: KeptFacts) -> None:
    kept.refresh(Question(RECIPE, "1"))
    old = _wait(kept, bool)
    new = Question(("recipes", "conv-100", "--json"), "2")

    assert kept.refresh(new, after_seconds=3600) == Known(old, False)
    assert kept.refresh(new) == Known(old, True)

    answer = _wait(kept, lambda answer: answer is not None and answer.revision == "2")
    assert answer.facts[0]["name"] == "conv-100"
    assert answer.version != old.version


@pytest.mark.usefixtures("trainer_is_here")
def test_equal_answers_have_the_same_version_whenever_they_were_given(
    kept: KeptFacts, tmp_path: Path
) -> None:
    no_studies = ("tune", "--list", "--json", "--storage=", f"--output={tmp_path / 'studies'}")
    kept.refresh(Question(no_studies, "1"))
    first = _wait(kept, bool)

    kept.refresh(Question(no_studies, "1"), again=True)

    second = _wait(kept, lambda answer: answer != first)
    assert second.version == first.version
    assert second.asked_at > first.asked_at


def test_what_the_trainer_refuses_is_kept_as_its_own_sentence(kept: KeptFacts) -> None:
    kept.refresh(Question(("recipes", "no-such", "--json"), "1"))

    answer = _wait(kept, bool)

    assert answer.facts is None
    assert answer.problem
    assert answer.problem.startswith("there is no recipe 'no-such'")


@pytest.mark.usefixtures("trainer_is_here")
def test_what_the_trainer_could_not_tell_is_asked_again_after_a_while(
    kept: KeptFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.refresh(Question(("nonsense",), "1"))
    failed = _wait(kept, bool)

    assert kept.refresh(Question(RECIPE, "1")) == Known(failed, False)
    monkeypatch.setattr(trainer_facts, "_RETRY_SECONDS", 0)
    kept.refresh(Question(RECIPE, "1"))

    assert _wait(kept, lambda answer: answer != failed).problem is None


def test_one_process_asks_at_a_time(kept: KeptFacts, tmp_path: Path) -> None:
    same_folder = KeptFacts(kept.folder)
    slow = ("tune", "--list", "--json", "--storage=", f"--output={tmp_path / 'studies'}")
    kept.refresh(Question(slow, "1"))

    assert same_folder.is_being_asked()
    same_folder.refresh(Question(RECIPE, "2"))

    assert _wait(kept, bool).revision == "1"


def test_who_looks_while_another_asks_begins_nothing_and_does_not_wait(
    kept: KeptFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Question] = []
    monkeypatch.setattr(KeptFacts, "_start", lambda self, question: begun.append(question))
    kept.folder.mkdir()

    with (kept.folder / "lock").open("w") as lock:  # as a process has it that asks
        take_lock(lock.fileno())
        known = kept.refresh(Question(RECIPE, "1"))

    assert known == Known(None, True)
    assert begun == []


def test_a_broken_or_foreign_answer_counts_as_none(kept: KeptFacts) -> None:
    kept.folder.mkdir()
    for content in ("", "[", '{"format": "0"}'):
        (kept.folder / "answer.json").write_text(content)

        assert kept.last() is None
