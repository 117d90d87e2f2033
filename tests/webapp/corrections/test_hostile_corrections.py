"""Whatever anybody sends as a correction, the answer is one of the contract's."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.webapp.corrections.conftest import ADDRESS
from webapp.api.correction_schemas import KeptCorrection
from webapp.api.schemas import Problem

EXAMPLES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

numbers = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([10**400, 1e308, 5e-324, -0.0, True, None, "1", [], {}, "\0", "\ud800"]),
)
columns = st.lists(numbers, max_size=4) | numbers
strokes = st.dictionaries(st.sampled_from(["x", "y", "t", "p"]), columns) | numbers
honest_strokes = st.lists(
    st.tuples(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300)), min_size=1, max_size=5
).map(lambda points: {"x": [x for x, _ in points], "y": [y for _, y in points]})
labels = st.text("0123456789", max_size=32)
odd = numbers | st.text(max_size=40)
answers = st.dictionaries(st.sampled_from(["text", "verdict", "confidence", "run"]), odd) | odd
documents = st.fixed_dictionaries(
    {},
    optional={
        "label": labels | odd,
        "strokes": st.lists(honest_strokes | strokes, max_size=3) | odd,
        "prediction": odd,
        "mode": odd,
        "answer": answers,
    },
)
honest = st.fixed_dictionaries(
    {"label": labels, "strokes": st.lists(honest_strokes, min_size=1, max_size=3)}
)


def _status(client: FlaskClient, document: Any) -> int:
    body = json.dumps(document).encode("utf-8", "surrogatepass")
    answer = client.post(ADDRESS, data=body, content_type="application/json")
    model = KeptCorrection if answer.status_code == 201 else Problem
    model.model_validate(answer.json, strict=True)
    return answer.status_code


@EXAMPLES
@given(document=documents | odd)
def test_any_json_is_kept_or_refused(client: FlaskClient, document: Any) -> None:
    assert _status(client, document) in (201, 422)


@EXAMPLES
@given(document=honest)
def test_every_correction_within_the_rules_is_kept_and_shown(
    client: FlaskClient, operator_client: FlaskClient, document: Any
) -> None:
    assert _status(client, document) == 201
    assert operator_client.get("/admin/corrections?state=waiting").status_code == 200
