"""PostgreSQL and Redis stop and start again, under a server that goes on drawing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.postgresql_server import PostgresqlServer
from tests.redis_server import RedisServer
from tests.webapp.faults.conftest import Serve, state_of
from tests.webapp.faults.crowd import Crowd

pytestmark = pytest.mark.gunicorn

CORRECTIONS = "/api/v1/corrections"
PARTS = ("database", "counters of limits")


def test_without_database_and_redis_everybody_may_draw_and_both_are_used_again_when_they_come(
    serve: Serve,
    postgresql_server: PostgresqlServer,
    redis_server: RedisServer,
    seven: dict[str, Any],
) -> None:
    server = serve(
        NET_DATABASE_URL=postgresql_server.migrated_database(),
        NET_LIMITS_URL=redis_server.url,
        NET_PREDICTIONS_A_MINUTE=10**9,
    )
    correction = {**seven, "label": "7"}
    kept = server.ask("POST", CORRECTIONS, correction)[0]
    crowd = Crowd(server.port, seven, keeps_alive=True)

    def told() -> set[str]:
        warnings = str(state_of(server)[1]["warnings"])
        return {part for part in PARTS if part in warnings}

    with crowd.drawing(4):
        crowd.wait_for_answers(20)
        postgresql_server.stop()
        redis_server.stop()
        try:
            status, headers, _ = server.ask("POST", CORRECTIONS, correction)
            server.wait_until(lambda: told() == set(PARTS))
            ready = state_of(server)[0]
            crowd.wait_for_answers(20)
        finally:
            redis_server.start()
            postgresql_server.start()
        server.wait_until(lambda: server.ask("POST", CORRECTIONS, correction)[0] == 201)
        server.wait_until(lambda: not told())
        crowd.wait_for_answers(20)

    assert kept == 201
    assert (status, "Retry-After" in headers) == (503, True)
    assert ready == 200
    assert set(crowd.statuses) == {200}
