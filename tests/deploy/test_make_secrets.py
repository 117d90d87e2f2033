from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import redis
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from deploy.make_secrets import make_secrets
from tests import redis_server
from tests.redis_server import RedisServer


def test_a_password_of_ones_own_stands_in_the_addresses_as_an_address_needs_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "database-password").write_text("own/p@ss:\n")

    made = make_secrets(tmp_path)

    assert "database-password" not in made
    address = (tmp_path / "database-url").read_text()
    assert address == "postgresql://net:own%2Fp%40ss%3A@postgres/net"


@pytest.mark.skipif(not redis_server.is_installed(), reason="needs redis-server")
def test_redis_takes_a_password_of_ones_own_as_its_address_has_it(tmp_path: Path) -> None:
    (tmp_path / "redis-password").write_text('a # "b" \\ c')
    make_secrets(tmp_path)
    port = str(RedisServer(tmp_path).port)
    command = ["redis-server", str(tmp_path / "redis.conf"), "--port", port]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = (tmp_path / "limits-url").read_text().replace("redis:6379", f"127.0.0.1:{port}")
    retry = Retry(ConstantBackoff(0.1), 300, (redis.ConnectionError,))

    with Redis.from_url(address, retry=retry) as client:
        answers = client.ping()
    server.terminate()
    server.wait()

    assert answers
