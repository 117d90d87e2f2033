"""What ``python -m trainer … --json`` says: asked in a child, and kept until it is out of date.

Some of it takes the trainer seconds and libraries that no web server loads. So a page shows what
is kept, says so where that is old, and a child of the server's process finds out anew meanwhile;
a lock lets one of all the processes ask at a time, and is free again however that one ends.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recognizer.file_lock import take_lock
from webapp.configuration import REPOSITORY, without_secrets
from webapp.private_files import OTHERS_MASK, make_private_folder, private_opener

THREAD_NAME = "trainer-facts"  # of the threads that wait for a child
_FORMAT = "1"  # of what is kept; another one is asked anew
_NICENESS = 10  # of the child: predictions come first
_SECONDS = 900  # for which a child may take its time
_RETRY_SECONDS = 60  # after which what the trainer could not tell is asked again
_TRIES, _PAUSE = 10, 0.02  # somebody may be looking, for a moment, whether the lock is free


@dataclass(frozen=True)
class Question:
    """One question to the trainer.

    Attributes:
        arguments: behind ``python -m trainer``; they make it print JSON.
        revision: of what the answer depends on; kept with the answer.
        environment: for the child, beside this process's own.
    """

    arguments: Sequence[str]
    revision: str
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What the trainer said.

    Attributes:
        revision: of the question.
        version: equal for equal answers.
        asked_at: seconds since 1970.
        facts: the JSON; None where there was none.
        problem: what it had to complain about, a sentence; None where it had nothing.
    """

    revision: str
    version: str
    asked_at: float
    facts: Any
    problem: str | None


@dataclass(frozen=True)
class Known:
    """What is known at one moment.

    Attributes:
        answer: what is kept, which may be old; None where nothing is.
        is_being_asked: whether a newer answer is on its way; without one, ``answer`` is the last.
    """

    answer: Answer | None
    is_being_asked: bool


class KeptFacts:
    """The last answer to one kind of question, in a folder that all processes share."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when something is asked for the first time."""
        self.folder = folder

    def last(self) -> Answer | None:
        """Read the answer that is kept; None where there is none."""
        try:
            stored = json.loads((self.folder / "answer.json").read_bytes())
        except (OSError, ValueError):
            return None
        return Answer(**stored["answer"]) if stored.get("format") == _FORMAT else None

    def is_being_asked(self) -> bool:
        """Whether a child of some process is finding out."""
        try:
            with self._lock(shared=True) as is_free:
                return not is_free
        except FileNotFoundError:
            return False

    def refresh(
        self, question: Question, *, after_seconds: float = 0, again: bool = False
    ) -> Known:
        """See that an answer to this question is kept, or will be soon.

        Args:
            question: asked unless its revision is that of the kept answer, and the trainer could
                tell; what it could not tell may have nothing to do with what was asked about.
            after_seconds: for which even an old answer is young enough.
            again: ask in any case.
        """
        kept = self.last()
        is_known = kept is not None and kept.revision == question.revision
        if kept is not None and is_known and kept.problem is not None:
            is_known, after_seconds = False, max(after_seconds, _RETRY_SECONDS)
        is_young = kept is not None and 0 <= time.time() - kept.asked_at < after_seconds
        is_wanted = again or not (is_known or is_young)
        if is_wanted and not self.is_being_asked():  # else a page would wait for the lock in vain
            self._start(question)
        # in this order: a child that ends in between has left an answer, and is not missed
        is_being_asked = self.is_being_asked()
        return Known(self.last(), is_being_asked)

    def _start(self, question: Question) -> None:
        make_private_folder(self.folder)
        has_begun = threading.Event()
        asking = threading.Thread(
            target=self._ask, args=(question, has_begun.set), name=THREAD_NAME, daemon=True
        )
        asking.start()
        has_begun.wait()  # so that the page that is made next says that it is being asked

    def _ask(self, question: Question, on_begun: Callable[[], None]) -> None:
        try:
            for _ in range(_TRIES):
                with self._lock() as is_ours:
                    if is_ours:
                        on_begun()
                        return self._keep(_ask_trainer(question))
                time.sleep(_PAUSE)
        finally:
            on_begun()

    def _keep(self, answer: Answer) -> None:
        new = self.folder / f"answer.{os.getpid()}.new"
        with open(new, "w", encoding="utf-8", opener=private_opener) as file:
            json.dump({"format": _FORMAT, "answer": vars(answer)}, file)
        new.replace(self.folder / "answer.json")

    @contextmanager
    def _lock(self, *, shared: bool = False) -> Iterator[bool]:
        with open(self.folder / "lock", "w", opener=private_opener) as file:
            yield take_lock(file.fileno(), shared=shared, waits=False)


def _ask_trainer(question: Question) -> Answer:
    asked_at = time.time()
    try:
        output, complaint = _run(question)
    except (OSError, subprocess.TimeoutExpired) as error:
        output, complaint = "", str(error)
    try:
        facts = _readable(json.loads(output))
    except ValueError:
        facts = None
    problem = complaint or (None if facts is not None else "no answer")
    if problem is not None:
        asked_at = time.time()  # or what takes minutes to fail would be tried without a pause
    version = hashlib.sha256(json.dumps([facts, problem]).encode()).hexdigest()[:16]
    return Answer(question.revision, version, asked_at, facts, problem)


def _readable(facts: Any) -> Any:
    """Put question marks for what is no text, as in a file's name of another encoding."""
    return json.loads(json.dumps(facts, ensure_ascii=False).encode("utf-8", "replace"))


def _run(question: Question) -> tuple[str, str]:
    """Run the trainer; its standard output, and what went wrong, if anything did."""
    environment = {**without_secrets(os.environ), "OMP_NUM_THREADS": "1", **question.environment}
    with subprocess.Popen(
        [sys.executable, "-m", "trainer", *question.arguments],
        cwd=REPOSITORY, env=environment, encoding="utf-8", errors="replace", umask=OTHERS_MASK,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as child:  # fmt: skip
        with suppress(OSError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, child.pid, _NICENESS)
        try:
            output, errors = child.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            raise
    return output, _complaint(errors) if child.returncode else ""


def _complaint(errors: str) -> str:
    """Find the trainer's own sentence, of one line or several, else the last line there is."""
    _before, says, sentence = errors.rpartition("trainer: ")
    if says:
        return " ".join(sentence.split())
    return next(iter(errors.strip().splitlines()[-1:]), "it ended without a word")
