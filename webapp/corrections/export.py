"""Corrections as JSON lines: the form of own data that ``python -m trainer train --add`` reads.

A line names no writer, as nobody knows who drew it; the trainer then takes the whole file for one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from webapp.corrections.finding import Filter, walk
from webapp.corrections.tables import ACCEPTED, REJECTED, Correction
from webapp.storage.database import Database

SOURCE = "corrections"


def lines(
    database: Database,
    *,
    all_labels: bool = False,
    unreviewed: bool = False,
    held_out: bool = False,
) -> Iterator[str]:
    """Each correction as a line of JSON with its line feed.

    Args:
        database: where they are.
        all_labels: also numbers, which ``train --add`` leaves out, and what is not a digit.
        unreviewed: also those that no operator has looked at; never those that were rejected.
        held_out: those that are held out of training, instead of those that may be trained on.
    """
    wanted = Filter() if unreviewed else Filter(state=ACCEPTED)
    for correction in walk(database, replace(wanted, is_held_out=held_out)):
        if correction.state != REJECTED and (all_labels or len(correction.label) == 1):
            yield _line(correction)


def _line(correction: Correction) -> str:
    drawing = correction.drawing
    drawn = {"image": drawing.image} if drawing.image else {"strokes": json.loads(drawing.strokes)}
    facts = {
        "label": correction.label,
        "source": SOURCE,
        "origin": correction.origin,
        "id": correction.id,
        "at": correction.at.isoformat(timespec="seconds"),
        "language": correction.language,
        "state": correction.state,
        "run": correction.run,
        "verdict": correction.verdict,
        "answer": correction.answer,
        "confidence": correction.confidence,
        "mode": drawing.mode,
        **drawn,
    }
    return json.dumps(facts, separators=(",", ":")) + "\n"
