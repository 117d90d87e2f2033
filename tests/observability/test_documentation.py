from __future__ import annotations

from tests.observability.metric_names import FOLDER, mentioned_in, told_by
from webapp.configuration import REPOSITORY


def test_every_number_is_documented_and_every_documented_one_exists(bare_metrics: str) -> None:
    document = (REPOSITORY / "docs" / "observability.md").read_text("utf-8")
    parts = ("_bucket", "_count", "_sum")
    told = {name for name in told_by(bare_metrics) if not name.endswith(parts)}
    told |= {name.removesuffix("_sum") for name in told_by(bare_metrics) if name.endswith("_sum")}

    assert mentioned_in(document) == told


def test_every_query_names_numbers_that_exist(bare_metrics: str) -> None:
    for name in ("alerts.yml", "alerts_test.yml", "dashboard.json"):
        mentioned = mentioned_in((FOLDER / name).read_text("utf-8"))

        assert mentioned
        assert mentioned <= told_by(bare_metrics), name
