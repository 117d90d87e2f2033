"""What has arrived of a download so far, and of which version of the file it is."""

from __future__ import annotations

import http.client
import re
from pathlib import Path
from typing import BinaryIO

_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(?:\d+|\*)")


class Partial:
    """``NAME.part`` beside the file that it will be, and its version in ``NAME.part.version``."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self.path = target.with_name(f"{target.name}.part")
        self._version = target.with_name(f"{target.name}.part.version")

    def size(self) -> int:
        """Bytes that are here."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def resume_headers(self) -> dict[str, str]:
        """What asks for the rest; nothing where there is no start, or no name for its version."""
        version = self._version.read_text("utf-8") if self._version.is_file() else ""
        if not self.size() or not version:
            return {}
        return {"Range": f"bytes={self.size()}-", "If-Range": version}

    def fits(self, answer: http.client.HTTPResponse) -> bool:
        """Whether an answer is a whole file, or the rest of this very version."""
        if answer.status != 206:
            return True
        match = _CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        same = version_of(answer) in ("", self._version.read_text("utf-8"))
        return same and match is not None and int(match[1]) == self.size()

    def open_for(self, answer: http.client.HTTPResponse) -> BinaryIO:
        """The file to write an answer's bytes to: behind what is here, or anew."""
        if answer.status != 206:
            self.path.write_bytes(b"")  # first: what is here is of no version that follows
            self._version.write_text(version_of(answer), "utf-8")
        return self.path.open("ab")

    def discard(self) -> None:
        """Forget what is here."""
        self.path.unlink(missing_ok=True)
        self._version.unlink(missing_ok=True)

    def finish(self) -> None:
        """Everything is here: give it its name."""
        self.path.replace(self._target)
        self._version.unlink(missing_ok=True)


def version_of(answer: http.client.HTTPResponse) -> str:
    """What a server calls this version: its ETag, if one that promises equal bytes, or its date."""
    etag = str(answer.headers.get("ETag", ""))
    if etag and not etag.startswith("W/"):
        return etag
    return str(answer.headers.get("Last-Modified", ""))
