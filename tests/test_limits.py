"""What cannot take a limit from recognizer/limits.py is held to it here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recognizer.limits import (
    MAX_BATCH_DRAWINGS,
    MAX_DRAWING_BYTES,
    MAX_PICTURE_BYTES,
    MAX_PICTURE_MEGAPIXELS,
    MAX_POINTS,
    MAX_STROKES,
    in_mebibytes,
)
from webapp.api.uploads import MAX_OVERHEAD_BYTES
from webapp.corrections.tables import ANSWER_LENGTH
from webapp.server.connection import MOST_BODY_BYTES

ROOT = Path(__file__).resolve().parent.parent
DRAWING, PICTURE = in_mebibytes(MAX_DRAWING_BYTES), in_mebibytes(MAX_PICTURE_BYTES)
LARGEST_BODY = MAX_PICTURE_BYTES + MAX_OVERHEAD_BYTES


@pytest.mark.parametrize(
    ("file", "setting"),
    [
        ("deploy/nginx/net.conf", r"client_max_body_size (\d+)m;"),
        ("deploy/kubernetes/base/ingress.yaml", r"proxy-body-size: (\d+)m"),
    ],
)
def test_a_proxy_lets_through_a_little_more_than_the_largest_body(file: str, setting: str) -> None:
    (mebibytes,) = re.findall(setting, (ROOT / file).read_text("utf-8"))

    assert LARGEST_BODY < int(mebibytes) * 2**20 <= LARGEST_BODY + 2 * 2**20


def test_the_server_takes_in_the_largest_body() -> None:
    assert MOST_BODY_BYTES > LARGEST_BODY


def test_an_answer_of_a_digit_for_each_stroke_fits_into_its_column() -> None:
    assert ANSWER_LENGTH >= MAX_STROKES  # a longer one needs a migration


@pytest.mark.parametrize(
    ("file", "sentences"),
    [
        ("docs/command-line.md", [f"{PICTURE} and {MAX_PICTURE_MEGAPIXELS} megapixels"]),
        ("docs/data.md", [f"{PICTURE} and {MAX_PICTURE_MEGAPIXELS} megapixels"]),
        ("docs/threat-model.md", [f"{DRAWING} for a drawing, {PICTURE} for a picture"]),
        (
            "docs/performance.md",
            [f"{MAX_BATCH_DRAWINGS} drawings with {MAX_STROKES} strokes, {MAX_POINTS:,} points and "
             f"{DRAWING}"],
        ),
    ],
)  # fmt: skip
def test_the_docs_tell_the_limits(file: str, sentences: list[str]) -> None:
    text = " ".join((ROOT / file).read_text("utf-8").split())

    assert [sentence for sentence in sentences if sentence not in text] == []


def test_no_other_file_writes_a_limit_out() -> None:
    """Neither its number in words nor its unit as MB."""
    written = re.compile(rf"\b(?:{DRAWING}|{PICTURE}|10 MB|{MAX_PICTURE_MEGAPIXELS} megapixels)\b")
    files = [
        path
        for folder, suffix in (("webapp", "py"), ("templates", "html"), ("static/js", "js"))
        for path in (ROOT / folder).rglob(f"*.{suffix}")
    ]

    assert [str(path.relative_to(ROOT)) for path in files if written.search(path.read_text())] == []
