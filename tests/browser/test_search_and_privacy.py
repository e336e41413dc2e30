"""The search finds what a reader calls it, and the guide keeps nothing of what a reader does.

A test opens pages in a browser, which takes a second or more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from ..sampling import first_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .conftest import NewPage

FIELD = "input[name=query]"
RESULTS = ".md-search-result__link"
# What a reader may call it, who has it from a friend or from a letter of the hospital.
NAMES = {
    "/radiation/": ["radiation", "radiotherapy"],
    "/warning-signs/": ["MSCC", "spinal cord compression", "pressure on the spinal cord"],
}


def _search(page: Page, words: str) -> list[str]:
    """Type into the search as a reader does; return the first five pages that it offers."""
    field = page.locator(FIELD)
    if not field.is_visible():
        page.locator("header button[data-cs-opens=__search]").click()
    field.fill("")
    # What an earlier search has found goes away.
    page.locator(RESULTS).first.wait_for(state="detached")
    # At once, so that what is read is what was found for all of it; a key makes the search look.
    field.fill(words)
    field.press("End")
    page.locator(RESULTS).first.wait_for()
    paths = page.locator(RESULTS).evaluate_all("all => all.map(link => link.pathname)")
    return list(dict.fromkeys(paths))[:5]


@pytest.mark.parametrize("width", first_of([375, 1280]))
def test_pages_are_found_by_their_plain_and_by_their_medical_words(
    new_page: NewPage, site_url: str, width: int
) -> None:
    page = new_page(width)
    page.goto(f"{site_url}tests/")
    missed = [
        (words, wanted, found)
        for wanted, names in NAMES.items()
        for words in names
        if wanted not in (found := _search(page, words))
    ]
    assert not missed


def test_what_the_search_looks_in_comes_when_somebody_searches(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(375)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_url, wait_until="networkidle")
    search = f"{site_url}search/"
    assert not [url for url in asked if url.startswith(search)]
    assert _search(page, "dexamethazone")[0] == "/steroids/"
    # What is said of a query comes from the worker as well.
    assert "dexamethasone" in page.locator(".cs-found").inner_text()
    (index, worker) = sorted(url for url in asked if url.startswith(search))
    assert index == f"{search}search_index.json"
    assert re.fullmatch(rf"{search}worker\.[0-9a-f]{{8}}\.js", worker)


def test_a_result_can_be_opened_by_keyboard(new_page: NewPage, site_url: str) -> None:
    page = new_page(1280)
    page.goto(site_url)
    first = _search(page, "radiotherapy")[0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == first)


def test_the_guide_keeps_nothing_but_the_look(new_page: NewPage, site_url: str) -> None:
    page = new_page(1280)
    page.goto(f"{site_url}warning-signs/")
    page.locator("a.cs-term").first.hover()
    page.locator(".cs-citation a").first.click()
    page.keyboard.press("Escape")
    page.goto(site_url)
    _search(page, "pain at night")
    page.keyboard.press("Escape")
    dark = page.locator("body[data-md-color-scheme=slate]")
    for _ in range(3):
        if not dark.count():
            page.locator("header label[for^=__palette]:visible").click()
    assert dark.count() == 1
    page.reload()
    # The look is kept ...
    assert dark.count() == 1
    kept = page.evaluate("""async () => ({
        local: Object.keys(localStorage).filter(key => !key.endsWith(".__palette")),
        session: Object.keys(sessionStorage),
        databases: (await indexedDB.databases()).map(each => each.name),
        caches: await caches.keys(),
        workers: (await navigator.serviceWorker.getRegistrations()).length,
    })""")
    # ... and nothing else.
    assert kept == {"local": [], "session": [], "databases": [], "caches": [], "workers": 0}
    assert page.context.cookies() == []
