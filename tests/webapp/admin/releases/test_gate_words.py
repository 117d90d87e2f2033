from __future__ import annotations

from typing import Any

import pytest
from apiflask import APIFlask

from trainer.release.cost import MOST_BYTES, MOST_MS, MOST_PARAMETERS
from trainer.release.gate import Gate, not_measurable
from trainer.release.quality import quality_gates
from webapp.admin.releases.gate_words import GateWords, in_words

GATES = [
    (Gate("parity", 4.2e-7, 1e-4, True, "…", "probability"), "4.2E-7", "1.0E-4"),
    (Gate("mnist_floor", 0.97481, 0.97, True, "…", "share"), "97.48%", "97.00%"),
    (Gate("mnist_no_worse", 2.99e-19, 0.05, False, "…", "p"), "< 0.001", "0.05"),
    (Gate("drawings_no_worse", 1.0, 0.05, True, "…", "p"), "1", "0.05"),
    (Gate("latency", 0.284, MOST_MS, True, "…", "ms"), "0.28 ms", "2 ms"),
    (Gate("parameters", 280_234, MOST_PARAMETERS, True, "…", "parameters"), "280,234", "1,000,000"),
    (Gate("file_size", 1_120, MOST_BYTES, True, "…", "bytes"), "1,120 bytes", "5,000,000 bytes"),
]  # fmt: skip


@pytest.fixture
def say(app: APIFlask) -> Any:
    def say_(gate: Gate) -> GateWords:
        with app.test_request_context():
            return in_words(gate.as_json())

    return say_


@pytest.mark.parametrize(("gate", "figure", "limit"), GATES, ids=[gate.name for gate, *_ in GATES])
def test_a_gate_is_told_with_its_figure_and_its_limit(
    say: Any, gate: Gate, figure: str, limit: str
) -> None:
    words = say(gate)

    assert (words.figure, words.limit, words.passed) == (figure, limit, gate.passed)
    assert figure in words.finding
    assert limit in words.finding
    assert words.question != gate.name


def test_the_digit_that_is_read_worst_is_named(say: Any) -> None:
    sentence = "MNIST test images: the 9 is read worst, 91.38% of 1,009"

    words = say(Gate("mnist_floor", 0.9138, 0.97, False, sentence, "share"))

    assert words.finding == (
        "Its weakest digit, 9, is read right in 91.38% of the samples; 97.00% is needed."
    )


def test_every_gate_of_the_trainer_is_known(say: Any) -> None:
    names = {gate.name for gate in quality_gates(None, None, "no data")}
    names |= {"numbers_no_worse", "parity", "latency", "parameters", "file_size"}

    unknown = {name for name in names if say(Gate(name, 1, 1, True, "…", "p")).question == name}

    assert not unknown


def test_what_could_not_be_measured_is_told_apart_and_the_reason_is_kept(say: Any) -> None:
    words = say(not_measurable("mnist_floor", "share", 0.97, "the data sets are not here"))

    assert not words.passed
    assert words.finding == "This could not be measured, which is no pass."
    assert "the data sets are not here" in words.sentence


def test_where_no_run_is_served_there_is_nothing_to_be_worse_than(say: Any) -> None:
    words = say(Gate("mnist_no_worse", None, 0.05, True, "no run is served yet", "p"))

    assert words.finding == "There is no served run to compare it with."


def test_a_gate_of_tomorrow_is_told_in_the_trainer_s_words(say: Any) -> None:
    words = say(Gate("kindness", 1, 2, True, "100% kind", "parameters"))

    assert (words.question, words.finding) == ("kindness", "100% kind")
