"""The guide in a browser, with the headers that a host sends: nothing that readers use is lost.

A test opens pages in a browser, which takes a second or more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from bench.serving.nginx import Served

    from .conftest import NewPage


@pytest.fixture(scope="module")
def site_url(deployed: Served) -> str:
    """The address of the guide, served by nginx as it is deployed."""
    return deployed.address


def test_pages_for_readers_open_without_an_error(
    new_page: NewPage, site_url: str, built_guide: Path
) -> None:
    page = new_page()
    names = [path.parent.name for path in sorted((built_guide / "site").glob("*/index.html"))]
    # All have the same headers; what they are is asked of each file in tests/hosting.
    for name in ("", "alert-card", *names[::20]):
        answer = page.goto(f"{site_url}{name}")
        assert answer
        assert answer.status == 200
        assert "frame-ancestors" in answer.headers["content-security-policy"]


def test_the_search_finds_and_leads_on(new_page: NewPage, site_url: str) -> None:
    page = new_page()
    page.goto(site_url)
    field = page.locator("[data-md-component=search-query]")
    field.fill("vertebroplasty")
    # The search looks when a key is pressed.
    field.press("End")
    result = page.locator(".md-search-result__link").first
    result.wait_for()
    result.click()
    page.wait_for_url("**/cement/")
    assert page.locator("article h1").is_visible()


def test_a_citation_and_a_term_open(new_page: NewPage, site_url: str) -> None:
    page = new_page()
    page.goto(f"{site_url}symptoms/")
    for link in (".cs-citation a", "a.cs-term"):
        page.locator(f"article {link}").first.click()
        page.locator(".cs-panel:popover-open").wait_for()
        page.keyboard.press("Escape")


def test_the_alert_card_can_be_filled_in(new_page: NewPage, site_url: str) -> None:
    page = new_page()
    page.goto(f"{site_url}alert-card/")
    box = page.locator(".cs-typing textarea").last
    box.fill("01234 567 899")
    assert box.input_value() == "01234 567 899"


def test_no_page_of_another_site_can_show_the_guide_as_its_own(
    browser: Browser, site_url: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda each: said.append(each.text))
    page.set_content(f'<iframe src="{site_url}tests/"></iframe>')
    page.wait_for_load_state("networkidle")
    assert page.frames[1].url.startswith("chrome-error:")
    assert "frame-ancestors 'none'" in " ".join(said)
    context.close()
