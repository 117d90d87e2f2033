"""How gunicorn serves the app: `gunicorn "webapp:create_app()"`, from this folder.

The numbers come from the settings (docs/configuration.md); the reasons stand here.
"""

import contextlib
import gc
import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

gc.disable()  # until there are workers: what is loaded at the start is no garbage

# OpenBLAS reads it when NumPy is imported.  An answer is computed on the thread that gives it; with
# threads of NumPy's own, which wait for each other, 15 kB of zigzag took 3 s where it takes 0.6 s.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

sys.path.insert(0, str(Path(__file__).resolve().parent))  # gunicorn adds it only after this file


_PREPARED = "NET_METRICS_PREPARED"  # whose number, and the folder of its own that goes at its end


def _prepare_metrics_folder() -> None:
    """Empty or make the folder that workers count into, once for each master."""
    master, _, made = os.environ.get(_PREPARED, "").partition(" ")
    if master == str(os.getpid()):  # this file is read again at SIGHUP, while workers are counting
        return
    # What a master has made for itself is not its successor's (USR2).
    given = None if made else os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    folder = Path(given or tempfile.mkdtemp(prefix="net-metrics-"))
    folder.mkdir(parents=True, exist_ok=True)
    if not _has_room(folder):  # the first number would end the server
        print(f"Nét counts in memory, for the disk of {folder} is full", file=sys.stderr)
        given, folder = None, Path(tempfile.mkdtemp(prefix="net-metrics-", dir=worker_tmp_dir))
    for left_over in folder.glob("*.db"):  # an earlier start's numbers would be added to ours
        left_over.unlink()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    os.environ[_PREPARED] = f"{os.getpid()} {'' if given else folder}"


def _has_room(folder: Path) -> bool:
    return shutil.disk_usage(folder).free >= 4 * 1_048_576  # what a few workers count in


# The workers' heartbeat must not wait for a slow disk.
# Gunicorn makes its file there with mkstemp.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # nosec B108

from webapp.configuration import ConfigurationError, read_configuration
from webapp.server import balance
from webapp.server.memory import give_memory_back
from webapp.server.ports import why_not

# What cannot be is said at once, before all that a server needs is loaded.
try:
    configuration = read_configuration(os.environ)
except ConfigurationError as error:
    sys.exit(f"Nét cannot start: {error}")
bind = list(configuration.addresses)
if obstacle := why_not(bind, "NET_BIND" if configuration.bind else "PORT"):
    sys.exit(f"Nét cannot start: {obstacle}")

give_memory_back()  # before there are threads

# prometheus_client decides at import where it counts, and the app imports it.
_prepare_metrics_folder()

from webapp import request_log
from webapp.accounts.first_start import open_the_first_way_in
from webapp.activity.presence import Worker as Description
from webapp.activity.reporter import Reporter
from webapp.store.follower import StoreFollower
from webapp.telemetry import reserved_counts, worker_state
from webapp.telemetry.ended_workers import roll_up

wsgi_app = "webapp:create_app()"

# An answer is computing and hardly waiting: one process for each core keeps them all busy.
workers = configuration.workers

# Two half-sent requests held two sync workers, and everybody else, for 34 s; gunicorn's own
# gthread gives each a thread for ever, and never ends a view that hangs. Ours answers drawings in
# its loop, gives everything else a thread when it has arrived, and ends what takes too long.
worker_class = "webapp.server.worker.PatientWorker"
threads = configuration.threads
timeout = configuration.request_seconds
graceful_timeout = configuration.request_seconds  # what is being answered at a restart ends first

# A person draws, looks, draws on: worth one connection, not a new one for each stroke.
keepalive = 20

# The model is loaded once, before the fork, and its memory shared. ONNX Runtime with one
# thread survives a fork, TensorFlow does not; the registry starts its watcher anew in each.
preload_app = True

# Files of our own, and those of connections, must fit into what the system allows a process.
worker_connections = min(1000, max(100, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 200))

# Whom to believe that a request came in over HTTPS, and from where.
forwarded_allow_ips = ",".join(configuration.trusted_proxies)
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}  # one way to say it: two may contradict
forwarder_headers = ""  # nobody needs to say where we are mounted, so nobody may

accesslog = None  # webapp.request_log writes a line a request, and what it was about
# At "debug" gunicorn writes every path, and so the links that request_log keeps out of the log.
loglevel = "info" if configuration.log_level == "debug" else configuration.log_level
control_socket_disable = True  # one path for all servers of a user, and nobody uses it


class logger_class(Logger):  # noqa: N801 - gunicorn's name for the setting
    """Gunicorn's own lines, in the form of the app's."""

    def setup(self, cfg: Config) -> None:
        """Hand every line on to the root logger."""
        super().setup(cfg)
        request_log.start(configuration)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


def pre_fork(server: Arbiter, worker: Worker) -> None:
    """Keep what was loaded before the fork out of the workers' garbage collections.

    A collection writes to every object that it looks at, and so gives a worker its own copy of
    the memory it shares: 243 MB became 172 MB with two workers (docs/performance.md).
    """
    gc.freeze()
    gc.enable()


def when_ready(server: Arbiter) -> None:
    """Prepare the database once, before there are workers, and say how the first person gets in."""
    parts = getattr(server.app.wsgi(), "extensions", {}).get("net")
    if parts is None:  # the tests serve another app too
        return
    for name in (os.getpid(), reserved_counts.ENDED):
        with contextlib.suppress(OSError):
            reserved_counts.reserve(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]), name)
    address = str(server.LISTENERS[0]).partition(",")[0]
    open_the_first_way_in(parts.database, parts.configuration, address)
    parts.database.close()


def post_fork(server: Arbiter, worker: Worker) -> None:
    """Take the room that this worker counts in; without it, it counts for itself alone."""
    try:
        reserved_counts.reserve(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]), os.getpid())
    except OSError as error:  # on a full disk a number would end the worker
        folder = tempfile.mkdtemp(prefix="net-metrics-apart-", dir=worker_tmp_dir)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = worker.counts_apart = folder
        server.log.error("nobody sees what this worker counts: %s", error.strerror)  # and counts it


def post_worker_init(worker: Worker) -> None:
    """Write down from now on what this worker counts, and which run it serves."""
    parts = getattr(worker.wsgi, "extensions", {}).get("net")
    if parts:
        worker.reporter = Reporter(parts.database, parts.counters, parts.registry, _announce)
        worker.reporter.start()
    if parts and (address := parts.configuration.models_store):
        settings = parts.configuration
        worker.store = StoreFollower(address, settings.models_folder, settings.poll_seconds)
        worker.store.start()


def _announce(worker: Description) -> None:
    worker_state.tell(worker.run, worker.problem, worker.memory)


def worker_exit(server: Arbiter, worker: Worker) -> None:
    """Write down the last of it; this still runs in the worker."""
    if store := getattr(worker, "store", None):
        store.stop()
    if reporter := getattr(worker, "reporter", None):
        reporter.stop()
    if folder := getattr(worker, "counts_apart", None):
        shutil.rmtree(folder, ignore_errors=True)


def child_exit(server: Arbiter, worker: Worker) -> None:
    """Stop counting what only a living worker has, and keep the rest without its files."""
    balance.tell(worker.age, None)
    try:
        roll_up(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]), worker.pid)
    except OSError as error:
        server.log.warning("the counts of worker %s stay as they are: %s", worker.pid, error)


def on_exit(server: Arbiter) -> None:
    """Leave no folder behind; a newer master (USR2) has made its own."""
    if made := os.environ[_PREPARED].partition(" ")[2]:
        shutil.rmtree(made, ignore_errors=True)
