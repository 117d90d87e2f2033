from __future__ import annotations

from trainer.report.facts import sections, summary
from trainer.runs.details import parse_details


def test_a_run_in_a_sentence() -> None:
    details = {
        "recipe": "ink",
        "status": "finished",
        "times": {"started": "2026-11-21T00:36:38Z", "seconds": 61},
        "networks": {"model": {"parameters": 280234, "epochs": 16}},
    }

    assert summary(parse_details(details)) == (
        "Recipe ink, finished, started 2026-11-21 00:36:38 UTC, 1 min 1 s of work, "
        "280,234 parameters, 16 epochs."
    )
    assert summary(parse_details({"recipe": "ink", "status": "queued"})) == "Recipe ink, queued."
    older = {**details, "times": {}, "networks": {"model": {"parameters": 10}}}
    assert summary(parse_details(older)) == "Recipe ink, finished, 10 parameters."


def test_what_a_run_does_not_tell_makes_no_table() -> None:
    told = dict(sections(parse_details({"settings": {"batch_size": 1024}})))

    assert told == {"Settings": [("batch_size", "1,024")]}


def test_every_resume_is_told() -> None:
    details = {"times": {"seconds": 90}, "resumes": [{"at": "2026-11-21T01:00:00Z"}]}

    told = dict(sections(parse_details(details)))

    assert told["Times"] == [("Work", "1 min 30 s"), ("Continued", "2026-11-21T01:00:00Z")]
