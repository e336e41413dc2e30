"""What a reader sees before scrolling, and how it looks where the device sets the colors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..sampling import first_of

if TYPE_CHECKING:
    from .conftest import NewPage

# A small phone.
PHONE = (360, 640)
SCREENS = [PHONE, pytest.param((1280, 800), marks=pytest.mark.exhaustive)]
# Letters in each line of each paragraph, without what a screen sets between them.
LONGEST_LINES = """() => [...document.querySelectorAll("article :is(p, li, figcaption)")]
    .filter(block => block.checkVisibility() && !block.querySelector("p, ul, ol"))
    .filter(block => !block.closest(".cs-references, .cs-sources"))
    .map(block => {
        const lines = new Map(), range = document.createRange();
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.parentElement.closest(".cs-citation")) continue;
            for (let at = 0; at < node.length; at++) {
                range.setStart(node, at);
                range.setEnd(node, at + 1);
                const [box] = range.getClientRects();
                if (!box?.width) continue;
                const line = Math.round(box.bottom / 10);
                lines.set(line, (lines.get(line) ?? 0) + 1);
            }
        }
        return [Math.max(0, ...lines.values()), block.textContent.trim().slice(0, 60)];
    })
    .filter(([letters]) => letters > 75)"""
BOTTOMS = """elements => elements.map(each => each.getBoundingClientRect().bottom)"""
DRAWN = """([selector, pseudo]) => {
    const style = getComputedStyle(document.querySelector(selector), pseudo);
    const page = getComputedStyle(document.body).backgroundColor;
    return style.backgroundColor !== page && style.forcedColorAdjust === "none";
}"""


@pytest.mark.parametrize("name", ["", "warning-signs/"])
def test_the_call_and_the_first_signs_are_in_the_first_screen(
    new_page: NewPage, site_url: str, name: str
) -> None:
    page = new_page(*PHONE)
    page.goto(f"{site_url}{name}")
    block = page.locator(".admonition.danger")
    buttons = block.locator(".cs-call > a")
    assert buttons.evaluate_all("all => all.map(each => each.getAttribute('href'))") == [
        "tel:911",
        "tel:999",
    ]
    bottoms = [*buttons.evaluate_all(BOTTOMS), *block.locator("li").evaluate_all(BOTTOMS)[:2]]
    assert max(bottoms) <= PHONE[1], bottoms


@pytest.mark.parametrize("size", SCREENS, ids=str)
def test_the_first_key_point_is_in_the_first_screen(
    new_page: NewPage, site_url: str, size: tuple[int, int]
) -> None:
    page = new_page(*size)
    names = ["radiation/", "compare/", "common-questions/", "what-to-expect/"]
    if size != PHONE:
        # On a phone the whole block of warning signs fills the screen, the call and signs first.
        names += ["warning-signs/", "symptoms/", "for-carers/"]
    for name in names:
        page.goto(f"{site_url}{name}")
        bottom = page.locator(".admonition.abstract li").evaluate_all(BOTTOMS)[0]
        assert bottom <= size[1], name


def test_the_line_of_warning_signs_is_short_on_a_phone(new_page: NewPage, site_url: str) -> None:
    page = new_page(*PHONE)
    page.goto(f"{site_url}radiation/")
    lines = page.locator(".cs-warning").evaluate(
        """line => {
            const {lineHeight, paddingTop, paddingBottom} = getComputedStyle(line);
            const text = line.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
            return Math.round(text / parseFloat(lineHeight));
        }"""
    )
    assert lines <= 3


@pytest.mark.parametrize(
    "name", first_of(["radiation/", "", "by-country/", "learn-more/", "alert-card/"])
)
def test_no_line_is_too_long_to_find_the_next_one(
    new_page: NewPage, site_url: str, name: str
) -> None:
    page = new_page(1280)
    page.goto(f"{site_url}{name}")
    assert page.evaluate(LONGEST_LINES) == []


def test_where_the_device_sets_the_colors_icons_and_frames_stay(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(1280, forced_colors="active")
    page.goto(f"{site_url}radiation/")
    for selector in (".abstract > .admonition-title", ".cs-warning", ".differ > .admonition-title"):
        assert page.evaluate(DRAWN, [selector, "::before"]), selector
    for selector in (".md-search__form", ".admonition.abstract"):
        width = page.locator(selector).first.evaluate(
            "element => parseFloat(getComputedStyle(element).borderTopWidth)"
        )
        assert width >= 1, selector
