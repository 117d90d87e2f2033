"""What every admin page knows of the trainings that go on."""

from __future__ import annotations

import json
import re
from typing import Any

from apiflask import APIFlask

from tests.webapp.admin.conftest import SignedInClient
from webapp.run_notes.notes import Description, describe


def trainings(page: str) -> dict[str, Any]:
    (text,) = re.findall(r'id="trainings">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(text)["trainings"]
    return found


def test_every_page_knows_the_trainings_that_run_or_wait_by_name(
    app: APIFlask, operator_client: SignedInClient
) -> None:
    parts = app.extensions["net"]
    before = trainings(operator_client.get("/admin/people").text)
    job = parts.jobs.submit("train", {"recipe": "ink", "settings": {}}, by="operator")
    describe(parts.database, job.run, Description("10A"), "operator")

    known = trainings(operator_client.get("/admin/people").text)
    parts.jobs.stop(job.id)

    assert before == {}
    assert [one["name"] for one in known.values()] == [f"{job.run} (10A)"]
    assert operator_client.get(known[job.run]["progress"]).status_code == 404  # withdrawn
    assert trainings(operator_client.get("/admin").text) == {}
