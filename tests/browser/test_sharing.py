"""The address of a page, or of a part of it, goes to the device's own sheet or to the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from ..sampling import first_of

if TYPE_CHECKING:
    from .conftest import NewPage

SHEET = "navigator.share = (shared) => { window.shared = shared; return Promise.resolve(); }"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def _copied(page: Page) -> str:
    expect(page.get_by_text("Link copied.")).to_be_visible()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.mark.parametrize("width", first_of([360, 1280]))
def test_the_mark_at_a_heading_copies_the_address_of_its_part(
    new_page: NewPage, site_url: str, width: int
) -> None:
    page = new_page(width, **CLIPBOARD)
    # What somebody has searched for, or was shown by another page, is nobody else's business.
    page.goto(f"{site_url}symptoms/?h=numb+legs#:~:text=numb")
    link = page.locator("h2#pain .headerlink")
    expect(link).to_have_attribute("title", "Copy a link to this part")
    link.click()
    assert _copied(page) == f"{site_url}symptoms/#pain"
    assert "#pain" not in page.url, "the page stays where it is"


def test_by_keyboard_the_way_to_the_address_of_a_part_is_the_list_of_contents(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(**CLIPBOARD)
    page.goto(f"{site_url}symptoms/")
    contents = page.get_by_role("navigation", name="Table of contents")
    contents.get_by_role("link", name="Pain").press("Enter")
    page.get_by_role("button", name="Copy link").press("Enter")
    assert _copied(page) == f"{site_url}symptoms/#pain"


def test_without_scripts_the_mark_is_a_link(new_page: NewPage, site_url: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{site_url}symptoms/")
    link = page.locator("h2#pain .headerlink")
    expect(link).to_have_attribute("title", "Link to this part")
    link.click()
    assert page.url == f"{site_url}symptoms/#pain"
    for name in ("Listen", "Share", "Copy link"):
        assert page.get_by_role("button", name=name).count() == 0


def test_share_opens_the_sheet_of_the_device(new_page: NewPage, site_url: str) -> None:
    page = new_page()
    page.add_init_script(SHEET)
    page.goto(f"{site_url}symptoms/?h=numb#pain")
    page.get_by_role("button", name="Share").click()
    assert page.get_by_role("button", name="Copy link").count() == 0
    shared = page.evaluate("shared")
    assert shared == {"title": page.title(), "url": f"{site_url}symptoms/#pain"}


def test_where_there_is_no_sheet_the_link_is_copied(new_page: NewPage, site_url: str) -> None:
    page = new_page(**CLIPBOARD)
    page.goto(f"{site_url}symptoms/")
    page.get_by_role("button", name="Copy link").click()
    assert _copied(page) == f"{site_url}symptoms/"
    status = page.get_by_role("status").filter(has_text="Link copied.")
    expect(status).to_have_count(1)
    expect(page.get_by_text("Link copied.")).to_be_hidden()
