from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from recognizer.errors import NoModelError, RunError
from webapp.api import health
from webapp.configuration import read_configuration
from webapp.health import disk
from webapp.health.probes import probes_of

SEVEN = {"strokes": [{"x": [0, 10, 4], "y": [0, 0, 14]}]}


def test_a_living_process_says_so_even_without_a_model(
    bare_client: FlaskClient, recognizer: Any
) -> None:
    recognizer.failure = NoModelError("none")

    assert bare_client.get("/livez").json == {"status": "alive"}


def test_the_app_with_the_released_model_is_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json == {"status": "ready", "reasons": [], "warnings": []}


def test_without_a_model_the_app_is_not_ready_and_says_why(
    make_client: Callable[..., FlaskClient], recognizer: Any
) -> None:
    folder = read_configuration({}).models_folder
    recognizer.failure = NoModelError(f"{folder}/current does not exist")

    answer = make_client({"NET_MODELS_DIR": folder}).get("/readyz")

    assert answer.status_code == 503
    assert answer.json["status"] == "unready"
    assert answer.json["reasons"] == ["models/current does not exist"]
    assert "Retry-After" in answer.headers


@pytest.mark.parametrize(
    "sentence",
    [
        "{folder}/current does not exist",
        "[Errno 13] Permission denied: '{folder}/a run/run.json'",
        "Load model from /srv/of/somebody/model.onnx failed: File doesn't exist",
        '/var/lib/somewhere/else: "/mnt/a disk/model.onnx" cannot be read',
    ],
)
def test_no_stranger_is_told_where_things_lie(
    make_client: Callable[..., FlaskClient], recognizer: Any, tmp_path: Path, sentence: str
) -> None:
    client = make_client({"NET_MODELS_DIR": tmp_path / "models"})
    services: Any = client.application.extensions["net"]
    recognizer.failure = RunError(sentence.format(folder=tmp_path / "models"))
    services.registry.last_error = str(recognizer.failure)

    answers = [client.get("/readyz"), client.post("/api/v1/predictions", json=SEVEN)]
    pages = [
        client.get(path) for path in ("/api/v1/models/current", "/about", "/livez", "/metrics")
    ]

    assert [answer.status_code for answer in answers] == [503, 503]
    for answer in answers + pages:
        for folder in (str(tmp_path), "/srv/", "/var/", "/mnt/", "somebody"):
            assert folder not in answer.text, answer.text
    assert answers[0].json["reasons"]
    assert answers[0].json["warnings"]


@pytest.mark.parametrize("wrong", [{"text": "1"}, {"verdict": "unsure"}])
def test_a_model_that_misreads_the_known_digit_is_not_ready(
    bare_client: FlaskClient, recognizer: Any, wrong: dict[str, Any]
) -> None:
    recognizer.answer = replace(recognizer.answer, **wrong)

    answer = bare_client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json["reasons"][0].startswith("A known 7 was answered with ")


def test_whatever_breaks_the_recogniser_makes_it_not_ready(
    bare_client: FlaskClient, recognizer: Any
) -> None:
    recognizer.failure = ZeroDivisionError("a secret")

    with capture_logs() as lines:
        answer = bare_client.get("/readyz")

    assert answer.status_code == 503
    assert "secret" not in answer.text
    assert lines[0]["exc_info"] is recognizer.failure


def test_probes_that_come_together_ask_the_model_once(
    bare_client: FlaskClient, recognizer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "KEPT_SECONDS", 3600)

    for _ in range(5):
        bare_client.get("/readyz")

    assert recognizer.asked == 1


def test_a_failure_is_forgotten_after_a_moment(
    bare_client: FlaskClient, recognizer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "KEPT_SECONDS", 0)
    recognizer.failure = NoModelError("none")
    before = bare_client.get("/readyz").status_code

    recognizer.failure = None

    assert (before, bare_client.get("/readyz").status_code) == (503, 200)


def test_a_server_that_still_serves_an_older_run_is_ready_and_says_so(
    bare_client: FlaskClient,
) -> None:
    answer = bare_client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json["warnings"] == ["there is none"]


def test_what_is_around_the_model_is_a_warning_and_no_reason(
    make_client: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "NEEDED_BYTES", 10**18)
    client = make_client({"NET_LIMITS_URL": "redis://127.0.0.1:1/0"})
    probes_of(client.application).dependencies.latest(60)  # the look that no view waits for

    answer = client.get("/readyz")

    assert answer.status_code == 200
    warnings = " ".join(answer.json["warnings"][1:])  # the first is about the model
    assert "The counters of limits do not answer" in warnings
    assert "The disk of the instance folder is nearly full" in warnings
