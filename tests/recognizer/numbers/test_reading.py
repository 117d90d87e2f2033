"""Strokes become the digits that the network is surest of, in reading order."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from recognizer.geometry import Points
from recognizer.numbers.reading import read_all_strokes, read_strokes
from recognizer.prediction import Box
from recognizer.reading import Reading
from recognizer.runs.calibration import Thresholds
from recognizer.runs.grouping import read_grouping
from recognizer.strokes import Mode
from recognizer.verdicts import judge
from tests.recognizer.numbers.conftest import Knowing
from tests.run_details import GROUPING

SEVEN = [np.array([[0, 0], [60, 0], [25, 100]], float), np.array([[15, 50], [50, 50]], float)]
FOUR = [np.array([[30, 0], [0, 60], [60, 60]], float), np.array([[40, 30], [40, 100]], float)]
ONE = [np.array([[0, 20], [20, 0], [20, 100]], float)]
EMPTY = np.empty((0, 2))
WEIGHTS = read_grouping("a run", {"grouping": GROUPING})


def read(strokes: list[Points], ask: Knowing, mode: Mode) -> Reading:
    return read_strokes(strokes, ask, mode, WEIGHTS)


def at(strokes: list[Points], x: float, y: float = 0.0, size: float = 1.0) -> list[Points]:
    return [stroke * size + [x, y] for stroke in strokes]


def read_digits(reading: Reading) -> list[int]:
    return [one.digit for one in reading.digits]


def read_digitness(reading: Reading) -> list[float]:
    return [one.digitness for one in reading.digits]


def signs(reading: Reading) -> list[tuple[int, ...]]:
    return [ink.strokes for ink in reading.left_out]


def test_mode_digit_reads_all_strokes_as_one_whatever_they_look_like(ask: Knowing) -> None:
    strokes = ask.learn(7, SEVEN) + ask.learn(1, at(ONE, 500))

    reading = read(strokes, ask, "digit")

    assert reading.groups == ((0, 1, 2),)
    assert len(reading.digits) == 1
    assert [len(batch) for batch in ask.asked] == [1]


@pytest.mark.parametrize("mode", ["auto", "number"])
def test_digits_beside_each_other_are_read_from_left_to_right(ask: Knowing, mode: Mode) -> None:
    strokes = ask.learn(4, at(FOUR, 180)) + ask.learn(7, at(SEVEN, 0)) + ask.learn(1, at(ONE, 90))

    reading = read(strokes, ask, mode)

    assert reading.groups == ((2, 3), (4,), (0, 1))
    assert read_digits(reading) == [7, 1, 4]
    assert [one.ink.any() for one in reading.digits] == [True] * 3


def test_a_digit_is_whole_though_its_cross_is_drawn_last(ask: Knowing) -> None:
    seven, four = ask.learn(7, SEVEN), ask.learn(4, at(FOUR, 90))
    one = ask.learn(1, at(ONE, 180))
    strokes = [seven[0], four[0], *one, four[1], seven[1]]

    reading = read(strokes, ask, "auto")

    assert reading.groups == ((0, 4), (1, 3), (2,))


@pytest.mark.parametrize("mode", ["auto", "number"])
def test_a_single_digit_of_several_strokes_stays_one(ask: Knowing, mode: Mode) -> None:
    reading = read(ask.learn(7, SEVEN), ask, mode)

    assert reading.groups == ((0, 1),)


def test_what_overlaps_is_one_digit_or_two_as_the_network_says() -> None:
    crossing = [at(ONE, 0)[0], at(ONE, 15)[0]]
    one, two = Knowing(), Knowing()
    one.learn(4, crossing)
    for stroke in crossing:
        two.learn(1, [stroke])

    assert read(crossing, one, "auto").groups == ((0, 1),)
    assert read(crossing, two, "number").groups == ((0,), (1,))


def test_lines_are_read_from_the_top_each_from_left_to_right(ask: Knowing) -> None:
    places = [(100, 170), (0, 5), (0, 180), (100, 0)]
    strokes = [stroke for place in places for stroke in ask.learn(1, at(ONE, *place))]

    reading = read(strokes, ask, "auto")

    assert reading.groups == ((1,), (3,), (2,), (0,))


def test_a_sloping_line_is_one_line(ask: Knowing) -> None:
    places = [(240, 180), (0, 0), (160, 120), (80, 60)]
    strokes = [stroke for place in places for stroke in ask.learn(1, at(ONE, *place))]

    reading = read(strokes, ask, "auto")

    assert reading.groups == ((1,), (3,), (2,), (0,))


def test_a_digit_may_be_half_as_large_as_the_next(ask: Knowing) -> None:
    strokes = ask.learn(7, SEVEN) + ask.learn(4, at(FOUR, 80, 50, size=0.5))

    reading = read(strokes, ask, "auto")

    assert read_digits(reading) == [7, 4]
    np.testing.assert_allclose(read_digitness(reading), 0.99)


# Strokes between two digits of height 100 that reach from x = 0 to 60 and from x = 130 on.
SIGNS = {
    "minus": [[[75, 52], [115, 50]]],
    "point": [[[92, 96]]],
    "point in the middle": [[[92, 50], [94, 52]]],
    "comma": [[[95, 88], [98, 96], [88, 116]]],
    "colon": [[[92, 30], [94, 32]], [[92, 84], [94, 86]]],
    "equals": [[[75, 40], [115, 40]], [[75, 60], [115, 61]]],
    "slash": [[[118, -15], [70, 120]]],
}


@pytest.mark.parametrize("mode", ["auto", "number"])
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_between_digits_is_left_out(ask: Knowing, sign: str, mode: Mode) -> None:
    drawn = [np.array(stroke, float) for stroke in SIGNS[sign]]
    strokes = ask.learn(7, SEVEN) + ask.learn(1, drawn) + ask.learn(4, at(FOUR, 130))
    last = 2 + len(drawn)

    reading = read(strokes, ask, mode)

    assert reading.groups == ((0, 1), (last, last + 1))
    assert signs(reading) == [tuple(range(2, last))]
    assert not reading.is_doubtful


def _curve(*points: tuple[float, float]) -> Points:
    """A smooth path through three points."""
    first, middle, last = (np.array(point, float) for point in points)
    t = np.linspace(0, 1, 20)[:, np.newaxis]
    bow = 2 * middle - (first + last) / 2
    return np.asarray((1 - t) ** 2 * first + 2 * t * (1 - t) * bow + t**2 * last)


# Between two digits of height 100 that reach from x = 0 to 60 and from x = 130 on.
LOOKALIKES = {
    "slash": [np.array([[115.0, 0.0], [75.0, 100.0]])],
    "slash upwards": [np.array([[75.0, 103.0], [118.0, -4.0]])],
    "opening bracket": [_curve((105, -5), (85, 50), (105, 105))],
    "closing bracket": [_curve((85, -5), (105, 50), (85, 105))],
    "quotation mark": [np.array([[88.0, 0], [87, 48]]), np.array([[104.0, 0], [103, 48]])],
    "large apostrophe": [np.array([[98.0, -5.0], [92.0, 60.0]])],
    "large comma": [np.array([[98.0, 80.0], [100, 95], [88, 135]])],
}


@pytest.mark.parametrize("mode", ["auto", "number"])
@pytest.mark.parametrize("sign", LOOKALIKES)
def test_a_sign_that_looks_like_a_one_is_never_a_sure_one(
    ask: Knowing, sign: str, mode: Mode
) -> None:
    ones = [stroke for drawn in LOOKALIKES[sign] for stroke in ask.learn(1, [drawn])]

    reading = read(ask.learn(7, SEVEN) + ones + ask.learn(4, at(FOUR, 130)), ask, mode)

    judgement = judge(reading, Thresholds(), mode)
    assert judgement.verdict == "unsure"
    assert judgement.confidence < 0.6
    if not reading.left_out:
        assert judgement.doubtful == set(range(1, 1 + len(ones)))


SLASH = [np.array([[45.0, 0.0], [0.0, 100.0]])]
BACKSLASH = [np.array([[0.0, 0.0], [45.0, 100.0]])]
BACKHAND_ONE = [np.array([[-8.0, 0.0], [0.0, 100.0]])]


@pytest.mark.parametrize("mode", ["auto", "number"])
@pytest.mark.parametrize("x", [-70.0, 130.0])
@pytest.mark.parametrize("sign", [SLASH, BACKSLASH])
def test_a_slash_before_or_behind_a_number_is_never_a_sure_one(
    ask: Knowing, sign: list[Points], x: float, mode: Mode
) -> None:
    strokes = ask.learn(7, SEVEN) + ask.learn(1, at(BACKHAND_ONE, 95)) + ask.learn(1, at(sign, x))

    reading = read(strokes, ask, mode)

    assert len(reading.digits) == 3
    assert [one.may_be_sign for one in reading.digits] == [
        one.strokes == (3,) for one in reading.digits
    ]
    assert judge(reading, Thresholds(), mode).verdict == "unsure"


def test_two_strokes_alone_are_eleven_or_a_quotation_mark(ask: Knowing) -> None:
    strokes = ask.learn(1, at(BACKHAND_ONE, 0)) + ask.learn(1, at(BACKHAND_ONE, 40))

    guessed, vouched_for = (read(strokes, ask, mode) for mode in ("auto", "number"))

    assert judge(guessed, Thresholds(), "auto").verdict == "unsure"
    assert judge(vouched_for, Thresholds(), "number").verdict == "number"
    assert guessed.text == vouched_for.text == "11"


def test_an_eleven_with_hooks_is_no_quotation_mark(ask: Knowing) -> None:
    strokes = ask.learn(1, at(ONE, 0)) + ask.learn(1, at(ONE, 60))

    assert judge(read(strokes, ask, "auto"), Thresholds(), "auto").verdict == "number"


@pytest.mark.parametrize("unit", [1.0, 1e-12, 1e-300, 1e290])
def test_a_bar_through_a_digit_is_never_a_sure_one(ask: Knowing, unit: float) -> None:
    shapes = {
        7: SEVEN,
        5: [np.array([[155.0, 5], [130, 0], [128, 45], [155, 60], [125, 100]])],
        1: [np.array([[141.0, -10], [140, 112]])],
    }
    strokes = [
        stroke
        for digit, shape in shapes.items()
        for stroke in ask.learn(digit, [unit * points for points in shape])
    ]

    reading = read(strokes, ask, "number")

    assert [one.may_be_sign for one in reading.digits] == [one.digit == 1 for one in reading.digits]
    assert judge(reading, Thresholds(), "number").verdict == "unsure"


# Lean of the 1s from the upright, as a share of their height.
@pytest.mark.parametrize("lean", [-0.1, 0.0, 0.2, 0.45])
def test_the_ones_of_one_hand_are_no_signs_however_they_lean(ask: Knowing, lean: float) -> None:
    one = np.array([[lean * 100, 0.0], [0.0, 100.0]])
    places = (0, 70, 140, 210)
    strokes = [stroke for x in places for stroke in ask.learn(1, at([one], x))]

    reading = read(strokes, ask, "auto")

    assert reading.text == "1111"
    assert judge(reading, Thresholds(), "auto").verdict == "number"


def test_ones_with_hooks_of_their_own_height_or_slope_are_no_signs(ask: Knowing) -> None:
    hooked = np.array([[0.0, 22.0], [20, 0], [20, 50], [20, 100]])
    strokes = [
        stroke
        for place in range(4)
        for stroke in ask.learn(1, [hooked * (1 + 0.1 * place) + [75 * place, 18 * place]])
    ]

    reading = read(strokes, ask, "auto")

    assert [one.may_be_sign for one in reading.digits] == [False] * 4


@pytest.mark.parametrize("x", [-70.0, 75.0])
def test_a_minus_before_or_behind_a_digit_is_left_out(ask: Knowing, x: float) -> None:
    minus = [np.array([[x, 52.0], [x + 50, 50.0]])]

    reading = read(ask.learn(1, minus) + ask.learn(7, SEVEN), ask, "auto")

    assert (reading.groups, signs(reading)) == (((1, 2),), [(0,)])


def test_every_sign_is_left_out_by_itself(ask: Knowing) -> None:
    points = [np.array([[x, 97.0]]) for x in (75.0, 150.0)]
    strokes = [*ask.learn(7, SEVEN), points[0], *ask.learn(1, at(ONE, 100)), points[1]]
    strokes += ask.learn(4, at(FOUR, 170))

    reading = read(strokes, ask, "auto")

    assert signs(reading) == [(2,), (4,)]


def test_the_box_of_a_sign_lies_around_it(ask: Knowing) -> None:
    minus = np.array([[75.0, 52.0], [115.0, 50.0]])

    reading = read([*ask.learn(7, SEVEN), minus, *ask.learn(4, at(FOUR, 130))], ask, "auto")

    assert reading.left_out[0].box == Box(75.0, 50.0, 40.0, 2.0)


def test_strokes_of_the_largest_and_the_smallest_numbers_are_read(ask: Knowing) -> None:
    far_and_back = [np.array([[0, 0], [1e300, 5], [1e-300, 1e-300]])]
    strokes = ask.learn(1, far_and_back) + ask.learn(1, [np.array([[2e299, 0], [2e299, 1e300]])])
    strokes += ask.learn(1, [np.array([[-1e300, 0], [-1e300, 1e-310]])])

    reading = read(strokes, ask, "number")

    assert sorted(stroke for group in reading.groups for stroke in group) == [0, 1, 2]


def test_what_is_low_for_a_digit_is_doubted_however_sure_the_network_is(ask: Knowing) -> None:
    low = at(ONE, 75, 65, size=0.25)
    strokes = ask.learn(7, SEVEN) + ask.learn(1, low) + ask.learn(4, at(FOUR, 110))

    reading = read(strokes, ask, "number")

    assert reading.groups == ((0, 1), (2,), (3, 4))
    digitness = read_digitness(reading)
    assert digitness[1] < 0.7 < min(digitness[0], digitness[2])


@pytest.mark.parametrize("mode", ["auto", "number"])
def test_a_digit_that_looks_like_none_does_not_make_the_number_one(
    ask: Knowing, mode: Mode
) -> None:
    strokes = [stroke for x in range(0, 320, 80) for stroke in ask.learn(7, at(SEVEN, x))]
    ask.mistrust(strokes[2:4], 0.2)

    reading = read(strokes, ask, mode)

    assert reading.groups == ((0, 1), (2, 3), (4, 5), (6, 7))
    assert read_digitness(reading) == pytest.approx([0.99, 0.2, 0.99, 0.99])


def test_who_asks_for_a_number_is_told_it_though_half_of_it_looks_like_nothing(
    ask: Knowing,
) -> None:
    strokes = ask.learn(7, SEVEN) + ask.learn(4, at(FOUR, 80))
    ask.mistrust(strokes[2:], 0.02)

    reading = read(strokes, ask, "number")

    assert (reading.groups, reading.is_doubtful) == (((0, 1), (2, 3)), True)


def test_parts_that_overlap_as_those_of_a_letter_are_a_number_in_doubt_at_most(
    ask: Knowing,
) -> None:
    stem, bow = at(ONE, 0)[0], np.array([[5, 0], [60, 20], [5, 50], [60, 100]], float)
    strokes = ask.learn(1, [stem]) + ask.learn(2, [bow])

    reading = read(strokes, ask, "auto")

    assert len(reading.groups) == 1 or reading.is_doubtful


def test_a_one_with_flag_and_foot_is_whole_in_a_number(ask: Knowing) -> None:
    lines = [[[20, 0], [20, 100]], [[0, 20], [20, 0]], [[6, 100], [34, 100]]]
    one = [np.array(line, float) for line in lines]
    strokes = ask.learn(1, one) + ask.learn(7, at(SEVEN, 70))

    reading = read(strokes, ask, "auto")

    assert reading.groups == ((0, 1, 2), (3, 4))
    np.testing.assert_array_equal(read_digitness(reading), [0.99, 0.99])


def test_the_bar_of_a_five_is_no_sign(ask: Knowing) -> None:
    bar, body = np.array([[60.0, 2.0], [95.0, 0.0]]), at(SEVEN[:1], 0)[0]

    reading = read(ask.learn(5, [body, bar]), ask, "auto")

    assert reading.groups == ((0, 1),)


@pytest.mark.parametrize("mode", ["auto", "digit", "number"])
def test_strokes_without_points_belong_to_no_digit(ask: Knowing, mode: Mode) -> None:
    seven = ask.learn(7, SEVEN)

    reading = read([EMPTY, seven[0], EMPTY, seven[1]], ask, mode)

    assert reading.groups == ((1, 3),)


@pytest.mark.parametrize("mode", ["auto", "digit", "number"])
@pytest.mark.parametrize("strokes", [[], [EMPTY], [EMPTY, EMPTY]])
def test_a_drawing_without_points_has_no_digits(
    ask: Knowing, strokes: list[Points], mode: Mode
) -> None:
    reading = read(strokes, ask, mode)

    assert (reading.digits, reading.left_out, reading.text) == ((), (), "")


@pytest.mark.parametrize(
    "change",
    [
        lambda points: points * 1e-3,
        lambda points: points * 50 - [4000, -70_000],
        lambda points: points * 1e297,
        lambda points: points * 1e-290,
    ],
)
def test_unit_and_place_do_not_change_the_reading(
    ask: Knowing, change: Callable[[Points], Points]
) -> None:
    digits = [(7, SEVEN), (1, at(ONE, 90)), (4, at(FOUR, 180))]
    strokes = [
        stroke
        for digit, drawn in digits
        for stroke in ask.learn(digit, [change(points) for points in drawn])
    ]

    reading = read(strokes, ask, "auto")

    assert read_digits(reading) == [7, 1, 4]


def test_the_network_is_asked_about_all_strokes_and_then_about_few_groups(ask: Knowing) -> None:
    strokes = [stroke for x in range(0, 480, 80) for stroke in ask.learn(7, at(SEVEN, x))]

    reading = read(strokes, ask, "auto")

    assert read_digits(reading) == [7] * 6
    assert [len(drawing) for drawing in ask.asked[0]] == [12]
    assert len(ask.asked) == 2
    assert len(ask.asked[1]) <= 60


@pytest.mark.parametrize("mode", ["auto", "number"])
def test_what_is_surely_one_digit_is_asked_about_as_a_whole_only(ask: Knowing, mode: Mode) -> None:
    reading = read(ask.learn(7, SEVEN), ask, mode)

    assert read_digits(reading) == [7]
    assert [len(batch) for batch in ask.asked] == [1]


@pytest.mark.parametrize("mode", ["auto", "digit", "number"])
def test_without_weights_all_strokes_are_read_as_one_digit(ask: Knowing, mode: Mode) -> None:
    strokes = ask.learn(7, SEVEN) + ask.learn(1, at(ONE, 500))

    one = read_strokes(strokes, ask, mode, None)
    (among_many,) = read_all_strokes([(strokes, mode)], ask, None)

    assert one.groups == among_many.groups == ((0, 1, 2),)


def test_other_weights_divide_otherwise(ask: Knowing) -> None:
    strokes = ask.learn(7, SEVEN) + ask.learn(1, at(ONE, 90))
    numbers = {**GROUPING["numbers"], "constant": -900.0}
    never = read_grouping("a run", {"grouping": {**GROUPING, "numbers": numbers}})

    assert read_strokes(strokes, ask, "auto", WEIGHTS).groups == ((0, 1), (2,))
    assert read_strokes(strokes, ask, "auto", never).groups == ((0, 1, 2),)


@pytest.mark.parametrize("spread", [0.0, 30.0, 3000.0])
def test_a_scribble_of_256_strokes_is_bounded_work(ask: Knowing, spread: float) -> None:
    random = np.random.default_rng(1)
    strokes = [random.normal(0, 10, (8, 2)) + random.uniform(0, spread, 2) for _ in range(256)]

    reading = read(strokes, ask, "auto")

    assert reading.groups == (tuple(range(256)),)
    whole, *parts = ask.asked
    assert [len(drawing) for drawing in whole] == [256]
    assert len(parts) <= 1
    assert all(len(groups) <= 256 + 200 for groups in parts)
    assert {len(group) for groups in parts for group in groups} <= {1, 2, 3, 4, 5}


def test_a_scribble_of_many_points_among_dots_is_bounded_work(ask: Knowing) -> None:
    random = np.random.default_rng(1)
    scribble = random.uniform(0, 1000, (5000, 2))
    dots = [random.uniform(0, 1000, (1, 2)) for _ in range(255)]

    read([scribble, *dots], ask, "number")

    groups = ask.asked[1]
    assert {stroke.tobytes() for (stroke,) in (one for one in groups if len(one) == 1)} == {
        stroke.tobytes() for stroke in [scribble, *dots]
    }
    assert sum(len(stroke) for group in groups for stroke in group) <= 100_000 + 6_000


def test_dots_in_one_place_are_read(ask: Knowing) -> None:
    reading = read([np.zeros((1, 2))] * 5, ask, "number")

    assert sorted(stroke for group in reading.groups for stroke in group) == [0, 1, 2, 3, 4]
