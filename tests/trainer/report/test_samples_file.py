from __future__ import annotations

import base64
import json
from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from trainer.evaluation.answers import Answers
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.robustness import Robustness
from trainer.evaluation.samples import Samples
from trainer.report.samples_file import samples_as_json

LISTS = ("grid", "others", "misread", "hardest")


@pytest.fixture(scope="module")
def worst() -> Measurement:
    """2,000 noisy pictures, answered at random: all cells full, no picture compresses."""
    random = np.random.default_rng(1)
    inputs = random.random((2_000, 28, 28, 1), np.float32)
    labels = random.integers(0, 10, 2_000)
    samples = Samples("mnist_test", inputs, labels, np.arange(2_000))
    probabilities = random.dirichlet(np.ones(10), 2_000).astype(np.float32)
    answers = Answers("mnist_test", probabilities, labels)
    return Measurement(
        samples, answers, [Robustness("", "", 200, 2_000, same=2_000, lost=0, won=0)]
    )


def test_lists_name_samples_by_their_place(measurements: Sequence[Measurement]) -> None:
    content = samples_as_json("whole", measurements)

    assert (content["run"], content["format"]) == ("whole", 1)
    assert set(content["sets"]) == {"mnist_test", "held_out_writers"}
    for told in content["sets"].values():
        named = {at for name in LISTS for at in told[name]}
        named |= {at for cell in told["cells"].values() for at in cell}
        assert named == set(range(len(told["samples"])))
        assert len(told["grid"]) == 15
        assert all(told["samples"][at]["label"] != told["samples"][at]["answer"]
                   for at in told["misread"])  # fmt: skip


def test_a_cell_of_the_confusion_matrix_leads_to_its_samples(
    measurements: Sequence[Measurement],
) -> None:
    told = samples_as_json("whole", measurements)["sets"]["held_out_writers"]

    for label, row in enumerate(told["confusion_matrix"]):
        for answer, count in enumerate(row):
            cell = told["cells"].get(f"{label}/{answer}", [])
            assert len(cell) == min(count, 4)
            for at in cell:
                sample = told["samples"][at]
                assert (sample["label"], sample["answer"]) == (label, answer)


def test_a_sample_tells_the_picture_the_answer_and_whose_it_is(
    measurements: Sequence[Measurement],
) -> None:
    sets = samples_as_json("whole", measurements)["sets"]
    drawn, imaged = (sets[key]["samples"][-1] for key in ("held_out_writers", "mnist_test"))

    header, _, content = drawn["image"].partition(",")
    picture = cv2.imdecode(np.frombuffer(base64.b64decode(content), np.uint8), -1)
    (place,) = np.flatnonzero(measurements[1].samples.rows == drawn["row"])
    assert header == "data:image/png;base64"
    np.testing.assert_array_equal(
        picture, np.rint(measurements[1].samples.inputs[place, ..., 0] * 255)
    )
    assert drawn["writer"] in ("here/writer 0", "there/writer 1")
    assert "writer" not in imaged
    assert drawn["confidence"] == max(drawn["probabilities"])
    assert np.argmax(drawn["probabilities"]) == drawn["answer"]


def test_a_drawing_has_the_strokes_that_were_answered_and_an_image_has_none(
    measurements: Sequence[Measurement],
) -> None:
    sets = samples_as_json("whole", measurements)["sets"]
    told = sets["held_out_writers"]["samples"]
    samples = measurements[1].samples

    for sample in told:
        (place,) = np.flatnonzero(samples.rows == sample["row"])
        kept = [np.column_stack([stroke["x"], stroke["y"]]) for stroke in sample["strokes"]]
        for stroke, drawn in zip(kept, samples.drawings[place].strokes, strict=True):
            np.testing.assert_allclose(stroke, drawn, rtol=1e-5)
    assert all("strokes" not in sample for sample in sets["mnist_test"]["samples"])


def test_the_file_stays_small_however_bad_the_network_is(worst: Measurement) -> None:
    told = samples_as_json("bad", [worst])["sets"]["mnist_test"]

    size = len(json.dumps(told, separators=(",", ":")))
    # Noise is 1.2 kB a picture, an MNIST digit 0.4: real pictures come to a third of this.
    assert size < 1_500_000
    assert len(told["samples"]) < 800
    assert len(told["misread"]) == 200
    assert {at for name in LISTS for at in told[name]} <= set(range(len(told["samples"])))
