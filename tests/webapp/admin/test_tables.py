from __future__ import annotations

from flask import Flask

from webapp.admin.tables import Column, Listing, TableQuery, cut, list_rows

ROWS = [("b", 2), ("a", None), ("c", 10)]
COLUMNS = [
    Column[tuple[str, int | None]]("name", "Name", lambda row: row[0]),
    Column[tuple[str, int | None]]("size", "Size", lambda row: row[1], is_number=True),
]


def listed(address: str, page_size: int = 50) -> Listing[tuple[str, int | None]]:
    """The rows as a page at this address lists them."""
    query = TableQuery.read(("kind",))
    return list_rows(ROWS, COLUMNS, query, searched=lambda row: row[0], page_size=page_size)


def app() -> Flask:
    made = Flask(__name__)
    made.add_url_rule("/things/<place>", "things", lambda place: "")
    return made


def test_rows_are_sorted_both_ways_and_what_is_unknown_is_last() -> None:
    with app().test_request_context("/things/here?sort=size"):
        upwards = [row[0] for row in listed("").rows]
    with app().test_request_context("/things/here?sort=-size"):
        downwards = [row[0] for row in listed("").rows]

    assert (upwards, downwards) == (["b", "c", "a"], ["c", "b", "a"])


def test_a_heading_turns_the_order_round_and_keeps_the_rest() -> None:
    with app().test_request_context("/things/here?sort=-size&q=b&kind=x&page=1"):
        listing = listed("")

        assert listing.sort_address(COLUMNS[1]) == "/things/here?q=b&sort=size&kind=x"
        assert listing.sort_address(COLUMNS[0]) == "/things/here?q=b&sort=name&kind=x"
        assert [listing.order(column) for column in COLUMNS] == [None, "descending"]


def test_a_number_is_sorted_downwards_first() -> None:
    with app().test_request_context("/things/here"):
        assert listed("").sort_address(COLUMNS[1]) == "/things/here?sort=-size"


def test_a_page_behind_the_last_is_the_last() -> None:
    with app().test_request_context("/things/here?page=7"):
        listing = listed("", page_size=2)

        assert (listing.page, listing.pages, len(listing.rows)) == (2, 2, 1)
        assert listing.address(page=1) == "/things/here?page=1"
    assert cut(0, 3) == (0, 1, 1)
