"""The audit log as a page: who did what, filtered, a page at a time."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import gettext

from webapp.accounts.access import operator_only
from webapp.admin.people.actions import name_of
from webapp.admin.tables import PAGE_SIZE, Listing, TableQuery, cut
from webapp.audit.lines import (
    COMMAND_LINE,
    Filter,
    count_lines,
    find_lines,
    known_actions,
    known_people,
)
from webapp.services import services

bp = Blueprint("admin_log", __name__, url_prefix="/admin/people/log")


@bp.get("")
@operator_only
def show_log() -> str:
    """Show the lines that the query string asks for, the newest first."""
    query = TableQuery.read(filters=("person", "action"))
    wanted = Filter(query.filters.get("person", ""), query.filters.get("action", ""), query.text)
    with services().database.reading() as session:
        total = count_lines(session, wanted)
        start, page, pages = cut(total, query.page)
        lines = find_lines(session, wanted, PAGE_SIZE, start)
        people = [(one, _name_of_person(one)) for one in known_people(session) if one]
        actions = [(one, name_of(one)) for one in known_actions(session)]
    return render_template(
        "admin/people/log.html",
        listing=Listing(lines, (), query, total, page, pages),
        people=people,
        actions=actions,
        name_of=name_of,
        name_of_person=_name_of_person,
    )


def _name_of_person(person: str | None) -> str | None:
    return gettext("command line") if person == COMMAND_LINE else person
