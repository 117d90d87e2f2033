"""``python -m webapp doctor``: what was found, as text or JSON; status 1 where something is bad."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence

import click

from webapp.doctor.examination import examine, worst
from webapp.health.check import STATES, Check

_PART_WIDTH = 14


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs.")
def doctor(as_json: bool) -> None:
    """Look at model, database, disks, permissions and proxies, and say what to do.

    Reads the same environment as the server, and changes nothing. The exit status is 0 where
    nothing is bad (there may be warnings), else 1.
    """
    findings = list(examine(os.environ))
    state = worst(findings)
    if as_json:
        click.echo(json.dumps({"state": state, "findings": [_as_json(one) for one in findings]}))
    else:
        _print(findings)
    sys.exit(1 if state == "bad" else 0)


def _as_json(check: Check) -> dict[str, str]:
    return {
        "part": check.name, "state": check.state, "said": check.whole, "advice": check.remedy
    }  # fmt: skip


def _print(findings: Sequence[Check]) -> None:
    for finding in findings:
        click.echo(f"{finding.state:<8} {finding.name:<{_PART_WIDTH}} {finding.whole}")
        if finding.remedy and finding.state != "good":
            click.echo(f"{'':<8} {'':<{_PART_WIDTH}} → {finding.remedy}")
    counted = Counter(finding.state for finding in findings)
    click.echo(", ".join(f"{counted[state]} {state}" for state in STATES))
