"""The quick reader takes nothing that the careful one refuses, and reads the same out of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recognizer.batches import parse_drawings
from recognizer.drawing import Drawing
from recognizer.errors import RecognizerError
from recognizer.strokes import parse_document, parse_drawing, read_drawing
from recognizer.typed_reader import NotTakenError, decode_batch, decode_drawing

NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers(-(10**25), 10**25).map(str),
    st.sampled_from(
        [
            "0", "-0", "-0.0", "1E5", "1e+5", "1e-400", "1e300", "-1e300", "1.0000000000000002e300",
            "1e301", "1e999", "-1e999", "NaN", "Infinity", "-Infinity", "true", "null", '"1"', "[]",
            "01", "1.", ".5", "+1", "1e", "-", "0x10", "1_000", "1" * 309, "1" * 5000, "9" * 300,
            "18446744073709551616", "9007199254740993", "0.1e1", "2.4703282292062327e-324",
        ]
    ),
)  # fmt: skip
COLUMNS = st.one_of(
    st.lists(st.integers(0, 500).map(str), min_size=2, max_size=2).map(",".join).map("[{}]".format),
    st.lists(NUMBERS, max_size=3).map(",".join).map("[{}]".format),
    st.sampled_from(["null", "{}", "3", '"x"', "[[1]]", "[1,]"]),
)
VALUES = st.sampled_from(
    ["null", "true", "false", '"auto"', '"digit"', '"number"', '"Digit"', "0", "1", '"d\\u0069git"']
)


def _object(keys: Sequence[str], values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The text of an object; its keys may be missing, come twice, or be written with escapes."""
    names = st.sampled_from([*keys, *keys, *keys, "\\u0078", "other", "X", "\\ud800"])
    pair = st.tuples(names, values).map(lambda pair: f'"{pair[0]}": {pair[1]}')
    return st.lists(pair, min_size=1, max_size=5).map(lambda pairs: "{" + ",".join(pairs) + "}")


STROKES = st.one_of(
    st.builds('{{"x":{},"y":{}}}'.format, COLUMNS, COLUMNS),
    st.builds('{{"x":{},"y":{},"p":{}}}'.format, COLUMNS, COLUMNS, COLUMNS),
    _object(["x", "y", "t", "p"], COLUMNS),
)
LISTS = st.lists(STROKES, max_size=3).map(",".join).map("[{}]".format)
DRAWINGS = st.one_of(
    st.builds('{{"strokes":{},"mode":{},"images":{}}}'.format, LISTS, VALUES, VALUES),
    st.builds('{{"strokes":{}}}'.format, LISTS),
    _object(["strokes", "mode", "images"], st.one_of(LISTS, VALUES)),
)
BATCHES = st.one_of(
    st.lists(DRAWINGS, max_size=3).map(",".join).map('{{"drawings":[{}]}}'.format),
    st.builds('{{"drawings":[{}],"images":{}}}'.format, DRAWINGS, VALUES),
)


@st.composite
def _damaged(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> bytes:
    """A text as it is, or with some of its bytes replaced."""
    encoded = bytearray(draw(texts).encode("utf-8", "surrogatepass"))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        at = draw(st.integers(0, len(encoded)))
        piece = st.one_of(st.binary(max_size=2), st.sampled_from([b"\xef\xbb\xbf", b" ", b"\\u"]))
        encoded[at : at + draw(st.integers(0, 2))] = draw(piece)
    return bytes(encoded)


def _carefully(text: bytes) -> Drawing | None:
    try:
        return read_drawing(parse_document(text))
    except RecognizerError:
        return None


def _plain(drawing: Drawing) -> tuple[object, ...]:
    strokes = [
        [None if one is None else one.tolist() for one in (row.points, row.times, row.pressures)]
        for row in drawing.strokes
    ]
    return strokes, drawing.mode, drawing.images


@given(_damaged(DRAWINGS))
@example(b'{"strokes": [], "mode": "auto", "other": "\xff"}')
@example(b'{"strokes": [], "other": "\\x"}')
@example(b'{"strokes": [{"x": [1], "y": [2], "x": [1, 2], "y": [3, 4]}]}')
@example(b'{"strokes": [{"x": [-0], "y": [1e999]}]}')
@example(b'\xef\xbb\xbf{"strokes": []}')
@example('{"strokes": []}'.encode("utf-16"))
@example(b'{"strokes": []} {}')
@example(b'{"strokes": []}\x00')
@example(b'{"strokes":' + b"[" * 100_000)
def test_what_is_read_quickly_is_read_carefully_as_the_same(text: bytes) -> None:
    try:
        quickly = decode_drawing(text)
    except NotTakenError:
        return

    carefully = _carefully(text)

    assert carefully is not None
    assert _plain(quickly) == _plain(carefully)


@given(_damaged(BATCHES))
def test_a_batch_is_read_as_its_drawings_are(text: bytes) -> None:
    try:
        quickly = decode_batch(text)
    except NotTakenError:
        return

    document: Any = parse_document(text)

    wanted = document.get("images") is not False
    for drawing, row in zip(quickly, document["drawings"], strict=True):
        carefully = read_drawing(row)
        strokes, mode, images = _plain(carefully)
        assert _plain(drawing) == (strokes, mode, images and wanted)


@given(
    st.lists(
        st.lists(
            st.tuples(st.floats(-1e300, 1e300) | st.integers(-(2**70), 2**70), st.floats(0, 1)),
            max_size=5,
        ),
        max_size=4,
    ),
    st.sampled_from(["auto", "digit", "number", None]),
    st.booleans(),
)
def test_ordinary_drawings_are_read_quickly(
    strokes: list[list[tuple[float, float]]], mode: str | None, images: bool
) -> None:
    rows = [
        {"x": [x for x, _ in row], "y": [y for _, y in row], "p": [y for _, y in row]}
        for row in strokes
    ]
    text = json.dumps({"strokes": rows, "mode": mode, "images": images}).encode()

    drawing = decode_drawing(text)

    assert _plain(drawing) == _plain(read_drawing(json.loads(text)))


@pytest.mark.parametrize("number", [0, 1, 3])
def test_points_are_an_array_of_their_own_that_may_be_written_to(number: int) -> None:
    row = {"x": [1.5] * number, "y": [2] * number}

    points = parse_drawing(json.dumps({"strokes": [row]})).strokes[0].points

    assert points.shape == (number, 2)
    assert (points.dtype, points.flags.c_contiguous, points.flags.writeable) == (
        np.float64, True, True,
    )  # fmt: skip


@pytest.mark.parametrize("unknown", ["", ', "of another version": {"a": [1, "b"]}'])
def test_a_batch_without_images_asks_for_none_of_its_drawings(unknown: str) -> None:
    rows = '{"strokes": []}, {"strokes": [], "images": true}'

    drawings = parse_drawings(f'{{"drawings": [{rows}], "images": false{unknown}}}')

    assert [drawing.images for drawing in drawings] == [False, False]
