"""A drawing's answer is the contract's, calibrated, and the same wherever it was drawn."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from recognizer.errors import NoModelError
from recognizer.geometry import Points, draw, to_model_input
from recognizer.recognizer import Recognizer
from recognizer.runs.calibration import Calibration, Refusal, Thresholds
from recognizer.runs.loaded_run import load_run
from recognizer.runs.registry import Registry, activate
from recognizer.strokes import Drawing, Mode, Stroke, read_drawing

MakeRun = Callable[..., Path]
SEVEN = [np.array([[0, 0], [60, 0], [25, 100]], float), np.array([[15, 50], [50, 50]], float)]
EMPTY = np.empty((0, 2))


def drawing(strokes: list[Points], mode: Mode = "auto") -> Drawing:
    return Drawing(tuple(Stroke(points) for points in strokes), mode)


def test_the_answer_is_the_contracts(recognizer: Recognizer) -> None:
    answer = recognizer.recognize(drawing(SEVEN)).to_json()

    (digit,) = answer["digits"]
    assert list(answer) == [
        "id", "verdict", "text", "confidence", "digits", "left_out", "model",
    ]  # fmt: skip
    assert list(digit) == [
        "digit", "confidence", "digitness", "doubtful", "probabilities", "strokes", "box", "image",
    ]  # fmt: skip
    assert answer["verdict"] == "digit"
    assert answer["text"] == str(digit["digit"])
    assert answer["confidence"] == digit["confidence"] == max(digit["probabilities"])
    assert digit["probabilities"].index(digit["confidence"]) == digit["digit"]
    assert sum(digit["probabilities"]) == pytest.approx(1, abs=1e-12)
    assert digit["strokes"] == [0, 1]
    assert digit["box"] == {"x": 0, "y": 0, "width": 60, "height": 100}
    assert answer["left_out"] == []
    assert answer["model"] == {"run": "first", "recipe": "ink"}
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


def test_every_answer_has_an_id_of_its_own(recognizer: Recognizer) -> None:
    drawings = [drawing(SEVEN), drawing([])] * 5

    ids = {prediction.id for prediction in recognizer.recognize_all(drawings)}

    assert len(ids) == 10


def test_the_image_is_what_the_network_saw(recognizer: Recognizer) -> None:
    image = recognizer.recognize(drawing(SEVEN)).to_json()["digits"][0]["image"]

    with Image.open(io.BytesIO(base64.b64decode(image.partition(",")[2]))) as picture:
        np.testing.assert_array_equal(np.asarray(picture), draw(SEVEN))


def test_without_images_everything_else_is_answered(recognizer: Recognizer) -> None:
    with_images, without = (
        recognizer.recognize(replace(drawing(SEVEN), images=images)).to_json()["digits"][0]
        for images in (True, False)
    )

    del with_images["image"]
    assert without == with_images


@pytest.mark.parametrize("can_refuse", [False, True])
def test_digitness_is_what_a_network_that_can_refuse_says(
    models_folder: Path,
    make_run: MakeRun,
    make_network: Callable[..., bytes],
    can_refuse: bool,
) -> None:
    make_run("one", network=make_network(digitness=can_refuse))
    run = load_run(models_folder, "one")
    expected = run.engine.ask(to_model_input(draw(SEVEN))[np.newaxis])[1]

    (digit,) = Recognizer(run).recognize(drawing(SEVEN, "digit")).digits

    assert digit.digitness == (None if expected is None else expected[0])


@pytest.mark.parametrize("strokes", [[], [EMPTY], [EMPTY, EMPTY]])
@pytest.mark.parametrize("mode", ["auto", "digit", "number"])
def test_a_drawing_without_points_is_blank(
    recognizer: Recognizer, strokes: list[Points], mode: Mode
) -> None:
    prediction = recognizer.recognize(drawing(strokes, mode))

    assert (prediction.verdict, prediction.text, prediction.digits) == ("blank", "", ())
    assert prediction.confidence == 1
    assert prediction.model.run == "first"


@pytest.mark.parametrize("mode", ["auto", "digit", "number"])
def test_a_dot_is_ink_and_answered_in_every_mode(recognizer: Recognizer, mode: Mode) -> None:
    prediction = recognizer.recognize(drawing([np.array([[3.0, 4.0]])], mode))

    assert prediction.verdict == ("number" if mode == "number" else "digit")
    assert vars(prediction.digits[0].box) == {"x": 3, "y": 4, "width": 0, "height": 0}


def test_strokes_without_points_are_left_out_but_counted(recognizer: Recognizer) -> None:
    prediction = recognizer.recognize(drawing([EMPTY, SEVEN[0], EMPTY, SEVEN[1]]))

    assert prediction.digits[0].strokes == (1, 3)


def test_boxes_are_in_the_drawings_own_unit(recognizer: Recognizer) -> None:
    moved = [path * 0.5 + [-100, 7] for path in SEVEN]

    prediction = recognizer.recognize(drawing(moved))

    assert vars(prediction.digits[0].box) == {"x": -100, "y": 7, "width": 30, "height": 50}


def test_boxes_of_the_widest_drawing_are_finite(recognizer: Recognizer) -> None:
    widest = read_drawing({"strokes": [{"x": [-1e300, 1e300], "y": [1e300, -1e300]}]})

    answer = recognizer.recognize(widest).to_json()

    assert answer["digits"][0]["box"] == {"x": -1e300, "y": -1e300, "width": 2e300, "height": 2e300}
    json.dumps(answer, allow_nan=False)


def test_drawings_answered_together_are_answered_as_one_by_one(recognizer: Recognizer) -> None:
    others = [drawing([path * [1, factor] for path in SEVEN]) for factor in (0.2, 1, 5)]
    drawings = [drawing([]), *others, drawing([EMPTY]), drawing([SEVEN[0][:1]])]

    together = recognizer.recognize_all(drawings)

    for alone, prediction in zip(map(recognizer.recognize, drawings), together, strict=True):
        assert (alone.verdict, alone.text) == (prediction.verdict, prediction.text)
        assert alone.confidence == pytest.approx(prediction.confidence, abs=1e-6)
    assert recognizer.recognize_all([]) == []


@pytest.mark.parametrize("temperature", [0.01, 0.5, 1.0, 2.0, 100.0])
def test_the_temperature_divides_the_logits(
    models_folder: Path, make_run: MakeRun, temperature: float
) -> None:
    make_run("plain")
    make_run("calibrated", calibration={"temperature": temperature})
    plain, calibrated = (
        Recognizer(load_run(models_folder, name)).recognize(drawing(SEVEN)).digits[0]
        for name in ("plain", "calibrated")
    )

    powers = np.array(plain.probabilities) ** (1 / temperature)

    np.testing.assert_allclose(calibrated.probabilities, powers / powers.sum(), atol=1e-6)
    assert calibrated.digit == plain.digit
    assert sum(calibrated.probabilities) == pytest.approx(1, abs=1e-12)


REFUSES_DRAWINGS = Refusal(drawings=Thresholds(digitness=(1.0,) * 10))
REFUSES_PICTURES = Refusal(pictures=Thresholds(digitness=(1.0,) * 10))


@pytest.mark.parametrize(
    ("refusal", "of_drawing", "of_picture"),
    [(REFUSES_DRAWINGS, "not_a_digit", "digit"), (REFUSES_PICTURES, "digit", "not_a_digit")],
)
def test_drawings_and_pictures_are_refused_by_thresholds_of_their_own(
    registry: Registry, refusal: Refusal, of_drawing: str, of_picture: str
) -> None:
    # What is likelier a digit than not is never refused, so nothing may look likely.
    blurred = Calibration(temperature=100.0, drawing_temperature=100.0)
    run = replace(registry.current(), refusal=refusal, calibration=blurred)
    recognizer = Recognizer(run)
    file = io.BytesIO()
    Image.fromarray(draw(SEVEN)).save(file, "PNG")

    drawn = recognizer.recognize(drawing(SEVEN))
    pictured = recognizer.recognize_picture(file.getvalue(), "auto")

    assert (drawn.verdict, pictured.verdict) == (of_drawing, of_picture)
    for prediction in (drawn, pictured):
        guess = str(prediction.digits[0].digit)
        assert prediction.text == ("" if prediction.verdict == "not_a_digit" else guess)


def test_without_a_run_there_is_no_answer(models_folder: Path) -> None:
    recognizer = Recognizer(Registry(models_folder))

    for strokes in ([], SEVEN):
        with pytest.raises(NoModelError):
            recognizer.recognize(drawing(strokes))


def test_a_new_current_answers_the_next_drawing(
    recognizer: Recognizer, registry: Registry, models_folder: Path, make_run: MakeRun
) -> None:
    assert recognizer.recognize(drawing(SEVEN)).model.run == "first"
    make_run("second", recipe="other")

    activate(models_folder, "second")
    registry.refresh()

    model = recognizer.recognize(drawing(SEVEN)).model
    assert (model.run, model.recipe) == ("second", "other")


coordinate = st.integers(0, 200).map(float)
path = st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=9).map(np.array)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(path, min_size=1, max_size=4), st.floats(-200, 200), st.integers(-(10**6), 10**6))
def test_place_size_and_repeated_points_do_not_change_the_answer(
    recognizer: Recognizer, strokes: list[Points], exponent: float, offset: int
) -> None:
    answer = recognizer.recognize(drawing(strokes)).digits[0]

    for other in (
        [points + float(offset) for points in strokes],
        [points * 10.0**exponent for points in strokes],
        [np.repeat(points, 2, axis=0) for points in strokes],
    ):
        changed = recognizer.recognize(drawing(other)).digits[0]
        np.testing.assert_allclose(changed.probabilities, answer.probabilities, atol=0.02)


def test_the_released_run_reads_real_drawings(
    released_registry: Registry, pen_drawings: list[tuple[str, list[Points]]]
) -> None:
    predictions = Recognizer(released_registry).recognize_all(
        [drawing(strokes) for _, strokes in pen_drawings]
    )

    right = [
        label == found.text for (label, _), found in zip(pen_drawings, predictions, strict=True)
    ]

    assert np.mean(right) > 0.97


def test_the_released_run_reads_real_drawings_alike_however_finely_they_were_sampled(
    released_registry: Registry, pen_drawings: list[tuple[str, list[Points]]]
) -> None:
    recognizer = Recognizer(released_registry)
    finer = [drawing([_resample(points) for points in strokes]) for _, strokes in pen_drawings]

    answers = recognizer.recognize_all([drawing(strokes) for _, strokes in pen_drawings])
    others = recognizer.recognize_all(finer)

    same = [a.text == b.text for a, b in zip(answers, others, strict=True)]
    assert np.mean(same) > 0.99


def _resample(points: Points) -> Points:
    """Four points in the place of each."""
    at = np.linspace(0, len(points) - 1, 4 * len(points) - 3)
    columns = [np.interp(at, np.arange(len(points)), points[:, axis]) for axis in (0, 1)]
    return np.stack(columns, axis=1)
