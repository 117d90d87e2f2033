"""Whether a Redis answers, and what a person may be told of where it is."""

from __future__ import annotations

from urllib.parse import urlsplit

PATIENCE_SECONDS = 1.0

_SCHEMES = ("redis://", "rediss://", "redis+unix://")


def is_redis(url: str) -> bool:
    """Whether a setting names a Redis."""
    return url.startswith(_SCHEMES)


def redis_trouble(url: str) -> str | None:
    """Ask a Redis whether it answers; returns what is wrong, without a password.

    Args:
        url: as ``NET_LIMITS_URL`` has it.
    """
    # Only where there is one: its client takes 6 MB and 50 ms of every start.
    from redis import Redis
    from redis.exceptions import RedisError

    try:
        client = Redis.from_url(
            url.replace("redis+unix://", "unix://", 1),
            socket_connect_timeout=PATIENCE_SECONDS,
            socket_timeout=PATIENCE_SECONDS,
        )
        with client:
            client.ping()
    except (RedisError, OSError, ValueError) as error:
        return str(error) or type(error).__name__
    return None


def without_password(url: str) -> str:
    """The address of a server as it may be shown."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=place, query="").geturl()
