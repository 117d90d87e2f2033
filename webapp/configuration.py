"""Every setting of the web app: its environment variable, its default, its check.

``gunicorn.conf.py`` and :func:`webapp.create_app` read the same
:class:`Configuration`, so a bad value stops the start with one clear sentence.
docs/configuration.md explains each variable; a test keeps the two together.
"""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from recognizer.errors import reason_of
from recognizer.processors import available_processors, processor_quota
from webapp.secret_files import read_secret_files

REPOSITORY = Path(__file__).resolve().parent.parent
DATABASE_FILE = "net.sqlite3"  # in the instance folder, where no other database is named


class ConfigurationError(Exception):
    """A setting has a value that the app cannot work with."""


def _from(
    variable: str, parse: Callable[[str], object], *, is_secret: bool = False
) -> dict[str, object]:
    return {"variable": variable, "parse": parse, "is_secret": is_secret}


def _text(value: str) -> str:
    return value


def _folder(value: str) -> Path:
    try:
        return Path(value).expanduser().resolve()
    except RuntimeError as error:  # nobody has that home, or links go round in a circle
        raise ValueError from error


_folder.__doc__ = "a path; a ~ in it stands for the home of somebody who is there"


def _list(value: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in value.split(",") if entry.strip())


def _secret(shortest: int) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if len(value) < shortest:
            raise ValueError
        return value

    parse.__doc__ = f"a text of at least {shortest} characters"
    return parse


