from __future__ import annotations

from dataclasses import replace

from tests.webapp.conftest import ANSWER
from webapp.activity.counted import what_counts

DRAWINGS, PICTURES = "/api/v1/predictions", "/api/v1/predictions/image"


def test_an_answer_counts_by_what_was_sent_and_what_was_said() -> None:
    counted = what_counts(DRAWINGS, 200, 0.003, ANSWER)

    assert {"sent.drawing", "verdict.digit", "digit.7", "confidence.9"} <= set(counted)
    assert [name for name in counted if name.startswith("drawing_seconds.")]


def test_pictures_are_timed_apart_from_drawings() -> None:
    counted = what_counts(PICTURES, 200, 0.5, ANSWER)

    assert "sent.picture" in counted
    assert not [name for name in counted if name.startswith("drawing_seconds.")]


def test_a_guess_at_what_is_no_digit_counts_as_no_digit() -> None:
    refused = replace(ANSWER, verdict="not_a_digit", text="")

    counted = what_counts(DRAWINGS, 200, 0.003, refused)

    assert "verdict.not_a_digit" in counted
    assert not [name for name in counted if name.startswith(("digit.", "confidence."))]


def test_errors_count_by_status_and_other_answers_not_at_all() -> None:
    assert what_counts(DRAWINGS, 422, 0.001, None) == ["status.422"]
    assert what_counts("/about", 200, 0.001, None) == []
