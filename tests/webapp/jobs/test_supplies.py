"""Trainings read corrections from a private file that is there while they go on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from recognizer.runs.folder import read_details
from tests.webapp.corrections.conftest import TRAINED_ON, correction
from tests.webapp.jobs.workshop import TINY, Workshop
from webapp.corrections.keeping import Kept, keep, take_back
from webapp.corrections.reading import parse_correction
from webapp.corrections.review import judge
from webapp.jobs.kinds import KINDS, command_line, place_of
from webapp.jobs.supplies import Supplies
from webapp.jobs.tables import Job


def _accept(workshop: Workshop, label: str) -> Kept:
    given = parse_correction(json.dumps(correction(label=label)).encode())
    kept = keep(workshop.database, given, "en", 100)
    judge(workshop.database, [kept.id], "accepted", "somebody")
    return kept


@pytest.mark.slow
def test_a_training_takes_the_corrections_that_there_are_when_it_begins(
    make_workshop: Callable[..., Workshop], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.corrections.keeping.now", lambda: TRAINED_ON)
    workshop = make_workshop()
    folder = place_of(workshop.configuration).corrections
    left = folder / "run-of-a-killed-worker"
    left.mkdir(parents=True)
    (left / "corrections.jsonl").write_text("{}\n")
    _accept(workshop, "7")
    regretted = _accept(workshop, "1")
    settings = {**TINY, "added_share": 0.2}
    job = workshop.submit(recipe="dense-512", settings=settings, corrections=True)
    take_back(workshop.database, regretted.id, regretted.token)
    workshop.start_worker()

    done = workshop.wait_for(job)

    assert done.state == "finished", workshop.logs()
    assert "added: 0 images and 1 drawings" in workshop.book.log_path(job.id).read_text("utf-8")
    details = read_details(workshop.run_of(job))
    assert details["datasets"]["added/corrections.jsonl"]["sha256"]
    workshop.wait_until(lambda: not list(folder.iterdir()))
    strokes = json.dumps(correction()["strokes"][0]["x"][:4])[1:-1].replace(" ", "")
    kept = [path for path in workshop.run_of(job).rglob("*") if path.is_file()]
    assert not [path for path in kept if strokes.encode() in path.read_bytes().replace(b" ", b"")]


@pytest.mark.parametrize("kind", ["gates", "activate"])
def test_the_gates_read_what_is_held_out_from_a_file_for_its_owner_alone(
    make_workshop: Callable[..., Workshop], kind: str
) -> None:
    workshop = make_workshop()
    place = place_of(workshop.configuration)
    supplies = Supplies(place, trained_on=lambda: ["trained"], held_out=lambda: ["held out"])
    job = Job(id=1, kind=kind, run="some-run", arguments={"run": "some-run"})

    supplies.lay_out(job)

    command = command_line(KINDS[kind], job.arguments, place)
    path = Path(command[command.index("--corrections") + 1])
    assert path.read_text("utf-8") == "held out"
    assert [oct(one.stat().st_mode & 0o777) for one in (path, path.parent)] == ["0o600", "0o700"]
    assert supplies.names() == {"some-run"}
    supplies.clear_away(["some-run"])
    assert supplies.names() == set()
