from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.operations.arrival import KEPT_BYTES, is_worth_a_thread

BODY = b'{"strokes": []}'
REQUESTS = {
    "no body": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a body": b"POST / HTTP/1.1\r\nHost: x\r\ncontent-LENGTH:\t15\r\n\r\n" + BODY,
    "an empty body": b"POST / HTTP/1.1\r\nContent-Length: 0\r\nHost: x\r\n\r\n",
    "a chunk": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n"
    + BODY
    + b"\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("request_bytes", REQUESTS.values(), ids=REQUESTS)
def test_a_request_is_worth_a_thread_when_its_last_byte_has_come(request_bytes: bytes) -> None:
    prefixes = [request_bytes[:length] for length in range(len(request_bytes) + 1)]

    assert [is_worth_a_thread(prefix) for prefix in prefixes] == [False] * len(request_bytes) + [
        True
    ]


@pytest.mark.parametrize("header", [b"Expect: 100-continue", b"Upgrade: h2c"])
def test_a_sender_that_waits_for_an_answer_is_not_waited_for(header: bytes) -> None:
    assert is_worth_a_thread(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n%s\r\n\r\n" % header)


def test_what_is_large_is_left_to_a_thread() -> None:
    assert not is_worth_a_thread(b"x" * (KEPT_BYTES - 1))
    assert is_worth_a_thread(b"x" * KEPT_BYTES)


@given(st.binary())
def test_any_bytes_can_be_looked_at(received: bytes) -> None:
    assert is_worth_a_thread(received) in (True, False)
    assert is_worth_a_thread(received + b"\r\n\r\n") in (True, False)
