"""Whom the server listens to, and whom it believes about where requests come from."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from gunicorn.util import parse_address  # type: ignore[import-untyped]

from webapp.configuration import Configuration
from webapp.health.check import Check

_WIDE = 65_536  # addresses; a network of ours has fewer, a mistake often more


def examine_proxies(configuration: Configuration) -> Iterator[Check]:
    """Look at the proxies that are believed."""
    findings = [
        finding for entry in configuration.trusted_proxies if (finding := _proxy(entry)) is not None
    ]
    trusted = ", ".join(configuration.trusted_proxies) or "nobody"
    yield from findings or [Check("proxies", "good", f"believed: {trusted}")]


def examine_listening(configuration: Configuration) -> Iterator[Check]:
    """Look at who can reach the server, and under which names."""
    shown = ", ".join(configuration.addresses)
    try:
        is_open = not all(map(_is_local, configuration.addresses))
    except (RuntimeError, ValueError) as error:
        said = f"NET_BIND: {error} The server will not start."
        yield Check("hosts", "bad", said, "write addresses as 127.0.0.1:8000 or unix:/run/net.sock")
        return
    if is_open and not configuration.trusted_hosts:
        said = f"{shown} is open to other machines, and answers to any host name"
        yield Check("hosts", "warning", said, "name the site's hosts in NET_TRUSTED_HOSTS")
    else:
        hosts = ", ".join(configuration.trusted_hosts) or "any host name"
        yield Check("hosts", "good", f"{shown} answers to {hosts}")
    if is_open and all(map(_is_loopback, configuration.trusted_proxies)):
        said = "other machines come straight to the server, and so by HTTP, not HTTPS"
        advice = "put a proxy with a certificate in front and name it in NET_TRUSTED_PROXIES"
        yield Check("https", "warning", said, f"{advice} (docs/deploy.md)")
    elif not configuration.hsts_seconds:
        said = "browsers are not told to stay with HTTPS (NET_HSTS_SECONDS=0)"
        yield Check("https", "warning", said, "unset it once the site works over HTTPS")
    else:
        yield Check("https", "good", "browsers that came by HTTPS stay with it")


def _proxy(entry: str) -> Check | None:
    if entry == "*":
        said = "everybody is believed about where a request comes from, so limits mean nothing"
        return Check("proxies", "bad", said, "name the proxy's address in NET_TRUSTED_PROXIES")
    try:
        network = ip_network(entry)
    except ValueError as error:
        said = f"NET_TRUSTED_PROXIES: {error}; the server will not start"
        return Check("proxies", "bad", said, "write addresses, or networks as 10.0.0.0/24")
    if network.num_addresses > _WIDE and not network.is_private:
        said = f"{entry} holds {network.num_addresses:,} addresses that are believed"
        return Check("proxies", "warning", said, "name only the proxies in NET_TRUSTED_PROXIES")
    return None


def _is_local(address: str) -> bool:
    place = parse_address(address)
    return not isinstance(place, tuple) or _is_loopback(place[0])


def _is_loopback(host: str) -> bool:
    try:
        return ip_network(host, strict=False).is_loopback
    except ValueError:
        return host == "localhost"
