"""Say before the server starts why it cannot listen where it shall."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterable

from gunicorn.util import is_ipv6, parse_address  # type: ignore[import-untyped]

_CHECKED = "NET_PORTS_CHECKED"  # by an earlier reading of gunicorn's configuration, as at SIGHUP


def why_not(addresses: Iterable[str], setting: str) -> str | None:
    """Try to listen at each address, once for a server however often it reads its configuration.

    Args:
        addresses: as gunicorn takes them; only those of a host and a port are tried.
        setting: that the addresses are from, ``NET_BIND`` or ``PORT``.

    Returns:
        A sentence with the remedy; None where nothing is in the way.
    """
    # systemd and a predecessor hand over sockets that are listening already.
    if _CHECKED in os.environ or "LISTEN_FDS" in os.environ or "GUNICORN_FD" in os.environ:
        return None
    os.environ[_CHECKED] = "1"
    return next((sentence for one in addresses if (sentence := _try(one, setting))), None)


def _try(address: str, setting: str) -> str | None:
    try:
        place = parse_address(address)
    except (RuntimeError, ValueError) as error:  # it is none of gunicorn's
        return f"it cannot listen at {address}: {error}"
    if not isinstance(place, tuple):  # a socket's file, or an open descriptor
        return None
    family = socket.AF_INET6 if is_ipv6(place[0]) else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)
    except OSError as error:
        return _sentence(place, setting, error)
    except OverflowError as error:  # a port that is none
        return f"it cannot listen at {address}: {error}"
    return None


def _sentence(place: tuple[str, int], setting: str, error: OSError) -> str:
    host, port = place
    if ":" in host:
        host = f"[{host}]"
    way_out = "PORT=9000 make run" if setting == "PORT" else f"NET_BIND={host}:9000"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program; end it, or choose another port: {way_out}"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"port {port} is a privileged port; choose one above 1023: {way_out}"
    return f"it cannot listen at {host}:{port}: {error.strerror or error}"
