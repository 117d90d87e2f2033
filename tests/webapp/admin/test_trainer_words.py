"""What the trainer and the checks say in English stands in a page's own language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask

from tests.webapp.admin.conftest import SignedInClient
from tests.webapp.admin.runs.made_runs import make_run
from webapp.admin.trainer_words import SENTENCES
from webapp.jobs import claims
from webapp.jobs.outcome import Outcome

ROOT = Path(__file__).resolve().parents[3]
VIETNAMESE = {"Accept-Language": "vi"}
CONTINUED = re.compile(r'"\s*\n\s*f?"')  # a sentence goes on in the next line
BETWEEN = re.compile(r"%\(\w+\)s|[:;]|(?:upper|lower) (?:left|right)")


def test_every_sentence_is_one_that_the_code_says() -> None:
    code = "".join(_code())

    unsaid = {
        part for one in SENTENCES for part in BETWEEN.split(one) if part.strip(" .") not in code
    }

    assert unsaid == set()


def _code() -> Iterator[str]:
    for folder in ("trainer", "recognizer", "webapp/health"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name != "sentence_forms.py":  # which lists some of them
                yield CONTINUED.sub("", path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (
            Outcome("failed", 2, "refused", "the data folder /mnt/<b> does not exist"),
            "không có thư mục dữ liệu /mnt/&lt;b&gt;",
        ),
        (Outcome("failed", 2, "refused", "data/a.npz: the disk is full; make room and try again"),
         "data/a.npz: đĩa đã đầy"),
        (Outcome("failed", 1, "crashed", "of tomorrow"), '<span lang="en">of tomorrow</span>'),
        (Outcome("failed", None, "lost"), "Tiến trình chạy nó không còn"),
    ],
    ids=["refused", "a place", "unknown", "lost"],
)  # fmt: skip
def test_why_a_job_failed_stands_wherever_the_job_does(
    operator_client: SignedInClient, app: APIFlask, outcome: Outcome, said: str
) -> None:
    parts = app.extensions["net"]
    job = parts.jobs.submit("fetch", {}, by="an")
    with parts.database.session() as session:
        claims.claim(session, job.id, "here:1:a")
        claims.finish(session, job.id, "here:1:a", outcome)

    for page in ("/admin/training", f"/admin/training/jobs/{job.id}", "/admin/data"):
        assert said in operator_client.get(page, headers=VIETNAMESE).text


def test_what_a_run_failed_of_and_what_was_changed_is_translated(
    operator_client: SignedInClient, app: APIFlask
) -> None:
    models = app.extensions["net"].configuration.models_folder
    reason = (
        "DivergedError: the loss is nan in epoch 2; the epochs before are kept: begin again with a "
        "smaller learning_rate, or with precision=float32"
    )
    failed, measured = make_run(models, status="failed", reason=reason), make_run(models)
    pages = [
        operator_client.get(f"/admin/runs{path}", headers=VIETNAMESE).text
        for path in ("", f"/{failed.folder.name}", f"/{measured.folder.name}")
    ]

    assert ["epoch 2: the loss is nan; các epoch trước được giữ lại" in page for page in pages] == [
        True, True, False
    ]  # fmt: skip
    assert "xoay: 45°" in pages[2]
    assert "DivergedError" not in "".join(pages)
