from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.operations.arrival import (
    MOST_BYTES,
    MOST_HEAD_BYTES,
    MOST_SWALLOWED_BYTES,
    Arrival,
)

BODY = b'{"strokes": []}'
CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
REQUESTS = {
    "no body": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a body": b"POST / HTTP/1.1\r\nHost: x\r\ncontent-LENGTH:\t15\r\n\r\n" + BODY,
    "an empty body": b"POST / HTTP/1.1\r\nContent-Length: 0\r\nHost: x\r\n\r\n",
    "a chunk": CHUNKED + b"f\r\n" + BODY + b"\r\n0\r\n\r\n",
    "chunks that look like ends": CHUNKED + b"4;a=b\r\n\r\n\r\n\r\n3 \r\n\r\n0\r\n00\r\n\r\n",
    "a trailer": CHUNKED + b"2\r\n{}\r\n0\r\nDigest: x\r\n\r\n",
    "an offer to change": b"POST / HTTP/1.1\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\n{}",
}


@pytest.mark.parametrize("request_bytes", REQUESTS.values(), ids=REQUESTS)
def test_a_request_is_whole_when_its_last_byte_has_come(request_bytes: bytes) -> None:
    arrival = Arrival()

    whole = [arrival.take(request_bytes[at : at + 1]) for at in range(len(request_bytes))]

    assert whole == [False] * (len(request_bytes) - 1) + [True]
    assert arrival.is_whole
    assert arrival.received == request_bytes


@pytest.mark.parametrize("request_bytes", REQUESTS.values(), ids=REQUESTS)
def test_what_comes_behind_a_request_stays_with_it(request_bytes: bytes) -> None:
    arrival = Arrival()

    assert arrival.take(request_bytes + b"GET / HT")
    assert arrival.is_whole
    assert arrival.received == request_bytes + b"GET / HT"


def test_a_sender_that_waits_to_be_told_is_known_and_gunicorn_need_not_tell_it() -> None:
    arrival = Arrival()
    head = b"POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n"

    is_enough = arrival.take(head)
    wanted = arrival.wants_to_be_told

    assert (is_enough, wanted) == (False, True)
    assert arrival.take(b"{}")
    assert arrival.received == b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"


def test_a_body_too_large_is_swallowed_to_its_end() -> None:
    arrival = Arrival()
    length = MOST_BYTES + 1
    taken = [arrival.take(b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % length)]

    for start in range(0, length, 65_536):
        taken.append(arrival.take(bytes(min(65_536, length - start))))

    assert taken == [False] * (len(taken) - 1) + [True]
    assert not arrival.is_whole
    assert len(arrival.received) < 100


def test_a_body_without_end_is_not_swallowed_for_ever() -> None:
    arrival = Arrival()
    arrival.take(b"POST / HTTP/1.1\r\nContent-Length: 999999999999\r\n\r\n")

    taken = [arrival.take(bytes(65_536)) for _ in range(MOST_SWALLOWED_BYTES // 65_536)]

    assert taken == [False] * (len(taken) - 1) + [True]


def test_who_waits_with_a_body_too_large_is_answered_at_once() -> None:
    head = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n"

    assert Arrival().take(head)


@pytest.mark.parametrize(
    "chunks",
    [b"zz\r\n", b"-1\r\n", b"0x2\r\n", b"1_0\r\n", b"\r\n", b"ffffffffff\r\n", b"1" * 9000],
)
def test_chunks_that_cannot_be_are_not_waited_for(chunks: bytes) -> None:
    arrival = Arrival()

    assert arrival.take(CHUNKED + chunks)
    assert not arrival.is_whole


def test_a_head_without_an_end_is_not_kept_for_ever() -> None:
    arrival = Arrival()

    taken = [arrival.take(b"GET / HTTP/1.1\r\n"), arrival.take(b"A" * MOST_HEAD_BYTES)]

    assert taken == [False, True]
    assert arrival.is_endless_head


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics"])
def test_probes_are_known(path: str) -> None:
    arrival = Arrival()

    arrival.take(f"GET {path} HTTP/1.1\r\n\r\n".encode())

    assert arrival.is_probe


@given(pieces=st.lists(st.binary() | st.sampled_from(sorted(REQUESTS.values())), max_size=8))
def test_any_bytes_can_be_looked_at(pieces: list[bytes]) -> None:
    arrival = Arrival()

    for piece in pieces:
        if arrival.take(piece):
            break

    assert b"".join(pieces).startswith(bytes(arrival.received)) or arrival.wants_to_be_told
