"""Ink is taken apart where digits may touch, and dust is left out."""

from __future__ import annotations

import cv2
import numpy as np

from recognizer.geometry import INK_SIZE, PEN_WIDTH
from recognizer.photos.digits.inks import ink_of, place_pen
from recognizer.photos.digits.piece_links import weigh_pieces
from recognizer.photos.digits.pieces import MOST_PIECES, take_apart


def _paper(height: int = 200, width: int = 400) -> np.ndarray:
    return np.zeros((height, width), np.uint8)


def test_nothing_on_paper_is_no_piece() -> None:
    assert len(take_apart(_paper())) == 0


def test_what_does_not_touch_are_pieces_and_dust_is_none() -> None:
    ink = _paper()
    cv2.line(ink, (50, 40), (50, 160), 255, 10)
    cv2.line(ink, (150, 40), (150, 160), 255, 10)
    ink[100:103, 300:303] = 255

    pieces = take_apart(ink)

    assert len(pieces) == 2
    assert sorted(pieces.boxes.low[:, 0]) == [45, 145]


def test_two_rings_that_touch_part_between_them_rather_than_through_one() -> None:
    ink = _paper()
    for middle in (100, 184):
        cv2.ellipse(ink, (middle, 100), (38, 60), 0, 0, 360, 255, 8)

    pieces = take_apart(ink)
    links = weigh_pieces(pieces)

    pair, seam = min(pieces.seams.items(), key=lambda item: links[item[0]])
    assert abs(seam.columns[60] - 84) < 6
    assert links[pair] < min(links[other] for other in pieces.seams if other != pair) - 4


def test_a_ring_alone_is_hard_to_part() -> None:
    ink = _paper()
    cv2.ellipse(ink, (100, 100), (55, 60), 0, 0, 360, 255, 8)

    pieces = take_apart(ink)

    links = weigh_pieces(pieces)
    assert all(links[pair] > 6 for pair in pieces.seams)


def test_a_flag_belongs_to_its_five_and_a_neighbour_does_not() -> None:
    ink = _paper()
    cv2.ellipse(ink, (80, 130), (30, 35), 0, -120, 150, 255, 8)
    cv2.line(ink, (55, 82), (110, 82), 255, 8)
    cv2.line(ink, (200, 50), (200, 165), 255, 8)

    pieces = take_apart(ink)
    bowl, flag, one = (
        int(np.argmin(np.abs(pieces.boxes.low - corner).sum(axis=1)))
        for corner in ([55, 93], [51, 78], [196, 46])
    )
    links = weigh_pieces(pieces)

    assert links[bowl, flag] > 0
    assert links[bowl, one] < -5
    assert links[flag, one] < -5


def test_a_texture_is_a_bounded_number_of_pieces() -> None:
    random = np.random.default_rng(1)
    texture = cv2.GaussianBlur(random.normal(0, 1, (800, 1000)), (0, 0), 6)

    pieces = take_apart(np.where(texture > 0.06, 255, 0).astype(np.uint8))

    assert 20 < len(pieces) < 2 * MOST_PIECES


def test_a_group_is_cut_out_without_its_neighbours() -> None:
    ink = _paper()
    cv2.line(ink, (50, 40), (50, 160), 255, 14)
    cv2.line(ink, (70, 40), (150, 160), 255, 14)
    pieces = take_apart(ink)
    upright = int(np.argmin(pieces.boxes.low[:, 0]))

    alone = ink_of(pieces, [upright])

    assert alone.shape == (28, 28)
    assert cv2.boundingRect(alone)[2] <= 5


def test_thin_pens_are_widened_and_others_are_not() -> None:
    thin, usual = _paper(400, 400), _paper(400, 400)
    cv2.line(thin, (100, 50), (300, 350), 255, 2)
    cv2.line(usual, (100, 50), (300, 350), 255, 36)

    widths = []
    for ink in (thin, usual):
        placed = place_pen(ink).astype(float) / 255
        widths.append(placed.sum() / (INK_SIZE * np.hypot(200, 300) / 300))

    assert abs(widths[0] - PEN_WIDTH) < 0.6
    assert abs(widths[1] - PEN_WIDTH) < 0.6
