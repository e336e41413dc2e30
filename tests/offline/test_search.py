"""The search of the copy finds what the site's finds: from files, without a network.

A test opens pages in a browser, which takes a second or more.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..searching import SIGNS, ask, missed, open_search, queries
from .conftest import watched_copies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    """A page on which somebody has gone to the search, for as many queries as there are."""
    with watched_copies(browser, folder) as make:
        page = make()
        address = (folder / "tests/index.html").as_uri()
        page.goto(address)
        open_search(page)
        yield page
        assert page.url == address


def test_what_readers_type_leads_to_its_page(page: Page) -> None:
    # Every fifth: the site's search is asked all of them by `make test-all`, in the same index.
    wanted = queries("readers")[::5]
    lost = missed(page, wanted)
    assert len(lost) <= 0.05 * len(wanted), "\n".join(lost)


def test_signs_of_an_emergency_put_the_warning_signs_first(page: Page) -> None:
    urgent = [query for query, _ in queries("urgent")]
    first = {query: answer["pages"][:1] for query, answer in ask(page, urgent).items()}
    assert {query: pages for query, pages in first.items() if pages != [SIGNS]} == {}


def test_how_a_query_was_read_is_said_and_where_to_look_instead(page: Page) -> None:
    assert "dexamethasone" in ask(page, ["dexamethazone"])["dexamethazone"]["note"]
    assert "999" in ask(page, ["olaparib"])["olaparib"]["note"]
    hrefs = page.locator(".cs-found li a").evaluate_all("all => all.map(link => link.href)")
    assert len(hrefs) == 3
    assert all(Path(href.removeprefix("file://")).name == "index.html" for href in hrefs)
