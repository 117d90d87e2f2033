"""Say before the server starts why it cannot listen where it shall."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterable

_CHECKED = "NET_PORTS_CHECKED"  # by an earlier reading of gunicorn's configuration, as at SIGHUP


def why_not(addresses: Iterable[str]) -> str | None:
    """Try to listen at each address, once for a server however often it reads its configuration.

    Args:
        addresses: as gunicorn takes them; only those of a host and a port are tried.

    Returns:
        A sentence with the remedy; None where nothing is in the way.
    """
    # systemd and a predecessor hand over sockets that are listening already.
    if _CHECKED in os.environ or "LISTEN_FDS" in os.environ or "GUNICORN_FD" in os.environ:
        return None
    os.environ[_CHECKED] = "1"
    return next((sentence for one in addresses if (sentence := _try(one))), None)


def _try(address: str) -> str | None:
    host, _, port = address.rpartition(":")
    if not port.isdigit() or address.startswith(("unix:", "fd:")):
        return None
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host.strip("[]"), int(port)))
    except OSError as error:
        return _sentence(address, port, error)
    return None


def _sentence(address: str, port: str, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is taken by another program; end it, or choose another port: "
            "PORT=9000 make run"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"port {port} is not for everybody; choose one above 1023: PORT=9000 make run"
    return f"it cannot listen at {address}: {error.strerror or error}"
