"""A recogniser that needs no model, for tests of what surrounds one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from recognizer.errors import CannotExplainError, NoModelError
from recognizer.explanations.explanation import Explanation
from recognizer.prediction import Box, DigitAnswer, ModelName, Prediction
from recognizer.runs.registry import LoadedRun
from recognizer.strokes import Drawing, Mode
from webapp import create_app
from webapp.accounts import passwords

ANSWER = Prediction(
    "some-id",
    "digit",
    "7",
    0.9,
    (
        DigitAnswer(
            7,
            0.9,
            (0.1, 0, 0, 0, 0, 0, 0, 0.9, 0, 0),
            (0,),
            Box(0, 0, 1, 1),
            np.zeros((28, 28), np.uint8),
        ),
    ),
    ModelName("a-run", "ink"),
)


class FakeRecognizer:
    """Answers everything alike, or fails as it is told to; counts how often it was asked."""

    def __init__(self, failure: Exception | None = None, answer: Prediction = ANSWER) -> None:
        self.failure = failure
        self.answer = answer
        self.asked = 0
        self.pictures: list[tuple[bytes, str]] = []
        self.while_reading: Callable[[], object] = lambda: None

    def recognize(self, drawing: Drawing) -> Prediction:
        self.asked += 1
        if self.failure:
            raise self.failure
        return self.answer

    def recognize_all(self, drawings: Sequence[Drawing]) -> list[Prediction]:
        return [self.recognize(drawing) for drawing in drawings]

    def recognize_picture(
        self, content: bytes, mode: Mode = "auto", *, images: bool = True
    ) -> Prediction:
        self.asked += 1
        self.pictures.append((content, mode))
        self.while_reading()
        if self.failure:
            raise self.failure
        return self.answer

    def explain(self, drawing: Drawing, digit: int = 0) -> Explanation:
        raise self.failure or CannotExplainError("it is a fake")

    def explain_picture(
        self, content: bytes, mode: Mode = "auto", digit: int = 0, *, images: bool = True
    ) -> Explanation:
        raise self.failure or CannotExplainError("it is a fake")


class EmptyRegistry:
    """Has no run."""

    last_error = "there is none"

    def current(self) -> LoadedRun:
        raise NoModelError("there is none")


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    """Hashes of passwords cost little, but for those of real servers."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(passwords, "hasher", cheap)
        passwords._nobodys_hash.cache_clear()
        yield
    passwords._nobodys_hash.cache_clear()


@pytest.fixture
def recognizer() -> FakeRecognizer:
    return FakeRecognizer()


@pytest.fixture
def make_client(recognizer: FakeRecognizer) -> Callable[..., FlaskClient]:
    """Makes clients of an app without a model: ``make_client({"SETTING": value})``."""

    def make(config: dict[str, Any] | None = None) -> FlaskClient:
        app = create_app(
            {"TESTING": True, **(config or {})}, registry=EmptyRegistry(), recognizer=recognizer
        )
        return app.test_client()

    return make


@pytest.fixture
def bare_client(make_client: Callable[..., FlaskClient]) -> FlaskClient:
    """A client of an app whose recogniser is a fake."""
    return make_client()
