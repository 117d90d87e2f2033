"""The page of the corrections: the drawings, filtered, with what was answered and what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, render_template, request

from recognizer.errors import NoModelError
from webapp.accounts.audit import record
from webapp.admin.corrections import wording
from webapp.admin.corrections.messages import review_messages
from webapp.admin.corrections.picture import SIDE, paths
from webapp.admin.corrections.summary import summarise
from webapp.admin.run_names import named_text
from webapp.admin.tables import Listing, TableQuery, cut
from webapp.corrections.export import lines
from webapp.corrections.finding import (
    KINDS,
    ORDERS,
    READINGS,
    Filter,
    count,
    count_all,
    find,
    find_one,
)
from webapp.corrections.keeping import taken_places
from webapp.corrections.offer import corrections_are_taken
from webapp.corrections.tables import ORIGINS, STATES
from webapp.services import services

CARDS = 24  # on a page
_CHOICES = {
    "state": STATES, "label": KINDS, "answer": KINDS, "reading": READINGS, "origin": ORIGINS,
}  # fmt: skip
_NAME = re.compile(r"[0-9A-Za-z._-]{1,128}")  # a run's or a verdict's
_FILTERS = (*_CHOICES, "run", "verdict", "since", "until")

bp = Blueprint("admin_corrections", __name__, url_prefix="/admin/corrections")


@bp.get("")
def show_corrections() -> str:
    """Show the corrections that the query string asks for, and the counts of all."""
    query = TableQuery.read(filters=_FILTERS, default_sort=ORDERS[0])
    wanted = replace(read_filter(query), current=current_run())
    with services().database.reading() as session:
        summary = summarise(count_all(session, wanted.current))
        taken = taken_places(session)
        total = count(session, wanted)
        start, page, pages = cut(total, query.page, CARDS)
        found = find(session, wanted, query.sort, CARDS, start)
    return render_template(
        "admin/corrections/corrections.html",
        listing=Listing(found, (), query, total, page, pages),
        summary=summary,
        runs=[(row.key, named_text(row.key)) for row in summary.by_run if row.key],
        current=wanted.current,
        is_taken=corrections_are_taken(),
        is_full=taken >= services().configuration.corrections_most,
        messages=review_messages(),
        most=CARDS,
        wording=wording,
        paths=paths,
        side=SIDE,
    )


@bp.get("/cards")
def show_cards() -> str:
    """Show the cards of the address's corrections, and what was just said about them."""
    ids, current = request.args.getlist("id")[:CARDS], current_run()
    with services().database.reading() as session:
        found = [find_one(session, correction_id, current) for correction_id in ids]
    return render_template(
        "admin/corrections/cards.html",
        corrections=[correction for correction in found if correction],
        wording=wording,
        paths=paths,
        side=SIDE,
    )


@bp.get("/corrections.jsonl")
def send_export() -> Response:
    """The accepted corrections as JSON lines, as the command line writes them."""
    wanted = {"all_labels": request.args.get("labels") == "all"}
    record("correction.export", "corrections.jsonl", **wanted)
    response = Response(
        _encoded(lines(services().database, **wanted)),
        mimetype="application/jsonl",
    )
    response.headers["Content-Disposition"] = 'attachment; filename="corrections.jsonl"'
    return response


def read_filter(query: TableQuery) -> Filter:
    """Read the filters of an address; a value that makes no sense means any."""
    given = query.filters
    chosen = {name: given[name] for name in _CHOICES if given.get(name) in _CHOICES[name]}
    named = {name: given[name] for name in ("run", "verdict") if _is_name(given.get(name, ""))}
    return Filter(
        state=chosen.get("state", ""),
        label=chosen.get("label", ""),
        answer=chosen.get("answer", ""),
        reading=chosen.get("reading", ""),
        origin=chosen.get("origin", ""),
        run=named.get("run", ""),
        verdict=named.get("verdict", ""),
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
    )


def current_run() -> str:
    """The name of the run that answers; empty where there is none."""
    try:
        return services().registry.current().name
    except NoModelError:
        return ""


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _encoded(texts: Iterator[str]) -> Iterator[bytes]:
    for text in texts:
        yield text.encode()
