"""The page that browses a run's samples, and where two runs disagree."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.webapp.admin.conftest import MakeApp, SignedInClient, signed_in
from tests.webapp.admin.runs.made_runs import IMAGE, make_run

Entry = tuple[int, int, int, float, str]  # row, label, answer, confidence, writer
MINE: list[Entry] = [
    (0, 1, 1, 0.99, "ibm/a"), (1, 7, 7, 0.7, "ibm/b"), (2, 4, 9, 0.6, "ibm/a"),
    (3, 3, 5, 0.95, "syn/c"), (4, 2, 2, 0.9, "syn/c"),
]  # fmt: skip


@pytest.fixture
def with_samples(models: Path) -> Callable[[list[Entry]], str]:
    """Makes runs that keep these samples of one set; returns their names."""

    def make(entries: list[Entry], total: int = 100, **changes: Any) -> str:
        run = make_run(models).folder
        samples = [
            {"row": row, "label": label, "answer": answer, "confidence": confidence,
             "probabilities": [0.1] * 10, "image": IMAGE, "writer": writer}
            for row, label, answer, confidence, writer in entries
        ]  # fmt: skip
        misread = [at for at, one in enumerate(entries) if one[1] != one[2]]
        one = {"total": total, "samples": samples, "misread": misread, **changes}
        (run / "samples.json").write_text(json.dumps({"sets": {"held_out_writers": one}}))
        return run.name

    return make


def browse(client: FlaskClient, run: str, query: str = "") -> str:
    answer = client.get(f"/admin/runs/{run}/browse{query}")
    assert answer.status_code == 200
    return answer.text


def shown(page: str) -> list[str]:
    """The samples of a page, as "A 4, read as 9"."""
    return [
        words.rpartition(", ")[0] for words in re.findall(r'<img src="data[^>]*alt="(.*?)"', page)
    ]


def test_samples_are_found_by_digit_answer_writer_and_reading_the_surest_mistakes_first(
    viewer_client: SignedInClient, with_samples: Callable[..., str]
) -> None:
    run = with_samples(MINE)
    found = {
        query: shown(browse(viewer_client, run, query))
        for query in ("", "?sort=least_sure", "?sort=surest", "?label=4", "?answer=5",
                      "?writer=ibm/a", "?reading=right&writer=syn/c", "?label=9",
                      "?label=x&answer=x&reading=x&sort=x&page=x&set=x&writer=%00")
    }  # fmt: skip

    assert [one[:3] for one in found[""]] == ["A 3", "A 4", "A 1", "A 2", "A 7"]
    assert [one[:3] for one in found["?sort=least_sure"]] == ["A 4", "A 7", "A 2", "A 3", "A 1"]
    assert [one[:3] for one in found["?sort=surest"]] == ["A 1", "A 3", "A 2", "A 7", "A 4"]
    assert found["?label=4"] == ["A 4, read as 9"]
    assert found["?answer=5"] == ["A 3, read as 5"]
    assert found["?writer=ibm/a"] == ["A 4, read as 9", "A 1, read right"]
    assert found["?reading=right&writer=syn/c"] == ["A 2, read right"]
    assert found["?label=9"] == []


def test_two_runs_disagree_where_either_misread_what_the_other_did_not(
    viewer_client: SignedInClient, with_samples: Callable[..., str]
) -> None:
    theirs: list[Entry] = [
        (0, 1, 7, 0.8, "ibm/a"),  # both keep it
        (3, 3, 5, 0.9, "syn/c"),  # both misread it alike
        (9, 8, 3, 0.9, "syn/c"),  # only they keep it: all of ours that are wrong are kept
    ]
    mine, other = with_samples(MINE), with_samples(theirs)

    page = browse(viewer_client, mine, f"?other={other}")

    assert shown(page) == ["A 4, read as 9", "A 1, read right", "A 8, read right"]
    answers = re.findall(r"≠</span> (\d)", page)
    assert answers == ["4", "7", "3"]
    assert shown(browse(viewer_client, mine, f"?other={other}&label=8")) == ["A 8, read right"]


def test_what_a_file_does_not_tell_is_not_made_up(
    viewer_client: SignedInClient, with_samples: Callable[..., str]
) -> None:
    mine = with_samples(MINE)
    full = with_samples([(9, 8, 3, 0.9, "syn/c")], misread=[0] * 200)  # there may be more
    elsewhere = with_samples(MINE, total=7)

    # Row 2 may have been misread by the other run too, and is not among the 200 that it keeps.
    assert shown(browse(viewer_client, mine, f"?other={full}")) == ["A 8, read right"]
    assert "was not measured on these samples" in browse(viewer_client, mine, f"?other={elsewhere}")


def test_many_samples_stand_on_pages_that_keep_the_filters(
    viewer_client: SignedInClient, with_samples: Callable[..., str]
) -> None:
    run = with_samples([(row, row % 10, 1, 0.5, "") for row in range(100)])

    pages = [browse(viewer_client, run, f"?reading=wrong&page={number}") for number in (1, 2)]

    assert [len(shown(page)) for page in pages] == [60, 30]
    assert "reading=wrong&amp;page=2" in pages[0]


def test_runs_without_samples_and_odd_entries_have_a_page(
    viewer_client: SignedInClient, models: Path, with_samples: Callable[..., str]
) -> None:
    bare, odd = make_run(models).folder, with_samples(MINE)
    (bare / "samples.json").unlink()
    entries = [3, None, {}, {"row": "x"}, {"row": 5, "label": 1, "answer": None, "image": IMAGE},
               {"row": 6, "label": 1, "answer": 2, "confidence": "x", "image": IMAGE}]  # fmt: skip
    whole = {"sets": {"held_out_writers": {"total": 100, "samples": entries, "misread": 5}}}
    (models / odd / "samples.json").write_text(json.dumps(whole))
    good = with_samples(MINE)

    assert "keeps no samples" in browse(viewer_client, bare.name)
    assert shown(browse(viewer_client, odd)) == ["A 1, read as 2"]
    for one, other in ((odd, good), (good, odd), (good, bare.name)):
        browse(viewer_client, one, f"?other={other}")
    assert viewer_client.get(f"/admin/runs/{good}/browse?other=../x").status_code == 404
    assert viewer_client.get("/admin/runs/20990101T000000Z-none/browse").status_code == 404


def test_the_released_run_s_samples_are_browsed_by_writer(
    admin_app: MakeApp, released_models: Path
) -> None:
    run = (released_models / "current").read_text().strip()
    client = signed_in(admin_app(released_models), "viewer")

    page = browse(client, run, "?set=held_out_writers")
    (writer, *_) = re.findall(r'<select name="writer">.*?<option value="(\w[^"]*)"', page, re.S)
    of_one = browse(client, run, f"?set=held_out_writers&writer={writer}")

    assert len(shown(page)) == 60
    assert set(re.findall(r'sample-figure">(\w+/[^<]+)<', of_one)) == {writer}
