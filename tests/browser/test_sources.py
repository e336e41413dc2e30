"""The marks of citations and the list of a page's sources, which panels are not needed for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from .panels import NUMBER, page_with, panel_of

if TYPE_CHECKING:
    from .conftest import NewPage


def test_readers_switch_the_numbers_off_and_on(new_page: NewPage, site_url: str) -> None:
    page, mark = page_with(new_page(), site_url, NUMBER)
    mark.click()
    in_panel = panel_of(page, mark).get_by_role("switch", name="Show source numbers")
    expect(in_panel).to_be_checked()
    in_panel.uncheck()
    expect(mark).to_be_hidden()
    page.goto(f"{site_url}radiation/")
    expect(page.locator(NUMBER).first).to_be_hidden()
    # On paper they stay.
    page.emulate_media(media="print")
    expect(page.locator(NUMBER).first).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("switch", name="Show source numbers").check()
    expect(page.locator(NUMBER).first).to_be_visible()
    assert page.evaluate("localStorage.getItem('source-numbers')") is None


def test_the_sources_are_folded_until_something_leads_into_them(
    new_page: NewPage, site_url: str
) -> None:
    for options in ({}, {"java_script_enabled": False}):
        page, mark = page_with(new_page(**options), site_url, NUMBER)
        target = str(mark.get_attribute("href"))
        entry = page.locator(target)
        expect(entry).to_be_hidden()
        page.goto(f"{page.url}{target}")
        expect(entry).to_be_in_viewport()
    page = new_page()
    page.goto(f"{site_url}symptoms/")
    page.emulate_media(media="print")
    for reference in page.locator(".cs-sources li p").all()[:3]:
        expect(reference).to_be_visible()


def test_a_mark_is_neither_copied_nor_in_the_way_of_a_search(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{site_url}symptoms/")
    # All of two paragraphs or lists that follow each other, the first with a mark.
    page.evaluate(
        """() => {
            const mark = [...document.querySelectorAll("article > p > .cs-citation")]
                .find(each => each.parentElement.nextElementSibling?.matches("p, ul"));
            const range = document.createRange();
            range.setStartBefore(mark.parentElement.previousElementSibling);
            range.setEndAfter(mark.parentElement.nextElementSibling);
            getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("Control+C")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert len(copied) > 80
    assert not re.search(r"[¶[\]]", copied), copied
    # From one claim of a run to the next.
    page.evaluate("getSelection().removeAllRanges()")
    across = page.locator("article > p > span[data-cs-cites]").first.evaluate(
        """end => {
            const [before, after] = [end.previousSibling.textContent, end.nextSibling.textContent];
            return `${before.trim().slice(-8)} ${after.trim().slice(0, 8)}`;
        }"""
    )
    assert page.evaluate("words => find(words)", across), across
