"""Corrections reviewed with keys alone, without the page being loaded anew."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin_server import AdminServer

OpenPage = Callable[..., Page]
SEVEN = {"x": [52, 80, 110, 140, 170, 198, 190, 178], "y": [60, 58, 57, 57, 58, 60, 82, 108]}


@pytest.fixture
def cards(open_admin_page: OpenPage, admin_server: AdminServer) -> Page:
    """The page with four corrections that wait, newest first: 3, 2, 1, 0."""
    for label in "0123":
        body = json.dumps({"strokes": [SEVEN], "label": label}).encode()
        request = urllib.request.Request(
            f"{admin_server.address}/api/v1/corrections", body, {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request).close()
    return open_admin_page("/admin/corrections?state=waiting")


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
