"""Whether the bytes of an HTTP/1.1 request that have come so far are all of it.

Only says where to wait for the rest, cheaply in the worker's main loop or in a
thread of its own; what the bytes mean is gunicorn's to say. So a wrong guess costs
a waiting thread and nothing else.
"""

import re

KEPT_BYTES = 65_536  # of an unfinished request; what is larger is read by a thread

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]{1,18})[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
_CODED = re.compile(rb"^(transfer-encoding|expect|upgrade):", re.IGNORECASE | re.MULTILINE)


def is_worth_a_thread(received: bytes | bytearray) -> bool:
    """Say whether a thread can get on with a request without waiting for its sender.

    Args:
        received: what has come so far.
    """
    if len(received) >= KEPT_BYTES:
        return True
    end = received.find(_END_OF_HEAD)
    if end < 0:
        return False
    head = received[: end + 2]
    coded = _CODED.search(head)
    if coded and coded[1].lower() != b"transfer-encoding":
        return True  # the sender waits for an answer before it goes on
    if coded:
        return received.endswith(_END_OF_HEAD) and len(received) > end + len(_END_OF_HEAD)
    length = _LENGTH.search(head)
    return len(received) >= end + len(_END_OF_HEAD) + (int(length[1]) if length else 0)
