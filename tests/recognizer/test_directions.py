"""Direction maps say where the pen moved which way, whatever the tablet's sampling."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recognizer.directions import map_all_directions, map_directions
from recognizer.geometry import Points, place

SEVEN = [np.array([[0, 0], [60, 0], [25, 100]], float), np.array([[15, 50], [50, 50]], float)]


def line(angle: float, points: int = 2) -> list[Points]:
    """A straight stroke of 16 pixels through the picture's middle."""
    way = np.array([np.cos(angle), np.sin(angle)])
    return [14 + np.linspace(-8, 8, points)[:, np.newaxis] * way]


@pytest.mark.parametrize("direction", range(8))
def test_a_straight_stroke_lies_in_the_map_of_its_direction_alone(direction: int) -> None:
    maps = map_directions(line(direction * np.pi / 4))

    assert maps[..., direction].sum() == pytest.approx(8, rel=1e-5)
    assert np.delete(maps, direction, axis=2).max() < 1e-6


def test_a_direction_between_two_is_shared_by_their_maps() -> None:
    maps = map_directions(line(np.pi / 8))

    assert maps[..., 0].sum() == pytest.approx(4, rel=1e-5)
    assert maps[..., 1].sum() == pytest.approx(4, rel=1e-5)


def test_the_maps_lie_where_the_stroke_does() -> None:
    maps = map_directions([np.array([[4.0, 21.0], [6.0, 21.0]])])

    rows, columns = np.nonzero(maps[..., 0])
    assert set(rows) == {10}  # the cell of the pixels from 20 to 22
    assert set(columns) == {1, 2, 3}


def test_a_stroke_drawn_backwards_lies_in_the_opposite_maps() -> None:
    paths = place(SEVEN)

    backwards = map_directions([path[::-1] for path in paths])

    np.testing.assert_allclose(backwards, np.roll(map_directions(paths), 4, axis=2), atol=1e-5)


def test_the_order_of_the_strokes_does_not_matter() -> None:
    paths = place(SEVEN)

    np.testing.assert_allclose(map_directions(paths[::-1]), map_directions(paths), atol=1e-6)


@pytest.mark.parametrize("points", [3, 10, 400])
def test_more_points_on_the_same_path_change_nothing(points: int) -> None:
    np.testing.assert_allclose(
        map_directions(line(0.3, points)), map_directions(line(0.3)), atol=1e-4
    )


def test_strokes_are_mapped_as_one_by_one() -> None:
    apart = [np.array([[4.0, 4], [9, 4]]), np.array([[20.0, 4], [20, 9]]), line(2.0)[0]]

    together = map_directions(apart)

    np.testing.assert_allclose(together, sum(map_directions([path]) for path in apart), atol=1e-5)


def test_a_trembling_hand_has_the_direction_of_its_stroke() -> None:
    places = np.linspace(4, 24, 80)
    trembling = np.stack([places, 14 + 0.15 * (-1.0) ** np.arange(80)], axis=1)

    maps = map_directions([trembling])

    assert maps[..., 0].sum() > 0.85 * maps.sum()


def test_many_drawings_are_mapped_as_one_by_one() -> None:
    drawings = [place(SEVEN), line(1.0), [np.array([[14.0, 14.0]])], place(SEVEN[:1])]

    together = map_all_directions(drawings)

    assert together.shape == (4, 14, 14, 8)
    assert together.dtype == np.float32
    for maps, drawing in zip(together, drawings, strict=True):
        np.testing.assert_allclose(maps, map_directions(drawing), atol=1e-6)


@pytest.mark.parametrize("points", [1, 4])
def test_a_dot_has_no_direction(points: int) -> None:
    assert not map_directions([np.full((points, 2), 14.0)]).any()


@given(arrays(np.float64, (5, 2), elements=st.floats(0, 28)))
def test_every_path_within_the_picture_is_mapped_whole(path: Points) -> None:
    maps = map_directions([path])

    length = np.hypot(*np.diff(path, axis=0).T).sum() / 2
    assert np.isfinite(maps).all()
    assert maps.min() >= 0
    assert maps.sum() == pytest.approx(length, rel=1e-4, abs=1e-6)
