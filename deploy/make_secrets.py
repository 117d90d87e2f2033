"""``python3 deploy/make_secrets.py [FOLDER]``: make the secrets that compose and Kubernetes read.

Needs nothing but Python. What is there already stays as it is, so it can be run again.
"""

from __future__ import annotations

import json
import secrets
import sys
from functools import partial
from pathlib import Path
from urllib.parse import quote

DATABASE_HOST, REDIS_HOST = "postgres", "redis"  # their names in compose and kubernetes


def make_secrets(folder: Path) -> list[str]:
    """Write the files that are missing; returns their names.

    The folder is its owner's alone. The files in it can be read by everybody, for a container
    sees them as they are and under another user's number.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    made = [
        *_write(folder, "database-password", secrets.token_urlsafe(32)),
        *_write(folder, "redis-password", secrets.token_urlsafe(32)),
        *_write(folder, "secret-key", secrets.token_urlsafe(48)),
    ]
    database = _password(folder, "database-password")
    redis = _password(folder, "redis-password")
    in_url = partial(quote, safe="")
    return [
        *made,
        *_write(folder, "database-url", f"postgresql://net:{in_url(database)}@{DATABASE_HOST}/net"),
        *_write(folder, "limits-url", f"redis://:{in_url(redis)}@{REDIS_HOST}:6379/1"),
        *_write(folder, "redis.conf", _REDIS.format(password=json.dumps(redis))),
    ]


_REDIS = """\
requirepass {password}
save ""
appendonly no
maxmemory 128mb
maxmemory-policy noeviction
"""


def _password(folder: Path, name: str) -> str:
    return (folder / name).read_text("ascii").rstrip("\r\n")


def _write(folder: Path, name: str, content: str) -> list[str]:
    path = folder / name
    if path.exists():
        return []
    draft = path.with_name(f".{name}")  # a disk that becomes full must leave no empty secret
    draft.unlink(missing_ok=True)
    draft.write_text(content, "ascii")
    draft.chmod(0o444)
    draft.replace(path)
    return [name]


if __name__ == "__main__":
    default = Path(__file__).resolve().parent / "secrets"
    for name in make_secrets(Path(sys.argv[1]) if len(sys.argv) > 1 else default):
        print(f"made {name}")
