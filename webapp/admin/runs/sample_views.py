"""The page that browses the samples of a run; each of its views has an address to send."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from trainer.runs.listing import list_runs
from trainer.runs.samples_file import MOST_MISREAD
from webapp.admin.run_names import named_text
from webapp.admin.runs import wording
from webapp.admin.runs.csv_views import bp
from webapp.admin.runs.messages import run_messages
from webapp.admin.runs.sample_browser import (
    LEAST_SURE,
    ORDERS,
    RIGHT,
    SURELY_WRONG,
    SUREST,
    WRONG,
    Wanted,
    are_the_same_samples,
    find_differences,
    find_samples,
    writers_of,
)
from webapp.admin.runs.samples import sample_sets
from webapp.admin.runs.seen_run import TRAINED, SeenRun, see_run
from webapp.admin.tables import Listing, TableQuery, cut
from webapp.services import services

__all__ = ["bp"]  # with the other pages of this area, which are added to it by then

PAGE_SIZE = 60  # samples
_FILTERS = ("set", "label", "answer", "writer", "reading", "other")


@bp.get("/<name>/browse")
def browse_samples(name: str) -> str:
    """Show the samples that the query string asks for, a page at a time."""
    run = _run(name)
    sets = sample_sets(run)
    query = TableQuery.read(_FILTERS, default_sort=SURELY_WRONG)
    key = query.filters.get("set", "")
    key = key if key in sets else next(iter(sets), "")
    other = _other(run, query.filters.get("other", ""))
    found, trouble = _find(sets.get(key), other, key, query)
    start, page, pages = cut(len(found), query.page, PAGE_SIZE)
    return render_template(
        "admin/runs/browse.html",
        run=run,
        messages=run_messages(),
        other=other,
        chosen=key,
        trouble=trouble,
        listing=Listing(found[start : start + PAGE_SIZE], (), query, len(found), page, pages),
        sets=[(one, wording.set_name(one)) for one in sets],
        writers=[(writer, writer) for writer in writers_of(sets[key])] if key else [],
        others=_others(run),
        most=MOST_MISREAD,
        digits=[(digit, digit) for digit in "0123456789"],
        readings=[(RIGHT, _("right")), (WRONG, _("wrong"))],
        orders=[
            (SURELY_WRONG, _("surest mistakes first")),
            (SUREST, _("surest answers first")),
            (LEAST_SURE, _("least sure first")),
        ],
    )


def _find(one: Any, other: SeenRun | None, key: str, query: TableQuery) -> tuple[Any, str]:
    """Find samples, and say why none could be looked for."""
    if one is None:
        return [], str(_("This run keeps no samples."))
    given = query.filters
    wanted = Wanted(**{field.name: given.get(field.name, "") for field in fields(Wanted)})
    order = query.sort if query.sort in ORDERS else SURELY_WRONG
    if other is None:
        return find_samples(one, wanted, order), ""
    theirs = sample_sets(other).get(key)
    if theirs is None or not are_the_same_samples(one, theirs):
        return [], str(_("%(run)s was not measured on these samples.", run=named_text(other.name)))
    return find_differences(one, theirs, wanted, order), ""


def _other(run: SeenRun, name: str) -> SeenRun | None:
    if not name or name == run.name:
        return None
    return _run(name)


def _others(run: SeenRun) -> list[tuple[str, str]]:
    """List the runs that a run may be compared with, the newest first."""
    lines = reversed(list_runs(services().configuration.models_folder))
    names = [line.name for line in lines if line.status in TRAINED]
    return [(name, named_text(name)) for name in names if name != run.name]


def _run(name: str) -> SeenRun:
    return see_run(services().configuration.models_folder, name)
