"""Bytes that look like requests, made of parts: lengths, codings, chunks, expectations, lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

HOST = b"Host: x\r\n"
LAST = b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
"""Sent behind every case: who still knows where a request begins answers it."""

TEXT = b"hello"
CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"

LENGTHS: Mapping[str, bytes] = {
    "right": b"Content-Length: 5\r\n",
    "lower case": b"content-length:5\r\n",
    "tabs": b"Content-Length:\t5 \t\r\n",
    "none": b"",
    "zero": b"Content-Length: 0\r\n",
    "short": b"Content-Length: 3\r\n",
    "padded": b"Content-Length: 005\r\n",
    "padded beyond 18 digits": b"Content-Length: " + b"0" * 20 + b"5\r\n",
    "plus": b"Content-Length: +5\r\n",
    "minus": b"Content-Length: -5\r\n",
    "hexadecimal": b"Content-Length: 0x5\r\n",
    "float": b"Content-Length: 5.0\r\n",
    "exponent": b"Content-Length: 5e0\r\n",
    "underscore": b"Content-Length: 0_5\r\n",
    "superscript": b"Content-Length: \xb5\r\n",
    "two digits high": b"Content-Length: \xb2\r\n",
    "empty": b"Content-Length:\r\n",
    "a list": b"Content-Length: 5, 5\r\n",
    "two words": b"Content-Length: 5 5\r\n",
    "twice": b"Content-Length: 5\r\n" * 2,
    "twice, different": b"Content-Length: 5\r\nContent-Length: 3\r\n",
    "control character": b"Content-Length: 5\x0b\r\n",
    "null": b"Content-Length: 5\x00\r\n",
    "space before the colon": b"Content-Length : 5\r\n",
    "space before the name": b" Content-Length: 5\r\n",
    "folded": b"Content-Length:\r\n 5\r\n",
    "folded behind another": b"A: b\r\n Content-Length: 5\r\n",
    "another name": b"Content_Length: 5\r\n",
    "bare line feed": b"Content-Length: 5\nA: b\r\n",
    "bare carriage return": b"A: b\rContent-Length: 5\r\n",
    "cut": b"Content-Length: 5000\r\n",
}
CODINGS: Mapping[str, bytes] = {
    "right": b"Transfer-Encoding: chunked\r\n",
    "upper case": b"TRANSFER-ENCODING: CHUNKED\r\n",
    "tab": b"Transfer-Encoding:\tchunked\r\n",
    "twice": b"Transfer-Encoding: chunked\r\n" * 2,
    "a list of it": b"Transfer-Encoding: chunked, chunked\r\n",
    "identity": b"Transfer-Encoding: identity\r\n",
    "identity before": b"Transfer-Encoding: identity, chunked\r\n",
    "identity behind": b"Transfer-Encoding: chunked, identity\r\n",
    "packed before": b"Transfer-Encoding: gzip, chunked\r\n",
    "packed behind": b"Transfer-Encoding: chunked, gzip\r\n",
    "packed": b"Transfer-Encoding: gzip\r\n",
    "packed, in two lines": b"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
    "unknown": b"Transfer-Encoding: xchunked\r\n",
    "parameter": b"Transfer-Encoding: chunked;q=1\r\n",
    "comma": b"Transfer-Encoding: chunked,\r\n",
    "quoted": b'Transfer-Encoding: "chunked"\r\n',
    "empty": b"Transfer-Encoding:\r\n",
    "control character": b"Transfer-Encoding: \x0bchunked\r\n",
    "space before the colon": b"Transfer-Encoding : chunked\r\n",
    "folded": b"Transfer-Encoding:\r\n chunked\r\n",
    "with a length": b"Transfer-Encoding: chunked\r\nContent-Length: 15\r\n",
    "with a length before": b"Content-Length: 15\r\nTransfer-Encoding: chunked\r\n",
    "another name": b"Transfer_Encoding: chunked\r\n",
}
BODIES: Mapping[str, bytes] = {
    "two chunks": b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
    "padded": b"0005\r\nhello\r\n000\r\n\r\n",
    "hexadecimal": b"A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n",
    "looks like an end": b"7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n",
    "looks like a request": b"%x\r\n%s\r\n0\r\n\r\n" % (len(LAST), LAST),
    "extension": b"5;a=b\r\nhello\r\n0;c\r\n\r\n",
    "quoted extension": b'5 ; a="b;\\"c"\r\nhello\r\n0\r\n\r\n',
    "broken extension": b"5;=\r\nhello\r\n0\r\n\r\n",
    "extension with a bare carriage return": b"5;a\rb\r\nhello\r\n0\r\n\r\n",
    "size behind a space": b" 5\r\nhello\r\n0\r\n\r\n",
    "size before a space": b"5 \r\nhello\r\n0\r\n\r\n",
    "size with a prefix": b"0x5\r\nhello\r\n0\r\n\r\n",
    "size with a sign": b"+5\r\nhello\r\n0\r\n\r\n",
    "size below zero": b"-5\r\nhello\r\n0\r\n\r\n",
    "size with an underscore": b"0_5\r\nhello\r\n0\r\n\r\n",
    "no size": b"\r\nhello\r\n0\r\n\r\n",
    "size ends with a line feed": b"5\nhello\r\n0\r\n\r\n",
    "data ends with a line feed": b"5\r\nhello\n0\r\n\r\n",
    "data too long": b"5\r\nhello!\r\n0\r\n\r\n",
    "data too short": b"6\r\nhello\r\n0\r\n\r\n",
    "trailer": b"5\r\nhello\r\n0\r\nDigest: x\r\n\r\n",
    "trailer with a length": b"5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n",
    "trailer without a colon": b"5\r\nhello\r\n0\r\nDigest\r\n\r\n",
    "trailer ends with a line feed": b"5\r\nhello\r\n0\r\nDigest: x\n\r\n",
    "end ends with a line feed": b"5\r\nhello\r\n0\r\n\n",
    "empty": b"0\r\n\r\n",
    "huge size": b"f" * 40 + b"\r\nhello\r\n0\r\n\r\n",
    "endless size": b"0" * 20_000 + b"5\r\nhello\r\n0\r\n\r\n",
}
EXPECTATIONS: Mapping[str, bytes] = {
    "right": b"Expect: 100-continue\r\n",
    "upper case": b"EXPECT: 100-CONTINUE\r\n",
    "twice": b"Expect: 100-continue\r\n" * 2,
    "a list": b"Expect: 100-continue, 100-continue\r\n",
    "parameter": b"Expect: 100-continue;a=b\r\n",
    "other": b"Expect: 200-ok\r\n",
    "empty": b"Expect:\r\n",
    "other behind": b"Expect: 100-continue\r\nExpect: 200-ok\r\n",
}
LINES: Mapping[str, bytes] = {
    "an empty line before": b"\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n",
    "two empty lines before": b"\r\n\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n",
    "a line feed before": b"\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n",
    "line feeds": b"GET /a HTTP/1.1\nHost: x\n\n",
    "a line feed at the end": b"GET /a HTTP/1.1\r\nHost: x\r\n\n",
    "carriage returns": b"GET /a HTTP/1.1\rHost: x\r\r",
    "folded": b"GET /a HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
    "no colon": b"GET /a HTTP/1.1\r\nHost: x\r\nA\r\n\r\n",
    "no name": b"GET /a HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n",
    "strange name": b"GET /a HTTP/1.1\r\nHost: x\r\nA(): b\r\n\r\n",
    "null": b"GET /a HTTP/1.1\r\nHost: x\r\nA: \x00\r\n\r\n",
    "two hosts": b"GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    "no host": b"GET /a HTTP/1.1\r\n\r\n",
    "no header": b"GET /a HTTP/1.0\r\n\r\n",
    "tabs between words": b"GET\t/a\tHTTP/1.1\r\nHost: x\r\n\r\n",
    "space in the target": b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
    "bytes in the target": b"GET /\xe9 HTTP/1.1\r\nHost: x\r\n\r\n",
    "whole address": b"GET http://x/a HTTP/1.1\r\nHost: x\r\n\r\n",
    "no version": b"GET /a\r\n\r\n",
    "next version": b"GET /a HTTP/2.0\r\nHost: x\r\n\r\n",
    "strange version": b"GET /a HTTP/1.1.1\r\nHost: x\r\n\r\n",
    "small letters": b"get /a HTTP/1.1\r\nHost: x\r\n\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "prior knowledge": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "an offer to change": b"GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
    b"Upgrade: h2c\r\n\r\n",
    "long line": b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "long header": b"GET /a HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 9000 + b"\r\n\r\n",
    "many headers": b"GET /a HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n",
}
_GET = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
_POST = b"POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
_CHUNKED = b"POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS
PIPELINES: Mapping[str, bytes] = {
    "three": _GET + _POST + _GET,
    "chunked between": _POST + _CHUNKED + _GET,
    "twenty": (_GET + _CHUNKED) * 10,
    "nonsense between": _GET + b"what\r\n\r\n" + _GET,
    "an empty line between": _POST + b"\r\n" + _GET,
    "close between": _GET + _GET.replace(b"Host", b"Connection: close\r\nHost") + _GET,
    "an old version between": _GET + _GET.replace(b"1.1", b"1.0") + _GET,
    "an old version that stays": _GET.replace(b"1.1\r\n", b"1.0\r\nConnection: keep-alive\r\n") * 2,
    "a body that no method needs": _POST.replace(b"POST", b"GET") + _GET,
    "head": _GET.replace(b"GET", b"HEAD") + _GET,
    "a body that is the next": _POST.replace(b": 5", b": 12") + _GET,
}

STRICTER = frozenset(
    {
        "length: padded",
        "length: padded beyond 18 digits",
        "coding: identity before",
        "coding: packed before",
        "coding: packed, in two lines",
        "old version, length: padded",
        "old version, length: padded beyond 18 digits",
        "expectation: twice",
        "old version, expectation: twice",
    }
)
"""What gunicorn takes and ours refuses: somebody before it may have read it otherwise."""

CUT = frozenset({"length: cut", "old version, length: cut"})
"""Half a request whose sender has closed: gunicorn answers what came of it, ours nothing."""


@dataclass(frozen=True)
class Case:
    """What is sent, in which pieces; ``kind`` names the parts that it is made of."""

    kind: str
    pieces: tuple[bytes, ...]


def cases() -> Iterator[Case]:
    """Every kind in one packet, cut in two where the head ends, and in small pieces."""
    for kind, (head, body) in _kinds().items():
        whole = head + body
        yield Case(kind, (whole + LAST,))
        yield Case(kind, (head, body, LAST))
        step = max(7, len(whole) // 40)
        yield Case(kind, (*(whole[at : at + step] for at in range(0, len(whole), step)), LAST))


def _kinds() -> dict[str, tuple[bytes, bytes]]:
    kinds: dict[str, tuple[bytes, bytes]] = {}
    for version, name in ((b"1.1", ""), (b"1.0", "old version, ")):
        start = b"POST /a HTTP/" + version + b"\r\n" + HOST
        for part, lines in LENGTHS.items():
            kinds[f"{name}length: {part}"] = (start + lines + b"\r\n", TEXT)
        for part, lines in CODINGS.items():
            kinds[f"{name}coding: {part}"] = (start + lines + b"\r\n", CHUNKS)
        for part, lines in EXPECTATIONS.items():
            head = start + lines + LENGTHS["right"] + b"\r\n"
            kinds[f"{name}expectation: {part}"] = (head, TEXT)
    for part, body in BODIES.items():
        kinds[f"chunks: {part}"] = (
            b"POST /a HTTP/1.1\r\n" + HOST + CODINGS["right"] + b"\r\n",
            body,
        )
    for part, whole in {**LINES, **PIPELINES}.items():
        kinds[f"lines: {part}"] = (whole, b"")
    return kinds
