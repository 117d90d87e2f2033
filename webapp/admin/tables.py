"""Long tables: rows searched, filtered, sorted and cut into pages by the address's query.

Everything works without JavaScript and every view of a table has an address. What it looks like
stands in templates/admin/table.html.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from unicodedata import normalize

from flask import request, url_for

from webapp.pages.numbers import read_number

Row = TypeVar("Row")
Kind = TypeVar("Kind")
PAGE_SIZE = 50


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column that rows can be sorted by.

    Attributes:
        key: its name in the address.
        label: its heading, translated.
        value: what of a row is sorted by: numbers or texts; None is always last.
        is_number: whether it is aligned to the right, and sorted downwards at first.
    """

    key: str
    label: str
    value: Callable[[Row], Any]
    is_number: bool = False


@dataclass(frozen=True)
class TableQuery:
    """What the address asks for.

    Attributes:
        text: to be searched for; empty for everything.
        sort: key of a column, empty for the default order.
        is_descending: whether the largest comes first.
        page: from 1.
        filters: name of a filter -> its value; only those that are set.
    """

    text: str = ""
    sort: str = ""
    is_descending: bool = False
    page: int = 1
    filters: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, filters: Iterable[str] = (), default_sort: str = "") -> TableQuery:
        """Read the query of the present request; whatever makes no sense there means the default.

        Args:
            filters: names that the page has filters of.
            default_sort: as in the address: a column's key, with ``-`` before it for downwards.
        """
        # PostgreSQL knows no text with a NUL in it.
        args = {name: value.replace("\0", "") for name, value in request.args.items()}
        sort = args.get("sort") or default_sort
        return cls(
            text=normalize("NFC", args.get("q", "").strip()[:200]),
            sort=sort.removeprefix("-"),
            is_descending=sort.startswith("-"),
            page=read_number(args.get("page"), default=1),
            filters={name: args[name] for name in filters if args.get(name)},
        )


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """One page of a table, and the addresses of its other views.

    Attributes:
        rows: of this page.
        columns: of the table.
        query: as asked for.
        total: rows on all pages.
        page, pages: this one, from 1, and how many there are.
    """

    rows: Sequence[Row]
    columns: Sequence[Column[Any]]
    query: TableQuery
    total: int
    page: int
    pages: int

    def address(self, **changes: object) -> str:
        """Make the address of the same table with other ``q``, ``sort``, ``page`` or filters."""
        query = self.query
        sort = ("-" if query.is_descending else "") + query.sort
        kept = {"q": query.text, "sort": sort, **query.filters, **changes}
        given = {name: value for name, value in kept.items() if value not in ("", None)}
        return url_for(str(request.endpoint), **{**(request.view_args or {}), **given})

    def sort_address(self, column: Column[Any]) -> str:
        """Make the address of the table sorted by a column; once more turns the order round."""
        is_same = self.query.sort == column.key
        is_descending = not self.query.is_descending if is_same else column.is_number
        return self.address(sort=("-" if is_descending else "") + column.key)

    def order(self, column: Column[Any]) -> str | None:
        """Tell ``aria-sort`` of a column's heading; None where the table is not sorted by it."""
        if self.query.sort != column.key:
            return None
        return "descending" if self.query.is_descending else "ascending"


def list_rows(
    rows: Sequence[Row],
    columns: Sequence[Column[Row]],
    query: TableQuery,
    *,
    searched: Callable[[Row], str],
    page_size: int = PAGE_SIZE,
) -> Listing[Row]:
    """Search, sort and cut rows that are all in memory.

    Args:
        rows: all, already filtered, in the order that those alike keep.
        columns: of the table.
        query: as asked for.
        searched: the text of a row that is searched, for every word of the query.
        page_size: rows on a page.
    """
    words = query.text.casefold().split()
    found = [row for row in rows if all(word in searched(row).casefold() for word in words)]
    chosen = [column for column in columns if column.key == query.sort]
    if chosen:
        found = _sorted(found, chosen[0].value, query.is_descending)
    start, page, pages = cut(len(found), query.page, page_size)
    return Listing(found[start : start + page_size], columns, query, len(found), page, pages)


def cut(total: int, page: int, page_size: int = PAGE_SIZE) -> tuple[int, int, int]:
    """Tell where a page begins, which one it is (the nearest there is), and how many there are.

    Args:
        total: rows that there are.
        page: as asked for, from 1; may lie anywhere.
        page_size: rows of a page.
    """
    pages = max(1, math.ceil(total / page_size))
    page = min(max(page, 1), pages)
    return (page - 1) * page_size, page, pages


def _sorted(rows: list[Row], value: Callable[[Row], Any], is_descending: bool) -> list[Row]:
    known = [row for row in rows if value(row) is not None]
    unknown = [row for row in rows if value(row) is None]
    return sorted(known, key=value, reverse=is_descending) + unknown
