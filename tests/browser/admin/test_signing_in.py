"""The way in and out, the pages about people, and who may not see them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.admin_server import PASSWORDS, AdminServer, sign_in
from tests.browser.barriers import barriers
from tests.browser.watch import Watch

OpenPage = Callable[..., Page]
PAGES = ["/admin/people", "/admin/people/log", "/admin/account", "/admin/nowhere"]


def test_one_signs_in_with_the_keyboard_and_gets_where_one_wanted(
    open_admin_page: OpenPage, admin_watch: Watch
) -> None:
    admin_watch.expect("401")
    page = open_admin_page("/admin/account", name=None)
    expect(page.get_by_label("Name")).to_be_focused()

    page.keyboard.type("viewer")
    page.keyboard.press("Tab")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The name or the password is not right.")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORDS["viewer"])
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_somebody_is_let_in_by_a_link_and_removed_again(
    open_admin_page: OpenPage, admin_server: AdminServer
) -> None:
    page = open_admin_page("/admin/people")
    page.get_by_label("Name").fill("Trần.Bình")
    page.get_by_role("button", name="Add").click()
    link = page.get_by_label("Link").input_value()
    guest = open_admin_page(link, name=None, has_charts=False)
    guest.get_by_label("Password, at least 12 characters").fill("a long password")
    guest.get_by_label("The same password again").fill("a long password")
    guest.get_by_role("button", name="Save and sign in").click()
    expect(guest.locator(".admin-person")).to_contain_text("trần.bình")

    page.get_by_role("link", name="Back to the users").click()
    page.get_by_label("Remove trần.bình…").click()
    page.get_by_role("button", name="Yes, remove trần.bình").click()

    expect(page.get_by_role("status")).to_have_text("trần.bình was removed.")
    guest.goto("/admin/account")
    expect(guest.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto("/admin/people/log?q=trần")
    expect(page.locator("tbody tr")).to_have_count(3)


def test_a_viewer_finds_no_way_to_what_only_operators_do(
    open_admin_page: OpenPage, admin_watch: Watch
) -> None:
    admin_watch.expect("403")
    page = open_admin_page("/admin/account", name="viewer")

    expect(page.locator(".admin-nav")).not_to_contain_text("People")
    page.goto("/admin/people")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not allowed")


def test_the_pages_have_no_barrier(open_admin_page: OpenPage, admin_watch: Watch) -> None:
    admin_watch.expect("404")
    page = open_admin_page("/sign-in", name=None, viewport={"width": 390, "height": 850})
    found = {"/sign-in": barriers(page)}

    sign_in(page.context)
    for path in PAGES:
        page.goto(path)
        found[path] = barriers(page)

    assert found == {path: [] for path in found}