def _url(*beginnings: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if not value.startswith(beginnings):
            raise ValueError
        return value

    parse.__doc__ = "a URL that begins with one of " + ", ".join(beginnings)
    return parse


def _database_url(value: str) -> str:
    from sqlalchemy.engine import make_url  # whoever names a database loads it anyway
    from sqlalchemy.exc import ArgumentError

    _url("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")(value)
    try:
        make_url(value)
    except ArgumentError as error:
        raise ValueError from error
    return value


_database_url.__doc__ = "a URL: sqlite:////FOLDER/FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME"


def _number(kind: type[int] | type[float], low: float, high: float) -> Callable[[str], float]:
    def parse(value: str) -> float:
        number = kind(value)
        if not low <= number <= high:
            raise ValueError
        return number

    parse.__doc__ = f"a {'whole ' if kind is int else ''}number from {low:g} to {high:g}"
    return parse


def _choice(*choices: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in choices:
            raise ValueError
        return value

    parse.__doc__ = "one of " + ", ".join(choices)
    return parse


def workers_for(quota: int | None, processors: int) -> int:
    """Say how many processes shall answer: one for each processor, and two where nobody pays.

    Args:
        quota: of processors, as a container has one; None without.
        processors: that may be used, the quota counted.
    """
    return min(processors if quota else max(2, processors), 16)


@dataclass(frozen=True)
class Configuration:
    """The settings of one app; docs/configuration.md says what each is for."""

    models_folder: Path = field(
        default=REPOSITORY / "models", metadata=_from("NET_MODELS_DIR", _folder)
    )
    models_store: str = field(default="", metadata=_from("NET_MODELS_STORE", _url("s3://")))
    poll_seconds: float = field(
        default=0.5, metadata=_from("NET_MODELS_POLL_SECONDS", _number(float, 0.05, 3600))
    )
    log_format: str = field(
        default="auto", metadata=_from("NET_LOG_FORMAT", _choice("auto", "json", "text"))
    )
    log_level: str = field(
        default="info",
        metadata=_from("NET_LOG_LEVEL", _choice("debug", "info", "warning", "error")),
    )
    hsts_seconds: int = field(
        default=31_536_000, metadata=_from("NET_HSTS_SECONDS", _number(int, 0, 10**9))
    )
    trusted_hosts: tuple[str, ...] = field(default=(), metadata=_from("NET_TRUSTED_HOSTS", _list))
    trusted_proxies: tuple[str, ...] = field(
        default=("127.0.0.1", "::1"), metadata=_from("NET_TRUSTED_PROXIES", _list)
    )
    port: int = field(default=8000, metadata=_from("PORT", _number(int, 0, 65_535)))
    bind: tuple[str, ...] = field(default=(), metadata=_from("NET_BIND", _list))
    workers: int = field(
        default=workers_for(processor_quota(), available_processors()),
        metadata=_from("NET_WORKERS", _number(int, 1, 256)),
    )
    threads: int = field(default=16, metadata=_from("NET_THREADS", _number(int, 1, 1024)))
    request_seconds: int = field(
        default=30, metadata=_from("NET_REQUEST_SECONDS", _number(int, 1, 3600))
    )
    waiting_seconds: float = field(
        default=1, metadata=_from("NET_WAITING_SECONDS", _number(float, 0.05, 3600))
    )
    predictions_a_minute: int = field(
        default=30_000, metadata=_from("NET_PREDICTIONS_A_MINUTE", _number(int, 0, 10**9))
    )

    instance_folder: Path = field(
        default=REPOSITORY / "instance", metadata=_from("NET_INSTANCE_DIR", _folder)
    )
    database_url: str = field(
        default="",
        repr=False,
        metadata=_from(
            "NET_DATABASE_URL",
            _database_url,
            is_secret=True,
        ),
    )
    secret_key: str = field(
        default="", repr=False, metadata=_from("NET_SECRET_KEY", _secret(32), is_secret=True)
    )
    admin_password: str = field(
        default="", repr=False, metadata=_from("NET_ADMIN_PASSWORD", _secret(12), is_secret=True)
    )
    session_idle_minutes: int = field(
        default=120, metadata=_from("NET_SESSION_IDLE_MINUTES", _number(int, 1, 43_200))
    )
    session_hours: int = field(
        default=24, metadata=_from("NET_SESSION_HOURS", _number(int, 1, 8760))
    )
    limits_url: str = field(
        default="memory://",
        repr=False,
        metadata=_from(
            "NET_LIMITS_URL",
            _url("memory://", "redis://", "rediss://", "redis+unix://"),
            is_secret=True,
        ),
    )
    worker_threads: int = field(
        default=0, metadata=_from("NET_WORKER_THREADS", _number(int, 0, 256))
    )
    worker_nice: int = field(default=10, metadata=_from("NET_WORKER_NICE", _number(int, 0, 19)))
    worker_lease_seconds: float = field(
        default=20, metadata=_from("NET_WORKER_LEASE_SECONDS", _number(float, 1, 3600))
    )
    data_folder: Path | None = field(default=None, metadata=_from("NET_DATA_DIR", _folder))
    studies_folder: Path = field(
        default=REPOSITORY / "studies", metadata=_from("NET_STUDIES_DIR", _folder)
    )
    studies_url: str = field(
        default="", repr=False, metadata=_from("NET_STUDIES_URL", _text, is_secret=True)
    )

    corrections_a_minute: int = field(
        default=30, metadata=_from("NET_CORRECTIONS_A_MINUTE", _number(int, 0, 10_000))
    )
    corrections_most: int = field(
        default=100_000, metadata=_from("NET_CORRECTIONS_MOST", _number(int, 0, 10**8))
    )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where gunicorn listens, as it reads it: ``NET_BIND``, else this machine's ``PORT``."""
        return self.bind or (f"127.0.0.1:{self.port}",)

    @property
    def training_threads(self) -> int:
        """What a job computes with: ``NET_WORKER_THREADS``, else a thread fewer than cores."""
        return self.worker_threads or max(1, available_processors() - 1)

    @property
    def database_address(self) -> str:
        """``NET_DATABASE_URL`` as it stands, else SQLite's file in the instance folder."""
        return self.database_url or f"sqlite:///{self.instance_folder / DATABASE_FILE}"


def variables() -> dict[str, object]:
    """Each environment variable that is read, with its default."""
    return {entry.metadata["variable"]: entry.default for entry in fields(Configuration)}


def without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """A copy for the trainer's processes, whose business passwords and keys of the web are not."""
    secrets = {e.metadata["variable"] for e in fields(Configuration) if e.metadata["is_secret"]}
    return {n: value for n, value in environment.items() if n.removesuffix("_FILE") not in secrets}


def read_configuration(
    environment: Mapping[str, str], overrides: Mapping[str, object] | None = None
) -> Configuration:
    """Read the settings.

    Args:
        environment: usually ``os.environ``; unset and empty variables mean the default.
            ``<variable>_FILE`` names a file that holds the value.
        overrides: variable -> value, stronger than the environment. Text is
            checked like a variable's; any other value is taken as it is.

    Raises:
        ConfigurationError: a value cannot be used; the message names the variable.
    """
    given = {name: value for name, value in environment.items() if value}
    values = {**_secrets_in_files(given), **given, **(overrides or {})}
    settings: dict[str, Any] = {
        entry.name: _parse(entry, values[entry.metadata["variable"]])
        for entry in fields(Configuration)
        if entry.metadata["variable"] in values
    }
    return Configuration(**settings)


def _secrets_in_files(environment: Mapping[str, str]) -> dict[str, str]:
    try:
        return read_secret_files(environment, variables())
    except (OSError, UnicodeError) as error:
        file = getattr(error, "filename", None) or "of a secret"
        raise ConfigurationError(f"The file {file} cannot be read: {reason_of(error)}.") from error


def _parse(entry: "Field[Any]", value: object) -> object:
    if not isinstance(value, str):
        return value
    parse: Callable[[str], object] = entry.metadata["parse"]
    try:
        return parse(value)
    except ValueError:
        name = entry.metadata["variable"]
        shown = name if entry.metadata["is_secret"] else f"{name}={value!r}"
        raise ConfigurationError(f"{shown} must be {parse.__doc__}.") from None
