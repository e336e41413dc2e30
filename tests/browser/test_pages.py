"""Pages of the guide in a real browser: can everyone see, reach and read them?

`make test` looks at pages of a few kinds, `make test-all` at every page. Pages are found by looking
for them, so that a new page is covered by being there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag

import pytest

from ..sampling import first_of
from .conftest import KINDS, SETTLED, NewPage, summed_up
from .crawl import SMALL_TARGETS, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


# So many tests share the pages of the guide, and the processes that run them.
SHARES = 8


# A page is opened once and then shown at each width and in each look: about two seconds.
@pytest.mark.parametrize("names", first_of(KINDS))
def test_a_page_of_each_kind_can_be_seen_read_and_reached_by_everybody(
    new_page: NewPage, site_url: str, names: list[str]
) -> None:
    visitor = Visitor(new_page, thorough=False)
    found = [fault for name in names for fault in visitor.faults_of(site_url + name)]
    assert not found, summed_up(found)


@pytest.mark.exhaustive
def test_the_list_of_sources_in_one_piece_can_be_seen_read_and_reached_by_everybody(
    new_page: NewPage, few_url: str
) -> None:
    found = list(Visitor(new_page, thorough=False).faults_of(f"{few_url}references/"))
    assert not found, summed_up(found)


@pytest.mark.exhaustive
@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_can_be_seen_read_and_reached_by_everybody(
    new_page: NewPage, page_urls: list[str], share: int
) -> None:
    visitor = Visitor(new_page, thorough=True)
    found = [fault for url in page_urls[share::SHARES] for fault in visitor.faults_of(url)]
    assert not found, summed_up(found)


def test_the_list_of_pages_has_large_targets_on_a_phone(new_page: NewPage, site_url: str) -> None:
    page = new_page(375, has_touch=True)
    page.goto(site_url)
    page.locator("header button[data-cs-opens=__drawer]").click()
    page.evaluate(SETTLED)
    small = page.evaluate(SMALL_TARGETS, [".md-nav--primary a, .md-nav--primary label", 24])
    assert not small, "\n".join(small)


def test_the_warning_signs_are_one_press_away(new_page: NewPage, site_url: str) -> None:
    page = new_page(320, 640)
    page.goto(f"{site_url}glossary/")
    alarm = page.locator("a.cs-alarm")
    assert "Warning signs" in alarm.inner_text()
    alarm.click()
    assert urldefrag(page.url).url.endswith("/warning-signs/")
    box = page.locator(".admonition.danger").first.bounding_box()
    assert box
    assert box["y"] < 400, "the signs themselves are not in sight"


def test_the_page_for_an_address_without_one_helps(browser: Browser, site_url: str) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 800})
    answer = page.goto(f"{site_url}no/such/page/")
    assert answer
    assert answer.status == 404
    assert page.locator("h1").count() == 1
    assert page.locator("a.cs-alarm").is_visible()
    hrefs = page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
    here = {urldefrag(href).url for href in hrefs if href.startswith(site_url)}
    assert site_url in {urldefrag(href).url for href in _hrefs(page, "main a[href]")}
    for href in sorted(here - {page.url}):
        assert page.request.head(href).ok, href
    styles = _hrefs(page, "link[rel=stylesheet]")
    assert styles
    assert all(page.request.get(href).ok for href in styles)
    page.close()


def _hrefs(page: Page, selector: str) -> list[str]:
    found: list[str] = page.locator(selector).evaluate_all("all => all.map(each => each.href)")
    return found
