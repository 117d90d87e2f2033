"""``python -m webapp doctor``: what was found, as text or JSON; status 1 where something is bad."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

import click

from webapp.doctor.examination import examine, worst
from webapp.doctor.finding import STATES, Finding

_PART_WIDTH = 14


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs.")
def doctor(as_json: bool) -> None:
    """Look at model, database, queue, disks, permissions and proxies, and say what to do.

    Reads the same environment as the server, and changes nothing. The exit status is 0 where
    nothing is bad (there may be warnings), else 1.
    """
    findings = list(examine(os.environ))
    state = worst(findings)
    if as_json:
        click.echo(json.dumps({"state": state, "findings": [asdict(one) for one in findings]}))
    else:
        _print(findings)
    sys.exit(1 if state == "bad" else 0)


def _print(findings: Sequence[Finding]) -> None:
    for finding in findings:
        click.echo(f"{finding.state:<8} {finding.part:<{_PART_WIDTH}} {finding.said}")
        if finding.advice and finding.state != "good":
            click.echo(f"{'':<8} {'':<{_PART_WIDTH}} → {finding.advice}")
    counted = Counter(finding.state for finding in findings)
    click.echo(", ".join(f"{counted[state]} {state}" for state in STATES))
