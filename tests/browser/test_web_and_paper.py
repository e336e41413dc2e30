"""What stands on the web or on paper alone, and numbers to call: links here, numbers there.

A test opens pages in a browser, which takes a second or more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from ..sampling import first_of

if TYPE_CHECKING:
    from .conftest import NewPage

# As the guide's Markdown becomes it, put into a page of the guide with its style sheets.
MARKED = """
    <p class="web-only">Tap to print.</p>
    <p class="paper-only">Turn the page.</p>
    <div class="admonition danger web-only"><p>A box of the web.</p></div>
    <table class="paper-only"><tbody><tr><td>A table of paper.</td></tr></tbody></table>
    <ul><li class="web-only">Follow the link.</li><li class="paper-only">See page 2.</li></ul>"""
ON_THE_WEB = ["Tap to print.", "A box of the web.", "Follow the link."]
ON_PAPER = ["Turn the page.", "A table of paper.", "See page 2."]
NUMBERS = """
    <div class="admonition danger">
        <p class="cs-call">
            <a href="tel:911"><strong>Call 911</strong> in the US</a> or
            <a href="tel:999"><strong>call 999</strong> in the UK</a>
        </p>
        <p><strong>Call <a href="tel:999">999</a> or <a href="tel:911">911</a> first.</strong></p>
    </div>
    <p>Or call <a href="tel:+18002272345">1-800-227-2345</a> for advice.</p>"""


def _with(page: Page, site_url: str, html: str) -> None:
    page.goto(f"{site_url}tests/")
    page.locator("h1").evaluate("(h1, html) => h1.insertAdjacentHTML('afterend', html)", html)


@pytest.mark.parametrize("scripts", first_of([True, False]))
def test_a_block_stands_where_its_mark_says_and_nowhere_else(
    new_page: NewPage, site_url: str, scripts: bool
) -> None:
    page = new_page(375, java_script_enabled=scripts)
    _with(page, site_url, MARKED)
    for media, shown, hidden in (("screen", ON_THE_WEB, ON_PAPER), ("print", ON_PAPER, ON_THE_WEB)):
        page.emulate_media(media=media)  # type: ignore[arg-type]
        for text in shown:
            expect(page.get_by_text(text)).to_be_visible()
        for text in hidden:
            expect(page.get_by_text(text)).to_be_hidden()
        # What is read out is what is seen.
        said = page.locator("article").aria_snapshot()
        assert all(text in said for text in shown)
        assert not any(text in said for text in hidden)


@pytest.mark.parametrize("width", first_of([320, 1280]))
def test_a_number_to_call_is_large_enough_for_a_finger(
    new_page: NewPage, site_url: str, width: int
) -> None:
    page = new_page(width)
    _with(page, site_url, NUMBERS)
    for link in page.locator("article a[href^=tel]").all():
        box = link.bounding_box()
        assert box
        least = 44 if link.evaluate("link => Boolean(link.closest('.cs-call'))") else 24
        assert min(box["width"], box["height"]) >= least
        # On one line: two halves of a number are none.
        assert link.evaluate("link => link.getClientRects().length") == 1
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.parametrize("color_scheme", first_of(["dark", "light"]))
def test_on_paper_a_number_to_call_is_a_number(
    new_page: NewPage, site_url: str, color_scheme: str
) -> None:
    page = new_page(718, color_scheme=color_scheme)
    _with(page, site_url, NUMBERS)
    page.emulate_media(media="print", color_scheme=color_scheme)  # type: ignore[arg-type]
    for link in page.locator("article a[href^=tel]").all():
        style = link.evaluate(
            """link => {
                const {textDecorationLine, borderStyle, padding, color} = getComputedStyle(link);
                const around = getComputedStyle(link.parentElement).color;
                return [textDecorationLine, borderStyle, padding, color === around];
            }"""
        )
        assert style == ["none", "none", "0px", True]
        after = link.evaluate("link => getComputedStyle(link, '::after').content")
        assert after in ("none", "normal")


def test_on_a_phone_every_cell_stands_below_the_head_of_its_column(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(375)
    page.goto(f"{site_url}compare/")
    table = page.locator("table[data-cs-stacks]").first
    _, *rest = table.locator("thead").locator("th, td").all_text_contents()
    heads = [text.strip() for text in rest]
    assert len(heads) >= 2
    cells = table.locator("tbody tr").first.locator("td")
    shown = "cell => getComputedStyle(cell, '::before').content.split(' / ')[0]"
    # The head is there for the eye alone: screen readers have it from the table.
    assert [cell.evaluate(shown) for cell in cells.all()] == [f'"{head}"' for head in heads]
