"""Where a request comes from: the address of the client, behind the proxies that are trusted."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from flask import Request, request

from webapp.services import services

_Network = IPv4Network | IPv6Network


def client_address(request: Request = request) -> str:
    """The address that a request comes from, as far as trusted servers vouch for it.

    Args:
        request: by default the present one.
    """
    return address_of(request, services().configuration.trusted_proxies)


@lru_cache(maxsize=1024)
def network_of(address: str) -> str:
    """Name what counts as one visitor: an IPv4 address, or the /64 of an IPv6 customer."""
    try:
        parsed = _plain(address)
    except ValueError:
        return address
    is_6 = isinstance(parsed, IPv6Address)
    return str(ip_network((parsed, 64), strict=False)) if is_6 else str(parsed)


def address_of(request: Request, trusted: tuple[str, ...]) -> str:
    """The last address of a request's way that is not a trusted proxy's.

    Each proxy adds to ``X-Forwarded-For`` whom it was asked by, so the header is read from its
    end, and no further than proxies of ours have written it.

    Args:
        request: the request.
        trusted: addresses and networks of the proxies, as ``NET_TRUSTED_PROXIES`` has them.
    """
    peer = request.remote_addr or ""  # empty behind a Unix socket, which only a proxy can reach
    if not _is_trusted(peer, trusted) or "X-Forwarded-For" not in request.headers:
        return _parsed(peer) or peer
    way = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
    address = _parsed(peer) or peer
    while _is_trusted(address, trusted) and way:
        before = _parsed(way.pop())
        if not before:
            break
        address = before
    return address


@lru_cache(maxsize=1024)
def _is_trusted(address: str, trusted: tuple[str, ...]) -> bool:
    if not address or "*" in trusted:
        return True
    try:
        parsed = _plain(address)
    except ValueError:
        return False
    return any(parsed in network for network in _networks(trusted))


@lru_cache(maxsize=8)
def _networks(trusted: tuple[str, ...]) -> tuple[_Network, ...]:
    networks = []
    for entry in trusted:
        try:
            networks.append(ip_network(_parsed(entry) or entry, strict=False))
        except ValueError:  # a name, for gunicorn alone
            continue
    return tuple(networks)


@lru_cache(maxsize=1024)
def _parsed(hop: str) -> str:
    """The address of one hop, without the port that some proxies add; empty if it is none."""
    text = hop.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(_plain(text))
    except ValueError:
        return ""


def _plain(address: str) -> IPv4Address | IPv6Address:
    """An address without its zone; IPv4 as IPv4, also where a server on ``[::]`` maps it into IPv6.

    A zone (``fe80::1%eth0``) may be any text of any length, and is this machine's business alone.
    """
    parsed = ip_address(address.partition("%")[0])
    return getattr(parsed, "ipv4_mapped", None) or parsed
