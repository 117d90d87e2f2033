"""The alert rules, as Prometheus' own tool reads and tries them."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.observability.metric_names import FOLDER
from tests.observability.prometheus_server import is_installed
from webapp.configuration import REPOSITORY

RULES = (FOLDER / "alerts.yml").read_text("utf-8")
TESTS = (FOLDER / "alerts_test.yml").read_text("utf-8")
ALERTS = re.findall(r"- alert: (\w+)", RULES)


def _promtool(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    if not is_installed():
        pytest.skip("needs promtool (Debian's package prometheus)")
    return subprocess.run(
        ["promtool", *arguments],
        cwd=FOLDER,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def test_promtool_accepts_the_rules_and_the_configuration() -> None:
    rules, configuration = (
        _promtool("check", "rules", "alerts.yml"),
        _promtool("check", "config", "prometheus.yml"),
    )

    assert rules.returncode == 0, rules.stderr
    assert f"{len(ALERTS)} rules found" in rules.stdout
    assert configuration.returncode == 0, configuration.stderr


def test_each_alert_fires_when_it_should_and_not_before() -> None:
    answer = _promtool("test", "rules", "alerts_test.yml")

    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_is_tried_in_both_ways(alert: str) -> None:
    fired = re.findall(rf"alertname: {alert}\n\s+exp_alerts:\n\s+- exp_labels", TESTS)
    silent = re.findall(rf"alertname: {alert}(?:}}|\n\s+- eval_time|\n\s*\n)", TESTS)

    assert fired
    assert silent


@pytest.mark.parametrize("alert", ALERTS)
def test_the_documentation_says_what_to_do(alert: str) -> None:
    document = (REPOSITORY / "docs" / "observability.md").read_text("utf-8")

    assert f"runbook: docs/observability.md#{alert.lower()}\n" in RULES
    assert f"\n### {alert}\n" in document


def test_promtool_finds_nothing_wrong_with_the_names_of_the_numbers(bare_metrics: str) -> None:
    answer = _promtool("check", "metrics", text=bare_metrics)

    assert [line for line in answer.stderr.splitlines() if line.startswith("net_")] == []
