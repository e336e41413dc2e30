"""The newest axe finds nothing: all its rules for WCAG 2.2 A and AA, and its best practices.

test_pages.py looks with axe at what a page is at each width and in each look, with the version that
comes with a package of Python; here pages are as they open, on a desk and on a phone.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from ..checkers import AXE, installed
from ..sampling import first_of
from .conftest import NewPage, summed_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

RUN_AXE = """axe.run({
    resultTypes: ["violations"],
    preload: false,
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    // These belong to WCAG 2.2 A and AA and are off until asked for.
    rules: {"label-content-name-mismatch": {enabled: true}, "target-size": {enabled: true}},
})"""
SHARES = 4


def _faults(page: Page, urls: list[str]) -> Iterator[tuple[str, str]]:
    for url in urls:
        page.goto(url)
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 800})
            for rule in page.evaluate(RUN_AXE)["violations"]:
                for node in rule["nodes"]:
                    yield url, f"{width} pixels: {rule['id']}: {node['html'][:200]}"


@pytest.mark.parametrize("name", first_of(["symptoms/", "", "compare/"]))
def test_axe_finds_nothing(new_page: NewPage, site_url: str, name: str) -> None:
    page = new_page()
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.add_init_script(axe)
    found = list(_faults(page, [site_url + name]))
    assert not found, summed_up(found)


@pytest.mark.exhaustive
@pytest.mark.parametrize("share", range(SHARES))
def test_the_newest_axe_finds_nothing_on_any_page(
    new_page: NewPage, page_urls: list[str], share: int
) -> None:
    page = new_page()
    page.add_init_script(installed(AXE).read_text("utf-8"))
    found = list(_faults(page, page_urls[share::SHARES]))
    assert not found, summed_up(found)
