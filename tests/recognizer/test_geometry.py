"""The picture is MNIST's form of the ink, whatever unit, place or sampling it was drawn in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.geometry import (
    IMAGE_SIZE,
    INK_SIZE,
    PEN_WIDTH,
    Ink,
    Points,
    draw,
    place_ink,
    to_model_input,
)

SEVEN = [np.array([[0, 0], [60, 0], [25, 100]], float), np.array([[15, 50], [50, 50]], float)]

coordinate = st.integers(0, 200).map(float)
stroke = st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=12).map(np.array)
drawings = st.lists(stroke, min_size=1, max_size=4)


def difference(ink: Ink, other: Ink) -> float:
    """How much ink lies elsewhere, as a share of all."""
    return float(np.abs(ink.astype(int) - other.astype(int)).sum() / max(1, ink.astype(int).sum()))


def extent(ink: Ink) -> tuple[int, int]:
    """Width and height of what carries ink, pixels."""
    rows, columns = np.nonzero(ink)
    return int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1


def centre_of_mass(ink: Ink) -> tuple[float, float]:
    rows, columns = np.indices(ink.shape) + 0.5
    return float((columns * ink).sum() / ink.sum()), float((rows * ink).sum() / ink.sum())


@given(drawings, st.tuples(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6)))
def test_moving_a_drawing_does_not_change_its_ink(
    strokes: list[Points], offset: tuple[int, int]
) -> None:
    moved = [path + np.array(offset, float) for path in strokes]

    assert difference(draw(strokes), draw(moved)) < 1e-3


@given(drawings, st.floats(-290, 290))
def test_scaling_a_drawing_does_not_change_its_ink(strokes: list[Points], exponent: float) -> None:
    scaled = [path * 10.0**exponent for path in strokes]

    assert difference(draw(strokes), draw(scaled)) < 1e-2


@given(drawings, st.randoms(use_true_random=False))
def test_repeated_points_do_not_change_the_ink(strokes: list[Points], random: object) -> None:
    generator = np.random.default_rng(random.getrandbits(32))  # type: ignore[attr-defined]
    repeated = [np.repeat(path, generator.integers(1, 4, len(path)), axis=0) for path in strokes]

    np.testing.assert_array_equal(draw(strokes), draw(repeated))


@given(drawings, st.integers(1, 9))
def test_more_points_on_the_same_path_hardly_change_the_ink(
    strokes: list[Points], pieces: int
) -> None:
    # Edges may move by an eighth of a pixel where OpenCV rounds; a dot has the most edge.
    assert difference(draw(strokes), draw([resample(path, pieces) for path in strokes])) < 0.15


def test_more_points_hardly_change_the_ink_of_real_drawings(
    pen_drawings: list[tuple[str, list[Points]]],
) -> None:
    differences = [
        difference(draw(strokes), draw([resample(path, 5) for path in strokes]))
        for _, strokes in pen_drawings
    ]

    assert np.mean(differences) < 0.025
    assert max(differences) < 0.08


def resample(path: Points, pieces: int) -> Points:
    """Cut every segment of a path into pieces of one length."""
    at = np.linspace(0, len(path) - 1, (len(path) - 1) * pieces + 1)
    columns = [np.interp(at, np.arange(len(path)), path[:, axis]) for axis in (0, 1)]
    return np.stack(columns, axis=1)


@given(drawings)
def test_ink_fits_in_20_pixels_and_is_centred_as_far_as_the_picture_allows(
    strokes: list[Points],
) -> None:
    ink = draw(strokes)

    assert ink.shape == (IMAGE_SIZE, IMAGE_SIZE)
    assert ink.dtype == np.uint8
    assert max(extent(ink)) <= INK_SIZE + 1  # fractional at both ends
    on_edge = any(edge.any() for edge in (ink[0], ink[-1], ink[:, 0], ink[:, -1]))
    assert on_edge or np.abs(np.subtract(centre_of_mass(ink), IMAGE_SIZE / 2)).max() < 0.5


def test_ink_fills_20_pixels_along_its_longer_side() -> None:
    width, height = extent(draw(SEVEN))

    assert 20 <= height <= 21
    assert 12 <= width <= 15


def test_ink_of_a_drawing_that_is_heavy_on_one_side_is_not_cut_off() -> None:
    scribble = np.array([[0, y % 2 * 9 + y / 9] for y in range(90)], float)
    line = np.array([[0, 5], [100, 5]], float)

    ink = draw([scribble, line])

    assert extent(ink)[0] >= INK_SIZE
    assert centre_of_mass(ink)[0] < IMAGE_SIZE / 2


@pytest.mark.parametrize(
    ("points", "width", "height"),
    [
        ([(3, 7), (90, 7)], (20, 21), (2, 4)),
        ([(3, 7), (3, -60)], (2, 4), (20, 21)),
        ([(0, 0), (1000, 0.001)], (20, 21), (2, 4)),
        ([(0, 0), (1e300, 1e-310)], (20, 21), (2, 4)),
        ([(-1e300, 1e300), (1e300, -1e300)], (19, 21), (19, 21)),
        ([(0, 0), (1e-310, 0)], (20, 21), (2, 4)),
        ([(0, 0), (5e-324, 5e-324)], (19, 21), (19, 21)),
        ([(0, 0)], (2, 4), (2, 4)),
        ([(1e300, -1e300)] * 3, (2, 4), (2, 4)),
    ],
    ids=["horizontal", "vertical", "flat", "huge", "widest", "tiny", "tiniest", "dot", "dots"],
)
def test_lines_and_dots_have_a_defined_form(
    points: list[tuple[float, float]], width: tuple[int, int], height: tuple[int, int]
) -> None:
    ink = draw([np.array(points, float)])

    actual = extent(ink)
    assert width[0] <= actual[0] <= width[1]
    assert height[0] <= actual[1] <= height[1]
    np.testing.assert_allclose(centre_of_mass(ink), IMAGE_SIZE / 2, atol=0.1)
    assert ink.max() > 200


def test_a_dot_beside_a_line_is_ink() -> None:
    line, dot = np.array([[0, 0], [0, 100]], float), np.array([[40, 50]], float)

    ink = draw([line, dot])

    assert extent(ink)[0] > extent(draw([line]))[0] + 5


def test_a_dot_and_a_stroke_of_almost_no_length_look_alike() -> None:
    frame = [np.array([[0, 0], [0, 100]], float)]
    dot = draw([*frame, np.array([[50, 50]], float)])

    for end in (50.0, 50.000001, 50.01):
        short = draw([*frame, np.array([[50, 50], [end, 50]], float)])
        assert difference(dot, short) < 0.02


def test_strokes_without_points_are_passed_over() -> None:
    empty = np.empty((0, 2))

    np.testing.assert_array_equal(draw([empty, *SEVEN, empty]), draw(SEVEN))


def test_the_order_of_strokes_and_their_direction_do_not_change_the_ink() -> None:
    backwards = [path[::-1] for path in SEVEN[::-1]]

    assert difference(draw(SEVEN), draw(backwards)) < 0.01


@pytest.mark.parametrize("pen_width", [1.0, 1.5, 2.0, PEN_WIDTH, 3.0, 4.0])
def test_a_straight_line_is_as_wide_as_the_pen(pen_width: float) -> None:
    ink = draw([np.array([[0, 0], [0, 50]], float)], pen_width)

    width = ink[IMAGE_SIZE // 2].sum() / 255
    assert width == pytest.approx(pen_width, abs=0.15)


@pytest.mark.parametrize("end", ["horizontal", "vertical"])
def test_a_straight_line_is_20_pixels_long(end: str) -> None:
    tip = (50, 0) if end == "horizontal" else (0, 50)

    ink = draw([np.array([(0, 0), tip], float)])

    profile = ink.max(axis=0 if end == "horizontal" else 1)
    assert profile.sum() / 255 == pytest.approx(INK_SIZE, abs=0.5)


def test_real_drawings_carry_as_much_ink_as_mnist(
    data_folder: Path, pen_drawings: list[tuple[str, list[Points]]]
) -> None:
    with np.load(data_folder / "mnist.npz") as mnist:
        expected = mnist["x_train"][:2000].mean()

    actual = np.mean([draw(strokes).mean() for _, strokes in pen_drawings])

    assert actual == pytest.approx(expected, rel=0.15)


def test_model_input_is_ink_between_0_and_1() -> None:
    ink = np.arange(784, dtype=np.uint16).astype(np.uint8).reshape(28, 28)

    model_input = to_model_input(ink)

    assert model_input.shape == (28, 28, 1)
    assert model_input.dtype == np.float32
    np.testing.assert_allclose(model_input[..., 0] * 255, ink, atol=1e-4)
    assert (model_input.min(), model_input.max()) == (0, 1)


@st.composite
def pictures(draw_: st.DrawFn) -> Ink:
    """Strokes of a brush on paper of any size."""
    height, width = draw_(st.integers(1, 120)), draw_(st.integers(1, 120))
    picture = np.zeros((height, width), np.uint8)
    for _ in range(draw_(st.integers(1, 4))):
        y, x = draw_(st.integers(0, height - 1)), draw_(st.integers(0, width - 1))
        picture[y : y + draw_(st.integers(1, 50)), x : x + draw_(st.integers(1, 50))] = draw_(
            st.integers(100, 255)
        )
    return picture


@given(pictures())
def test_any_picture_of_ink_is_put_in_the_form_of_mnist(picture: Ink) -> None:
    placed = place_ink(picture)

    assert placed.shape == (IMAGE_SIZE, IMAGE_SIZE)
    assert placed.dtype == np.uint8
    assert placed.max() == 255 or placed is picture
    assert abs(max(extent(placed)) - INK_SIZE) <= 1
    on_edge = any(edge.any() for edge in (placed[0], placed[-1], placed[:, 0], placed[:, -1]))
    assert on_edge or np.abs(np.subtract(centre_of_mass(placed), IMAGE_SIZE / 2)).max() <= 1


@given(pictures(), st.tuples(*[st.integers(0, 40)] * 4))
def test_paper_around_the_ink_does_not_change_it(
    picture: Ink, margins: tuple[int, int, int, int]
) -> None:
    top, bottom, left, right = margins

    padded = np.pad(picture, ((top + 1, bottom), (left + 1, right)))
    expected = np.pad(picture, ((0, 100), (0, 100)))

    np.testing.assert_array_equal(place_ink(padded), place_ink(expected))


@given(pictures())
def test_ink_that_was_placed_stays_where_it_is(picture: Ink) -> None:
    placed = place_ink(picture)

    np.testing.assert_array_equal(place_ink(placed), placed)


def test_a_large_picture_of_a_drawing_is_placed_as_the_drawing_is() -> None:
    ink = draw(SEVEN)
    large = np.kron(ink, np.ones((11, 11), np.uint8))

    assert difference(ink, place_ink(np.pad(large, ((90, 0), (0, 7))))) < 0.25


def test_a_faint_hair_on_a_large_sheet_is_as_strong_as_any_ink() -> None:
    sheet = np.zeros((1500, 1000), np.uint8)
    sheet[200:1200, 500:502] = 30
    sheet[400:500, 500:502] = 15

    placed = place_ink(sheet)

    assert extent(placed) == (1, INK_SIZE)
    assert placed.max() == 255
    assert sorted(set(placed[placed > 0].tolist())) == [128, 255]


def test_drawings_stay_as_they_are(pen_drawings: list[tuple[str, list[Points]]]) -> None:
    kept = [np.array_equal(place_ink(ink), ink) for _, ink in map(_drawn, pen_drawings)]

    assert np.mean(kept) > 0.99  # all but those so heavy on one side that they cannot be centred


def _drawn(row: tuple[str, list[Points]]) -> tuple[str, Ink]:
    return row[0], draw(row[1])


def test_pictures_of_mnist_stay_as_they_are(data_folder: Path) -> None:
    with np.load(data_folder / "mnist.npz") as mnist:
        for ink in mnist["x_train"][::60]:
            np.testing.assert_array_equal(place_ink(ink), ink)


@pytest.mark.parametrize("shape", [(28, 28), (5, 900)])
def test_a_picture_without_ink_cannot_be_placed(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no pixel carries ink"):
        place_ink(np.zeros(shape, np.uint8))
