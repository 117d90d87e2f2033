"""Corrections reviewed with keys alone, without the page being loaded anew."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin_server import AdminServer, forget_corrections
from tests.browser.barriers import barriers
from webapp.configuration import read_configuration
from webapp.corrections.keeping import Kept, keep, take_back
from webapp.corrections.reading import parse_correction
from webapp.storage.database import Database

OpenPage = Callable[..., Page]
SEVEN = {"x": [52, 80, 110, 140, 170, 198, 190, 178], "y": [60, 58, 57, 57, 58, 60, 82, 108]}


@pytest.fixture(scope="module", autouse=True)
def _nothing_waits(admin_server: AdminServer) -> None:
    forget_corrections(admin_server)


@pytest.fixture
def cards(open_admin_page: OpenPage, admin_server: AdminServer) -> Page:
    """The page with four corrections that wait, newest first: 3, 2, 1, 0."""
    for label in "0123":
        correct(admin_server, label)
    return open_admin_page("/admin/corrections?state=waiting")


def correct(server: AdminServer, label: str) -> None:
    """Somebody corrects an answer."""
    body = json.dumps({"strokes": [SEVEN], "label": label}).encode()
    request = urllib.request.Request(
        f"{server.address}/api/v1/corrections", body, {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request).close()


def test_keys_accept_reject_relabel_move_and_undo(cards: Page) -> None:
    cards.evaluate("window.isTheSame = true")
    card = cards.locator(".card")
    cards.get_by_role("link", name="Review with the keyboard").press("Enter")
    expect(card.nth(0)).to_be_focused()

    cards.keyboard.press("a")
    expect(card.nth(0)).to_have_attribute("data-state", "accepted")
    expect(card.nth(1)).to_be_focused()
    cards.keyboard.press("r")
    expect(card.nth(1)).to_have_attribute("data-state", "rejected")
    expect(card.nth(2)).to_be_focused()
    cards.keyboard.press("8")
    expect(card.nth(2)).to_have_attribute("data-label", "8")
    cards.keyboard.press("n")
    expect(card.nth(3)).to_have_attribute("data-label", "")
    expect(cards.get_by_role("status")).to_contain_text("Accepted as not a digit")
    cards.keyboard.press("u")
    expect(card.nth(3)).to_have_attribute("data-label", "0")
    expect(card.nth(3)).to_have_attribute("data-state", "waiting")
    cards.keyboard.press("Control+z")
    expect(card.nth(2)).to_have_attribute("data-label", "1")
    cards.keyboard.press("ArrowLeft")
    expect(card.nth(1)).to_be_focused()
    cards.keyboard.press("Home")
    expect(card.nth(0)).to_be_focused()

    assert cards.evaluate("window.isTheSame")
    cards.reload()
    expect(card).to_have_count(2)


def test_a_button_needs_no_reload_and_keeps_the_place(cards: Page) -> None:
    cards.evaluate("window.isTheSame = true")
    card = cards.locator(".card")

    card.nth(1).get_by_role("button", name="Accept as 2").click()

    expect(card.nth(1)).to_have_attribute("data-state", "accepted")
    expect(card.nth(2)).to_be_focused()
    assert cards.evaluate("window.isTheSame")


def test_digits_typed_into_a_field_stay_there(cards: Page) -> None:
    card = cards.locator(".card").nth(0)
    card.locator("summary").click()

    card.get_by_label("What it is, in digits").press_sequentially("42")

    expect(card).to_have_attribute("data-state", "waiting")
    card.get_by_role("button", name="Accept as this").click()
    expect(cards.locator(".card").nth(0)).to_have_attribute("data-label", "42")


def test_several_of_one_kind_are_decided_and_taken_back_at_once(
    open_admin_page: OpenPage, admin_server: AdminServer
) -> None:
    for label in ("55", "66", "55", "55"):  # of a kind that no other test leaves waiting
        correct(admin_server, label)
    page = open_admin_page("/admin/corrections?state=waiting&label=number")
    page.evaluate("window.isTheSame = true")
    card = page.locator(".card")
    card.nth(0).focus()

    page.keyboard.press("s")
    expect(page.locator(".card :checked")).to_have_count(3)
    expect(page.locator("#review-news")).to_have_text("Chosen: 3.")
    page.keyboard.press("a")
    expect(page.locator(".card[data-state=accepted]")).to_have_count(3)
    expect(card.nth(2)).to_be_focused()  # the one that still waits
    page.keyboard.press("u")
    expect(page.locator(".card[data-state=accepted]")).to_have_count(0)
    page.get_by_role("button", name="Choose all of this kind").click()
    page.get_by_role("button", name="Reject the chosen").click()
    expect(page.locator(".card[data-state=rejected]")).to_have_count(3)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".card[data-state=waiting]")).to_have_count(4)

    assert page.evaluate("window.isTheSame")
    assert barriers(page) == []


def test_behind_the_last_drawing_come_those_that_arrived_meanwhile(
    cards: Page, admin_server: AdminServer
) -> None:
    card = cards.locator(".card")
    number = card.count()
    correct(admin_server, "9")

    cards.locator(".card").first.focus()
    cards.keyboard.press("End")
    cards.keyboard.press("a")

    expect(card).to_have_count(number + 1)
    expect(card.last).to_be_focused()
    cards.keyboard.press("r")
    expect(cards.locator("#review-news")).to_contain_text("That was the last drawing.")


def test_more_than_a_page_is_decided_at_once_and_what_was_taken_back_meanwhile_goes(
    open_admin_page: OpenPage, admin_server: AdminServer
) -> None:
    database = Database(read_configuration(admin_server.environment).database_address)
    body = json.dumps({"strokes": [SEVEN], "label": "88"}).encode()
    kept: list[Kept] = [keep(database, parse_correction(body), "en", 1_000) for _ in range(26)]
    page = open_admin_page("/admin/corrections?state=waiting&label=number&sort=oldest")
    card = page.locator(".card")
    card.nth(23).focus()
    for further in (24, 25):  # behind the last, one more comes
        page.keyboard.press("r")
        expect(card.nth(further)).to_be_focused()
    gone = page.locator(f"#c-{kept[5].id}")
    take_back(database, kept[5].id, kept[5].token)
    database.close()

    gone.focus()
    page.keyboard.press("a")
    expect(page.locator("#review-news")).to_contain_text("not there any more")
    expect(gone).to_have_count(0)
    page.locator("#choose-all").click()
    page.get_by_role("button", name="Accept the chosen").click()

    expect(page.locator(".card[data-state=accepted]")).to_have_count(25)  # of 26, one is gone
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".card[data-state=accepted]")).to_have_count(0)
    page.locator("#choose-all").click()
    page.get_by_role("button", name="Accept the chosen").click()
    expect(page.locator(".card:not([data-state=accepted])")).to_have_count(0)


def test_single_keys_are_shown_and_can_be_turned_off_for_good(cards: Page) -> None:
    expect(cards.locator("#keys kbd").first).to_have_text("A")
    cards.get_by_label("Single keys act as shortcuts").uncheck()
    cards.reload()
    card = cards.locator(".card").first

    card.focus()
    cards.keyboard.press("a")
    cards.keyboard.press("ArrowRight")

    expect(cards.locator(".card").nth(1)).to_be_focused()
    expect(card).to_have_attribute("data-state", "waiting")


def test_without_javascript_the_forms_decide(
    open_admin_page: OpenPage, admin_server: AdminServer
) -> None:
    correct(admin_server, "77")
    page = open_admin_page("/admin/corrections?label=number", java_script_enabled=False)
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()

    page.locator(".card .pick input").first.check()
    page.get_by_role("button", name="Accept the chosen").click()

    expect(page.locator(".card").first).to_have_attribute("data-state", "accepted")
