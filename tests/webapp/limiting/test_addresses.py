from __future__ import annotations

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from webapp.limiting.addresses import address_of, network_of

LOCAL = ("127.0.0.1", "::1")


def request_from(peer: str, *forwarded: str) -> Request:
    builder = EnvironBuilder()
    for entry in forwarded:
        builder.headers.add("X-Forwarded-For", entry)
    return Request({**builder.get_environ(), "REMOTE_ADDR": peer})


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "client"),
    [
        ("203.0.113.7", [], LOCAL, "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], LOCAL, "203.0.113.7"),
        ("127.0.0.1", [], LOCAL, "127.0.0.1"),
        ("127.0.0.1", ["203.0.113.7"], LOCAL, "203.0.113.7"),
        ("127.0.0.1", ["6.6.6.6, 203.0.113.7"], LOCAL, "203.0.113.7"),
        ("127.0.0.1", ["6.6.6.6", "203.0.113.7"], LOCAL, "203.0.113.7"),
        ("10.0.0.2", ["6.6.6.6, 203.0.113.7, 10.0.0.9"], ("10.0.0.0/8",), "203.0.113.7"),
        ("", ["203.0.113.7"], LOCAL, "203.0.113.7"),
        ("::1", ["[2001:db8::7]:4711"], LOCAL, "2001:db8::7"),
        ("127.0.0.1", ["203.0.113.7:4711"], LOCAL, "203.0.113.7"),
        ("127.0.0.1", ["203.0.113.7, unknown"], LOCAL, "127.0.0.1"),
        ("127.0.0.1", ["<script>"], LOCAL, "127.0.0.1"),
        ("127.0.0.1", [""], LOCAL, "127.0.0.1"),
        ("127.0.0.1", ["203.0.113.7"], (), "127.0.0.1"),
        ("::ffff:203.0.113.7", [], LOCAL, "203.0.113.7"),
        ("::ffff:203.0.113.7", ["198.51.100.1"], LOCAL, "203.0.113.7"),
        ("::ffff:127.0.0.1", ["::ffff:203.0.113.7"], LOCAL, "203.0.113.7"),
        ("10.0.0.2", ["203.0.113.7, [::ffff:10.0.0.9]:80"], ("10.0.0.0/8",), "203.0.113.7"),
        ("10.0.0.2", ["203.0.113.7"], ("::ffff:10.0.0.2",), "203.0.113.7"),
        ("fe80::1%eth0", [], LOCAL, "fe80::1"),
        ("10.0.0.2", ["fe80::1%" + "x" * 500], ("10.0.0.0/8",), "fe80::1"),
        ("nobody knows", ["203.0.113.7"], LOCAL, "nobody knows"),
    ],
)
def test_only_what_trusted_proxies_say_is_believed(
    peer: str, forwarded: list[str], trusted: tuple[str, ...], client: str
) -> None:
    assert address_of(request_from(peer, *forwarded), trusted) == client


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_an_ipv6_customer_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network
