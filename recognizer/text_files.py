"""Text as people's programs save it: UTF-8, or what Windows makes of it."""

from __future__ import annotations

import codecs

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_HEAD = 16  # bytes that tell the encoding


def text_encoding(head: bytes, *, marked_only: bool = False) -> str | None:
    """The encoding of a text that is not plain UTF-8.

    Args:
        head: its first bytes.
        marked_only: whether only a byte order mark counts, as where NUL bytes are separators.

    Returns:
        As Python names it; None for UTF-8, and for what is no text.
    """
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    low, high = head[:_HEAD:2], head[1:_HEAD:2]
    if marked_only or len(head) < 4:
        return None
    if not any(high) and _is_ascii(low[: len(high)]):
        return "utf-16-le"
    return "utf-16-be" if not any(low) and _is_ascii(high) else None


def decode_text(content: bytes) -> str:
    """The text of a whole file.

    Raises:
        UnicodeDecodeError: it is in no encoding that is known here.
    """
    return content.decode(text_encoding(content[:_HEAD]) or "utf-8")


def _is_ascii(codes: bytes) -> bool:
    return all(32 <= code < 127 or code in b"\t\r\n" for code in codes)
