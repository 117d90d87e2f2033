"""Photos as people take them are read, whatever lies around, under and between the digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from recognizer.boxes import Boxes
from recognizer.geometry import Ink
from recognizer.outputs import NetworkOutputs
from recognizer.photos.digits.found import Found
from recognizer.prediction import Prediction
from recognizer.recognizer import Recognizer
from recognizer.runs.registry import Registry
from tests.recognizer.photos.pictures import encode

Grey = NDArray[np.uint8]
Answer = Callable[[Grey], Prediction]
Shape = Sequence[Sequence[tuple[float, float]]]  # strokes


@pytest.fixture
def answer(released_registry: Registry) -> Answer:
    def answer_photo(picture: Grey) -> Prediction:
        content = encode(picture, "JPEG", quality=85)
        return Recognizer(released_registry).recognize_picture(content, images=False)

    return answer_photo


def _paper(height: int = 700, width: int = 1000) -> Grey:
    """Grey paper under a lamp, with the grain of a camera."""
    light = 205 - 60 * np.linspace(0, 1, width)[None, :] * np.ones((height, 1))
    noise = np.random.default_rng(3).normal(0, 3, light.shape)
    return np.clip(light + noise, 0, 255).astype(np.uint8)


def _write(
    paper: Grey, text: str, left: int, top: int, side: int, step: int, ink: int = 50
) -> Grey:
    """Digits with a felt pen: plain shapes that nobody takes for others."""
    for place, digit in enumerate(text):
        _draw(paper, _SHAPES[digit], left + place * step, top, side, ink)
    return paper


def _draw(paper: Grey, shape: Shape, left: int, top: int, side: int, ink: int = 50) -> Grey:
    for stroke in shape:
        points = np.rint(np.array(stroke) * side + (left, top)).astype(np.int32)
        cv2.polylines(paper, [points], False, ink, max(3, side // 11), cv2.LINE_AA)
    return paper


def _arc(
    x: float, y: float, across: float, down: float, start: float, end: float
) -> list[tuple[float, float]]:
    angles = np.deg2rad(np.linspace(start, end, 30))
    return [(x + across * np.cos(a), y + down * np.sin(a)) for a in angles]


_SHAPES = {
    "0": [_arc(0.35, 0.5, 0.3, 0.5, 0, 360)],
    "/": [[(0.6, 0.0), (0.1, 1.0)]],
    "-": [[(0.15, 0.5), (0.55, 0.5)]],
    "=": [[(0.15, 0.4), (0.55, 0.4)], [(0.15, 0.65), (0.55, 0.65)]],
    "2": [[*_arc(0.35, 0.27, 0.28, 0.27, 190, 390), (0.1, 1.0), (0.68, 1.0)]],
    "3": [_arc(0.3, 0.26, 0.28, 0.26, 200, 450) + _arc(0.3, 0.74, 0.32, 0.26, -90, 160)],
    "4": [[(0.45, 0.0), (0.05, 0.65), (0.7, 0.65)], [(0.5, 0.35), (0.5, 1.0)]],
    "6": [[(0.55, 0.0), (0.25, 0.35), *_arc(0.35, 0.7, 0.27, 0.3, 190, 550)]],
    "7": [[(0.05, 0.05), (0.65, 0.05), (0.3, 1.0)]],
}
_WITH_BOWS = {  # each like another one on its side
    "6, open": [_arc(0.6, 0.6, 0.55, 0.6, -180, -110), _arc(0.35, 0.7, 0.3, 0.3, 180, 540)],
    "6, high": [[*_arc(0.7, 0.5, 0.65, 0.5, -100, -180), *_arc(0.4, 0.72, 0.33, 0.28, 190, 560)]],
    "9": [_arc(0.35, 0.25, 0.25, 0.25, 0, 360), [(0.6, 0.25), *_arc(0.3, 0.6, 0.3, 0.4, 0, 110)]],
}


def _soft(picture: Grey, deviation: float) -> Grey:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), deviation), np.uint8)


@pytest.mark.parametrize("digit", ["2", "3", "4", "7"])
def test_a_photo_says_the_same_at_any_resolution_and_focus(answer: Answer, digit: str) -> None:
    large = 4000 if digit == "7" else 1500  # pixels: as a phone's photo, once
    photo = _write(_paper(large, large), digit, 1300 * large // 4000, large // 4, 3 * large // 8, 0)
    for side in (large, 1000, 300):
        seen = np.asarray(cv2.resize(photo, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
        for blur in (0.0, 0.012) if side < 4000 else (0.0,):  # to blur that one takes seconds
            prediction = answer(_soft(seen, blur * side) if blur else seen)

            assert (prediction.verdict, prediction.text) == ("digit", digit), (side, blur)


@pytest.mark.parametrize(  # every grey with every width, and each of both with either gap
    ("grey", "width", "gap"),
    [(60, 2, 0), (60, 5, 30), (60, 9, 0), (110, 2, 30), (110, 5, 0), (110, 9, 30),
     (150, 2, 0), (150, 5, 0), (150, 9, 30)],
)  # fmt: skip
def test_the_boxes_of_a_form_are_no_digits(answer: Answer, grey: int, width: int, gap: int) -> None:
    form = _paper(400, 1100)
    for place in range(8):
        left = 40 + place * (90 + gap)
        cv2.rectangle(form, (left, 120), (left + 90, 250), grey, width)
    _write(form, "20260247", 65, 145, 80, 90 + gap)

    prediction = answer(form)

    assert prediction.text == "20260247"


def test_one_box_around_a_number_is_no_digit(answer: Answer) -> None:
    paper = _write(_paper(), "3027", 250, 250, 150, 140)
    cv2.rectangle(paper, (210, 210), (850, 450), 40, 5)

    assert answer(paper).text == "3027"


@pytest.mark.parametrize("quarters", [1, 3])
def test_a_number_on_its_side_is_read_in_doubt_with_boxes_on_its_ink(
    answer: Answer, quarters: int
) -> None:
    paper = _write(_paper(), "3427", 200, 250, 150, 160)

    prediction = answer(np.ascontiguousarray(np.rot90(paper, quarters)))

    assert (prediction.verdict, prediction.text) == ("unsure", "3427")
    assert all(digit.is_doubtful for digit in prediction.digits)
    for upright, digit in zip(answer(paper).digits, prediction.digits, strict=True):
        expected = (upright.box.x, upright.box.y, upright.box.height, upright.box.width)
        box = digit.box
        if quarters == 1:
            found = (1000 - box.y - box.height, box.x, box.width, box.height)
        else:
            found = (box.y, 700 - box.x - box.width, box.width, box.height)
        assert found == pytest.approx(expected, abs=15)


def test_a_number_upside_down_is_never_a_sure_one(answer: Answer) -> None:
    paper = _write(_paper(), "3427", 200, 250, 150, 160)

    prediction = answer(np.ascontiguousarray(np.rot90(paper, 2)))

    assert prediction.verdict == "unsure"


@pytest.mark.parametrize("shape", _WITH_BOWS)
def test_a_digit_on_its_side_is_never_surely_another(answer: Answer, shape: str) -> None:
    paper = _draw(_paper(400, 400), _WITH_BOWS[shape], 120, 100, 200)

    upright, *on_side = (answer(np.ascontiguousarray(np.rot90(paper, turn))) for turn in (0, 1, 3))

    assert (upright.verdict, upright.text) == ("digit", shape[0])
    for prediction in on_side:
        assert prediction.text == shape[0] or prediction.verdict == "unsure"


@pytest.mark.parametrize("text", ["0/2", "24/6", "7/", "/3"])
def test_a_slash_on_a_photo_is_never_a_sure_one(answer: Answer, text: str) -> None:
    prediction = answer(_write(_paper(400, 800), text, 150, 130, 150, 150))

    assert prediction.verdict == "unsure"
    assert any(digit.is_doubtful for digit in prediction.digits if digit.digit == 1)


@pytest.mark.parametrize("text", ["3-4", "24-0", "-7", "2=2"])
def test_a_minus_on_a_photo_is_left_out_and_told(answer: Answer, text: str) -> None:
    prediction = answer(_write(_paper(400, 900), text, 150, 130, 150, 150))

    digits = [digit for digit in text if digit.isdigit()]
    assert (prediction.verdict, prediction.text) == ("unsure", "".join(digits))
    for one in prediction.left_out:
        assert one.strokes == ()
        assert text.index(next(sign for sign in text if sign in "-=")) == (one.box.x - 150) // 150
    assert len(prediction.left_out) == (2 if "=" in text else 1)


def test_dust_between_digits_leaves_a_number_sure(answer: Answer) -> None:
    paper = _write(_paper(400, 800), "3027", 150, 130, 150, 150)
    for x, y in ((285, 240), (430, 270), (585, 200), (60, 60)):
        cv2.circle(paper, (x, y), 5, 60, -1)

    prediction = answer(paper)

    assert (prediction.verdict, prediction.text) == ("number", "3027")


@pytest.mark.parametrize("lean", [0.0, 0.45])
def test_ones_that_lean_alike_are_no_slashes(answer: Answer, lean: float) -> None:
    paper = _paper(400, 800)
    for place in range(3):
        _draw(paper, [[(0.3 + lean, 0.0), (0.3, 1.0)]], 150 + 150 * place, 130, 150)

    prediction = answer(paper)

    assert (prediction.verdict, prediction.text) == ("number", "111")


@pytest.mark.parametrize("distance", [-8, 0, 25])
@pytest.mark.parametrize("slope", [-20, 0, 20])
def test_an_underline_is_no_digit(answer: Answer, distance: int, slope: int) -> None:
    paper = _write(_paper(), "3027", 250, 250, 150, 140)
    at = 400 + distance
    cv2.line(paper, (200, at + slope), (820, at - slope), 40, 6, cv2.LINE_AA)

    prediction = answer(paper)

    assert prediction.text == "3027" or prediction.verdict == "unsure"
    assert prediction.text == "3027" or distance < 25


def _with_binding(paper: Grey) -> Grey:
    paper[:35] = 45
    for x in range(15, paper.shape[1], 30):
        cv2.line(paper, (x, 10), (x + 6, 70), 25, 6, cv2.LINE_AA)
        cv2.circle(paper, (x + 6, 72), 7, 30, -1)
    return paper


def _with_edge(paper: Grey) -> Grey:
    cv2.fillPoly(paper, [np.array([[0, 0], [130, 0], [60, 700], [0, 700]])], 70)
    return paper


def _with_sliver(paper: Grey) -> Grey:
    paper[200:500, :12] = 50
    return paper


@pytest.mark.parametrize("around", [_with_binding, _with_edge, _with_sliver])
@pytest.mark.parametrize("text", ["2", "427"])
def test_what_comes_in_from_the_edge_is_no_digit(
    answer: Answer, around: Callable[[Grey], Grey], text: str
) -> None:
    paper = _soft(around(_write(_paper(), text, 330, 250, 200, 170)), 1)

    assert answer(paper).text == text


def test_a_digit_that_the_edge_cuts_makes_the_number_unsure(answer: Answer) -> None:
    paper = _write(_paper(), "7427", 40, 250, 250, 230)[:, 55:]

    assert answer(np.ascontiguousarray(paper)).verdict == "unsure"


def test_the_bar_of_a_large_four_is_no_printed_line(answer: Answer) -> None:
    paper = _write(_paper(1100, 500), "4", 90, 300, 450, 0)
    cv2.line(paper, (0, 120), (500, 130), 110, 4)

    assert answer(paper).text == "4"


def test_digits_of_one_hand_tell_each_other_apart() -> None:
    seven = np.zeros((28, 28), np.uint8)
    cv2.polylines(seven, [np.array([[8, 5], [19, 5], [12, 23]])], False, 255, 3)
    one = np.zeros((28, 28), np.uint8)
    cv2.line(one, (14, 4), (14, 24), 255, 3)
    sure_seven, sure_one = np.full(10, 0.001), np.full(10, 0.001)
    sure_seven[7] = sure_one[1] = 0.991
    torn = np.full(10, 0.0)
    torn[[1, 7]] = 0.55, 0.45
    low = np.array([[0.0, 0], [30, 0], [60, 0]])
    found = Found(
        Boxes(low, low + 25),
        [seven, one, np.roll(seven, 1, axis=1)],
        NetworkOutputs(np.stack([sure_seven, sure_one, torn]), np.full(3, 0.99)),
        seven,
    )

    told = found.told_by_others()

    assert told.outputs.digits.tolist() == [7, 1, 7]
    assert told.outputs.confidences[2] < 0.9


def test_a_small_grey_scan_is_read(answer: Answer) -> None:
    large = np.full((320, 320), 255, np.uint8)
    _write(large, "7", 120, 100, 120, 0, ink=120)
    small: Ink = np.asarray(Image.fromarray(large).resize((32, 32), Image.Resampling.BOX))

    prediction = answer(small)

    assert (prediction.verdict, prediction.text) == ("digit", "7")
