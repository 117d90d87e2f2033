"""Ink is found whatever lies under it, and where there is none, none is."""

from __future__ import annotations

import time
import tracemalloc

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer.geometry import Ink
from recognizer.photos.ink.finding import find_ink, find_small_ink
from recognizer.photos.ink.frames import remove_frames
from recognizer.photos.ink.margins import leave_out_margins
from recognizer.photos.ink.underlines import remove_underlines
from tests.recognizer.photos.pictures import paper_with_seven

Grey = NDArray[np.uint8]

SEVEN = paper_with_seven()
IS_INK, IS_PAPER = SEVEN < 50, SEVEN == 255
RANDOM = np.random.default_rng(5)
ROWS, COLUMNS = np.indices(SEVEN.shape)
NOISE = RANDOM.normal(0, 4, SEVEN.shape)


def _grey(light: NDArray[np.floating]) -> Grey:
    return np.clip(light, 0, 255).astype(np.uint8)


def _lamp() -> Grey:
    return _grey(SEVEN * (0.9 - 0.5 * COLUMNS / COLUMNS.max()) + NOISE)


def _shadow() -> Grey:
    return _grey(SEVEN * np.where(ROWS + COLUMNS > 300, 0.5, 0.9) + NOISE)


def _ruled(*, squared: bool = False) -> Grey:
    light = SEVEN * 0.9
    light[(ROWS - COLUMNS // 40) % 45 < 2] -= 110
    if squared:
        light[COLUMNS % 45 < 2] -= 110
    return _grey(light + NOISE)


def _pencil() -> Grey:
    return _grey(225 - (255 - SEVEN) * 0.25 + NOISE)


def _on_a_table() -> Grey:
    table = np.full((500, 640), 70.0)
    table[100:400, 120:520] = SEVEN * 0.85
    return _grey(cv2.GaussianBlur(table, (0, 0), 1))


PAPERS = {
    "plain": lambda: SEVEN,
    "light on dark": lambda: 255 - SEVEN,
    "faint light on dark": lambda: _grey((255 - SEVEN) * 0.4 + 30 + NOISE),
    "lamp": _lamp,
    "shadow": _shadow,
    "ruled": _ruled,
    "squared": lambda: _ruled(squared=True),
    "pencil": _pencil,
}


@pytest.mark.parametrize("name", PAPERS)
def test_ink_is_found_on(name: str) -> None:
    ink = find_ink(PAPERS[name]())

    assert (ink[IS_INK] > 128).mean() > 0.97
    assert (ink[cv2.dilate((~IS_PAPER).astype(np.uint8), np.ones((9, 9))) == 0] == 0).mean() > 0.999


def test_a_table_around_the_sheet_is_left_out() -> None:
    ink = find_ink(_on_a_table())
    seven = ink[100:400, 120:520]

    assert (seven[IS_INK] > 128).mean() > 0.97
    assert np.count_nonzero(ink) == np.count_nonzero(seven)
    assert not seven[:, 200:].any()


def test_lines_are_removed_without_cutting_what_crosses_them() -> None:
    ink = find_ink(_ruled(squared=True))

    _, _, stats, _ = cv2.connectedComponentsWithStats((ink > 100).astype(np.uint8))

    _paper, *areas = sorted(stats[:, cv2.CC_STAT_AREA], reverse=True)
    assert areas[0] > 0.98 * sum(areas)


@pytest.mark.parametrize("level", [0, 40, 128, 200, 255])
@pytest.mark.parametrize("noise", [0, 1, 3])
def test_empty_paper_has_no_ink(level: int, noise: int) -> None:
    assert not find_ink(_grey(np.full(SEVEN.shape, level) + noise * NOISE)).any()


def test_soft_shadows_alone_are_no_ink() -> None:
    across = 1 / (1 + np.exp(-(COLUMNS - 200) / 15))
    spot = np.exp(-((COLUMNS - 200) ** 2 + (ROWS - 150) ** 2) / 30**2)

    for shade in (across, spot):
        assert not find_ink(_grey(200 - 90 * shade + NOISE)).any()


def test_ink_has_soft_edges_and_full_strength() -> None:
    ink = find_ink(_grey(cv2.GaussianBlur(SEVEN.astype(float), (0, 0), 2)))

    assert ink.max() == 255
    assert ((ink > 40) & (ink < 215)).mean() > 0.005


@pytest.mark.parametrize("turn", [False, True])
def test_a_clean_small_picture_stays_as_it_is(turn: bool) -> None:
    small = np.zeros((28, 28), np.uint8)
    small[4:24, 10:16] = RANDOM.integers(1, 256, (20, 6))
    small[10, 12] = 255

    found = find_small_ink(255 - small if turn else small)

    assert np.array_equal(found, small)


def test_an_empty_small_picture_has_no_ink() -> None:
    assert not find_small_ink(np.full((28, 28), 77, np.uint8)).any()
    assert not find_small_ink(RANDOM.integers(70, 84, (28, 28)).astype(np.uint8)).any()


def _boxes(side: int, step: int, size: int) -> Ink:
    """A form of boxes with a dot in each: one piece of ink where they adjoin."""
    form = np.zeros((size, size), np.uint8)
    for top in range(10, size - side - 10, step):
        for left in range(10, size - side - 10, step):
            cv2.rectangle(form, (left, top), (left + side, top + side), 255, 2)
            cv2.circle(form, (left + side // 2, top + side // 2), side // 5, 255, cv2.FILLED)
    return form


@pytest.mark.parametrize("step", [26, 20], ids=["apart", "adjoining"])
def test_a_form_of_hundreds_of_boxes_takes_little_time_and_memory(step: int) -> None:
    form = _boxes(20, step, 840)
    start = time.process_time()
    tracemalloc.start()

    dots = remove_frames(form)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert time.process_time() - start < 4  # 8 to 18 s with pictures as large as the form
    assert peak < 30e6
    assert cv2.connectedComponents(dots)[0] > 900


def test_a_long_row_of_small_things_from_the_edge_is_left_out_at_once() -> None:
    sheet = np.zeros((1680, 1680), np.uint8)
    cv2.putText(sheet, "7", (700, 1600), cv2.FONT_HERSHEY_SIMPLEX, 12, 255, 40)
    seven = sheet.copy()
    sheet[:8] = 255
    for row, top in enumerate(range(45, 1200, 120)):  # to and fro, and down at its ends
        for left in range(60, 1640, 40):
            cv2.circle(sheet, (left, top), 6, 255, cv2.FILLED)
        for down in (40, 80):
            cv2.circle(sheet, (60 if row % 2 else 1620, top + down), 6, 255, cv2.FILLED)
    start = time.process_time()

    margins = leave_out_margins(sheet)

    assert time.process_time() - start < 1.5  # 6 s when it was followed from thing to thing
    assert np.array_equal(margins.inner, seven)


def test_a_page_of_dashes_is_bounded_work() -> None:
    dashes = np.zeros((420, 420), np.uint8)
    for top in range(4, 410, 6):
        for left in range(4, 360, 46):
            dashes[top, left : left + 43] = 255
            dashes[top : top + 4, left + 20 : left + 25] = 255  # it is crossed, so it is taken off

    cleaned, is_touched = remove_underlines(dashes)

    assert is_touched
    assert 0 < np.count_nonzero((dashes > 0) & (cleaned == 0)) <= 200 * 43
