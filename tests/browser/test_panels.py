"""The panels of citations and terms, by mouse, keyboard and touch, on whatever pages there are.

A test opens pages in a browser, which takes a second or more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from ..sampling import first_of
from .panels import NUMBER, TERM, faults_of_panels, page_with, panel_of

if TYPE_CHECKING:
    from .conftest import NewPage

KINDS = pytest.mark.parametrize("kind", first_of([NUMBER, TERM]))
# Longer than a mouse has to rest before a panel opens, or to be away before it closes.
LONG_ENOUGH = 700

# Where no page has anything to press.
NOTHING = (3, 450)
# And where a finger meets no panel either: beside one, it is taken to mean a link in it.
ABOVE = (3, 70)

LARGER = "size => document.documentElement.style.setProperty('font-size', size, 'important')"
# On a phone, on a desk, with letters twice as large, and turned on its side with large letters.
SIZES = [(320, 640, 100), (1280, 800, 100), (375, 667, 200), (320, 256, 100)]


@pytest.mark.parametrize(("width", "height", "percent"), first_of(SIZES, count=2))
def test_every_panel_tells_what_its_page_lists_and_covers_no_sentence(
    new_page: NewPage, site_url: str, width: int, height: int, percent: int
) -> None:
    """At every size; test_pages.py opens those of other pages."""
    page = new_page(width, height, reduced_motion="reduce")
    page.goto(f"{site_url}warning-signs/")
    if percent > 100:
        page.evaluate(LARGER, f"{percent}%")
    assert faults_of_panels(page) == []


@KINDS
@pytest.mark.parametrize(
    ("press", "ways_out"),
    [
        ("mouse", ["Escape", "Close", "outside", "again"]),
        ("keyboard", ["Escape", "Close", "again"]),
        ("finger", ["Close", "outside", "again"]),
    ],
)
def test_a_panel_opens_on_purpose_and_gives_focus_back(
    new_page: NewPage, site_url: str, kind: str, press: str, ways_out: list[str]
) -> None:
    options = {"width": 375, "has_touch": True, "is_mobile": True} if press == "finger" else {}
    page, link = page_with(new_page(**options), site_url, kind)
    touch = page.touchscreen.tap if press == "finger" else page.mouse.click
    before = page.url

    def activate(what: Locator) -> None:
        {"mouse": what.click, "keyboard": lambda: what.press("Enter"), "finger": what.tap}[press]()

    for way_out in ways_out:
        activate(link)
        panel = panel_of(page, link)
        expect(panel).to_be_focused()
        expect(link).to_have_attribute("aria-expanded", "true")
        match way_out:
            case "Escape":
                page.keyboard.press("Escape")
            case "Close":
                activate(panel.get_by_role("button", name="Close"))
            case "outside":
                touch(*(ABOVE if press == "finger" else NOTHING))
            case "again":
                activate(link)
        _expect_closed(page, link)
        expect(link).to_be_focused()
    assert page.url == before


@KINDS
def test_a_mouse_that_rests_opens_a_panel_and_can_move_into_it(
    new_page: NewPage, site_url: str, kind: str
) -> None:
    page, link = page_with(new_page(), site_url, kind)
    _point_at(page, link)
    panel = panel_of(page, link)
    expect(panel).to_be_visible()
    expect(page.locator("body")).to_be_focused()
    _point_at(page, panel.get_by_role("button"), steps=20)
    page.wait_for_timeout(LONG_ENOUGH)
    expect(panel).to_be_visible()
    page.mouse.move(*NOTHING, steps=5)
    _expect_closed(page, link)
    # Dismissed, it stays so until the mouse has been elsewhere (WCAG 1.4.13).
    _point_at(page, link)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    _expect_closed(page, link)
    _point_at(page, link, aside=1)
    page.wait_for_timeout(LONG_ENOUGH)
    _expect_closed(page, link)


def test_nothing_opens_by_accident(new_page: NewPage, site_url: str) -> None:
    """A mouse in passing, one that drags, and Tab open nothing."""
    page, link = page_with(new_page(), site_url, NUMBER)
    _point_at(page, link)
    page.mouse.move(*NOTHING)
    page.wait_for_timeout(LONG_ENOUGH)
    _expect_closed(page, link)
    page.mouse.move(*NOTHING)
    page.mouse.down()
    _point_at(page, link)
    page.wait_for_timeout(LONG_ENOUGH)
    _expect_closed(page, link)
    page.mouse.up()
    page.mouse.move(*NOTHING)
    link.focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        assert not page.locator(".cs-panel").count()


def test_another_mark_is_another_panel_and_leads_on(new_page: NewPage, site_url: str) -> None:
    page = new_page()
    page.goto(f"{site_url}symptoms/")
    marks = page.locator(NUMBER)
    names = [mark.get_attribute("data-cs-numbers") for mark in marks.all()]
    other = next(place for place, name in enumerate(names) if name != names[0])
    marks.first.click()
    expect(panel_of(page, marks.first)).to_be_visible()
    # By keyboard: the first panel may lie over the other mark.
    marks.nth(other).press("Enter")
    expect(panel_of(page, marks.nth(other))).to_be_focused()
    assert page.locator(".cs-panel").count() == 1
    key = str(marks.nth(other).get_attribute("href")).removeprefix("#source-")
    page.locator(f'.cs-panel a[href*="references/"][href*="#ref-{key}--"]').click()
    # The passage itself, unfolded.
    page.wait_for_url(f"**/references/**#ref-{key}--*")
    passage = page.locator(page.evaluate("location.hash"))
    expect(passage).to_be_in_viewport()
    expect(passage.locator("a, small").first).to_be_visible()


@KINDS
def test_tab_goes_on_from_a_panel_to_what_follows_its_link(
    new_page: NewPage, site_url: str, kind: str
) -> None:
    page, link = page_with(new_page(), site_url, kind)
    link.focus()
    link.evaluate("link => { window.here = link.closest('sup') ?? link }")
    while page.evaluate("here.contains(document.activeElement)"):
        page.keyboard.press("Tab")
    page.evaluate("() => { window.follows = document.activeElement }")
    link.press("Enter")
    inside = panel_of(page, link).locator("a, button, input").all()
    for each in inside:
        page.keyboard.press("Tab")
        expect(each).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === follows")
    # It might lie over what has focus now.
    _expect_closed(page, link)


@KINDS
def test_a_link_that_is_asked_to_be_a_link_is_one(
    new_page: NewPage, site_url: str, kind: str
) -> None:
    page, link = page_with(new_page(), site_url, kind)
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    opened.value.wait_for_url(link.evaluate("link => link.href"))
    page.mouse.move(*NOTHING)
    _expect_closed(page, link)
    old = new_page()
    old.add_init_script("delete HTMLElement.prototype.showPopover")
    old, link = page_with(old, site_url, kind)
    target = link.evaluate("link => link.href")
    link.click()
    assert old.url == target


@KINDS
def test_an_open_panel_is_not_printed(new_page: NewPage, site_url: str, kind: str) -> None:
    page, link = page_with(new_page(), site_url, kind)
    link.click()
    page.emulate_media(media="print")
    expect(page.locator(".cs-panel")).to_be_hidden()


def _expect_closed(page: Page, link: Locator) -> None:
    expect(page.locator(".cs-panel")).to_have_count(0)
    expect(link).to_have_attribute("aria-expanded", "false")


def _point_at(page: Page, what: Locator, *, aside: int = 0, steps: int = 1) -> None:
    """Move the mouse there as a hand does, not caring whether anything is in the way."""
    box = what.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2 + aside, box["y"] + box["height"] / 2
    page.mouse.move(x, y, steps=steps)


@pytest.mark.parametrize("page_name", ["warning-signs/", "radiation/"])
def test_a_panel_opens_with_few_layouts_of_the_page(
    new_page: NewPage, site_url: str, page_name: str
) -> None:
    """A slow phone takes long for each: one for the panel's size, and one for its place."""
    page = new_page(width=375, height=800, reduced_motion="reduce")
    page.goto(f"{site_url}{page_name}", wait_until="networkidle")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    marks = page.locator(f"main {NUMBER}")
    for number in range(0, min(marks.count(), 24), 6):
        mark = marks.nth(number)
        mark.evaluate("each => each.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(100)
        before = _layouts(session)
        mark.evaluate("each => each.click()")
        expect(page.locator(".cs-panel:popover-open")).to_have_count(1)
        assert _layouts(session) - before <= 2
        page.keyboard.press("Escape")


def _layouts(session: CDPSession) -> int:
    """Return how often the browser has laid the page out."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(int(each["value"]) for each in metrics if each["name"] == "LayoutCount")
