"""Two complete web servers and two workers behind nginx behave as one."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.deploy.visitor import Visitor
from tests.scale.conftest import CORRECTIONS_A_MINUTE, PREDICTIONS_A_MINUTE, RUNS, Site
from tests.webapp.corrections.conftest import correction
from trainer.release.history import read_history

pytestmark = [pytest.mark.gunicorn, pytest.mark.slow]

PREDICTIONS = "/api/v1/predictions"
CORRECTIONS = "/api/v1/corrections"
RELEASES = "/admin/releases"
SLOWED, SLOWED_SECONDS = 5, 20  # so many failed attempts to sign in may be made in that time


def test_who_signs_in_at_one_server_is_signed_in_at_the_other(two_servers: Site) -> None:
    operator = two_servers.operator()

    answers = [operator.get("/admin/training")[0] for _ in range(6)]
    operator.send_form("/sign-out", page="/admin")
    after = [operator.get("/admin/training")[0] for _ in range(4)]

    assert answers == [200] * 6
    assert set(after) == {401}
    assert all(machine.answered("/admin/training") >= 4 for machine in two_servers.machines)


def test_failed_sign_ins_are_counted_together(two_servers: Site) -> None:
    for number in range(20, 25):  # on a busy machine the seconds may be over: once more
        stranger = Visitor(two_servers.nginx, f"127.0.0.{number}")
        began = time.monotonic()
        statuses = [
            stranger.send_form("/sign-in", name="operator", password="wrong")[0]
            for _ in range(SLOWED + 2)
        ]
        if time.monotonic() - began < SLOWED_SECONDS:
            break

    assert statuses == [401] * SLOWED + [429] * 2


def test_predictions_of_a_client_are_counted_together(
    two_servers: Site, seven: dict[str, Any]
) -> None:
    asked = PREDICTIONS_A_MINUTE + 10

    statuses = [
        two_servers.nginx.ask("POST", PREDICTIONS, seven, "127.0.0.3")[0] for _ in range(asked)
    ]

    assert statuses == [200] * PREDICTIONS_A_MINUTE + [429] * 10


def test_corrections_are_counted_together_and_each_is_everywhere(two_servers: Site) -> None:
    asked = CORRECTIONS_A_MINUTE + 3
    nginx = two_servers.nginx

    answers = [nginx.ask("POST", CORRECTIONS, correction(), "127.0.0.4") for _ in range(asked)]
    kept = [json.loads(body) for status, _, body in answers if status == 201]
    taken_back = [
        nginx.ask("DELETE", f"{CORRECTIONS}/{one['id']}", None, "127.0.0.4",
                  Authorization=f"Bearer {one['token']}")[0]
        for one in kept[:3]
    ]  # fmt: skip

    left = [one["id"] for one in kept[3:]]
    pages = [two_servers.operator().get("/admin/corrections")[1] for _ in range(2)]
    assert [status for status, _, _ in answers] == [201] * CORRECTIONS_A_MINUTE + [429] * 3
    assert taken_back == [204] * 3
    assert all(one in page for one in left for page in pages)
    assert all(machine.answered(CORRECTIONS) >= 3 for machine in two_servers.machines)


def test_a_release_and_the_way_back_reach_both(two_servers: Site) -> None:
    two_servers.release("second")

    back = {"run": "first", "reason": "too eager"}
    two_servers.operator().send_form(RELEASES, page=RELEASES, **back)
    two_servers.wait_until_served("first")

    histories = [read_history(machine.models) for machine in two_servers.machines]
    assert histories[0] == histories[1]
    assert [(line.action, line.run) for line in histories[0]][-2:] == [
        ("activate", "second"), ("rollback", "first"),
    ]  # fmt: skip
    assert histories[0][-1].by == "operator"


def test_two_workers_do_each_job_once(two_servers: Site) -> None:
    for run in reversed(RUNS):  # so that each machine has both
        two_servers.release(run)
    operator = two_servers.operator()
    pages = [f"{RELEASES}/runs/{run}" for run in RUNS]

    for page in pages:
        operator.send_form(f"{page}/gates", page=page)
    two_servers.machines[0].web.wait_until(lambda: _are_answered(operator, pages))

    begun = [job for machine in two_servers.machines for job in machine.jobs_begun()]
    assert sorted(begun) == [1, 2]
    assert all(machine.jobs_begun() for machine in two_servers.machines)


def test_the_servers_own_metrics_add_up(two_servers: Site, seven: dict[str, Any]) -> None:
    before = [machine.counted("net_predictions_total") for machine in two_servers.machines]

    for _ in range(30):
        assert two_servers.nginx.ask("POST", PREDICTIONS, seven, "127.0.0.5")[0] == 200

    after = [machine.counted("net_predictions_total") for machine in two_servers.machines]
    assert sum(after) - sum(before) == 30
    assert all(now - then >= 10 for now, then in zip(after, before, strict=True))
    assert sum(machine.counted("net_served_run") for machine in two_servers.machines) == 2


def _are_answered(operator: Visitor, pages: list[str]) -> bool:
    return all('data-pending="no"' in operator.get(page)[1] for page in pages)
