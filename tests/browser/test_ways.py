"""The ways through the guide: its header, its menu, where a page stands, and what leads on from it.

A test opens pages in a browser, which takes a second or more.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from ..sampling import first_of
from .conftest import SETTLED, NewPage

# How far a reader may set lines, words and letters apart (WCAG 1.4.12).
SPACED = """
    * { letter-spacing: 0.12em !important; line-height: 1.5 !important;
        word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }"""
# What is cut off of the guide's name, and how heavy it and the way to the warning signs are.
NAME = """() => {
    const name = document.querySelector(".md-header__topic > .md-ellipsis");
    const header = document.querySelector(".md-header").getBoundingClientRect();
    const box = name.getBoundingClientRect();
    const weight = (element) => {
        const { backgroundColor, fontSize, fontWeight } = getComputedStyle(element);
        return [parseFloat(fontSize), Number(fontWeight), backgroundColor];
    };
    return {
        isWhole: name.scrollWidth <= name.clientWidth + 1 && box.top >= header.top
            && box.bottom <= header.bottom && name.checkVisibility({ visibilityProperty: true }),
        lines: header.height,
        name: weight(name),
        alarm: weight(document.querySelector(".cs-alarm")),
    };
}"""


@pytest.mark.parametrize(
    ("width", "style"), first_of([(320, SPACED), (320, ""), (375, SPACED), (1280, "")])
)
def test_the_name_of_the_guide_is_whole_and_nothing_beside_it_is_heavier(
    new_page: NewPage, site_url: str, width: int, style: str
) -> None:
    page = new_page(width, bypass_csp=True)
    page.goto(f"{site_url}radiation/")
    if style:
        page.add_style_tag(content=style)
    page.evaluate(SETTLED)
    header = page.evaluate(NAME)
    assert header["isWhole"]
    assert header["lines"] <= 52, "the header is in two rows"
    (size, weight, _), (beside, its_weight, surface) = header["name"], header["alarm"]
    assert beside <= size
    assert its_weight <= weight
    assert surface == "rgba(0, 0, 0, 0)"


def test_at_400_percent_a_page_needs_no_scrolling_sideways(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(320, 256)
    page.goto(f"{site_url}radiation/")
    assert page.evaluate("document.scrollingElement.scrollWidth") == 320
    page.evaluate("scrollTo({top: 2000, behavior: 'instant'})")
    expect(page.locator(".md-header")).not_to_be_in_viewport()


@pytest.mark.parametrize("name", first_of(["radiation/", "for-carers/", ""]))
def test_what_a_page_is_about_stands_in_the_first_screen(
    new_page: NewPage, site_url: str, name: str
) -> None:
    page = new_page(360, 640)
    page.goto(site_url + name)
    line = page.locator(".cs-review").bounding_box()
    first = page.locator("article h1 ~ :is(p, .admonition)").first.bounding_box()
    assert line
    assert first
    assert line["height"] <= 60
    assert first["y"] + first["height"] < 640


@pytest.mark.parametrize("scripts", first_of([True, False]))
def test_who_has_reviewed_a_page_is_said_and_more_of_it_is_one_press_away(
    new_page: NewPage, site_url: str, scripts: bool
) -> None:
    page = new_page(360, java_script_enabled=scripts)
    page.goto(f"{site_url}radiation/")
    line = page.locator(".cs-review")
    expect(line).to_contain_text("Checked ")
    summary = line.get_by_text("Not reviewed by a clinician yet")
    expect(summary).to_be_visible()
    whole = line.get_by_text("No clinician has reviewed this page yet.")
    expect(whole).to_be_hidden()
    summary.click()
    expect(whole).to_be_visible()


def test_print_leads_to_the_handout(new_page: NewPage, site_url: str) -> None:
    page = new_page(360)
    page.goto(f"{site_url}radiation/")
    page.locator(".cs-review summary").click()
    page.locator(".cs-review").get_by_role("link", name="Print").click()
    handout = page.get_by_role("link", name="Radiation: A4 paper")
    expect(handout).to_be_in_viewport()
    href = handout.evaluate("link => link.href")
    assert page.request.head(href).ok, href


def test_the_list_of_contents_marks_the_part_that_is_read(new_page: NewPage, site_url: str) -> None:
    page = new_page(1280, 900)
    page.goto(f"{site_url}radiation/")
    contents = page.locator(".md-sidebar--secondary")
    marked = contents.locator("[aria-current=location]")
    expect(marked).to_have_count(0)
    link = contents.get_by_role("link", name="What it is like")
    link.click()
    expect(marked).to_have_text("What it is like")
    plain = contents.get_by_role("link", name="Without it")
    weights = [each.evaluate("link => getComputedStyle(link).fontWeight") for each in (link, plain)]
    assert weights == ["700", "400"]


@pytest.mark.parametrize(("width", "scripts"), first_of([(360, True), (360, False), (1280, True)]))
def test_the_pages_before_and_after_are_named_and_so_is_the_place(
    new_page: NewPage, site_url: str, width: int, scripts: bool
) -> None:
    page = new_page(width, java_script_enabled=scripts)
    page.goto(f"{site_url}radiation/")
    route = page.get_by_role("navigation", name="The guide in order")
    expect(route.get_by_text("Compare treatments")).to_be_visible()
    expect(route.get_by_text("Stereotactic radiation")).to_be_visible()
    expect(route.get_by_text(re.compile(r"Page \d+ of \d+: Treatments"))).to_be_visible()
    expect(route.locator("[aria-current]")).to_have_text("Treatments")
    route.get_by_role("link", name="Next page").click()
    page.wait_for_url(f"{site_url}stereotactic-radiation/")


def test_a_phone_shows_to_which_part_a_page_belongs(new_page: NewPage, site_url: str) -> None:
    page = new_page(360)
    page.goto(f"{site_url}symptoms/")
    place = page.get_by_role("navigation", name="Where this page is")
    expect(place).to_be_visible()
    assert place.get_by_role("listitem").all_inner_texts() == ["Start here", "Understand"]
    assert place.evaluate("nav => !nav.closest('main')")


def test_nothing_floats_over_the_text_and_the_way_up_is_at_the_end(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(375, 640)
    page.goto(f"{site_url}radiation/")
    page.evaluate("scrollTo({top: 3000, behavior: 'instant'})")
    page.evaluate("scrollTo({top: 2500, behavior: 'instant'})")
    floating = page.evaluate("""() => [...document.querySelectorAll("body *")].filter(each =>
        getComputedStyle(each).position === "fixed" && each.checkVisibility({
            visibilityProperty: true, opacityProperty: true})
        && each.getBoundingClientRect().height > 0 && each.getBoundingClientRect().left < innerWidth
    ).map(each => each.className)""")
    assert floating == []
    page.get_by_role("link", name="Back to top").click()
    page.wait_for_function("scrollY === 0")


def test_the_switch_of_the_look_says_what_it_is_and_does(new_page: NewPage, site_url: str) -> None:
    page = new_page(360)
    page.goto(site_url)
    looks = page.get_by_role("form", name="Look of the page")
    for state, title in {
        "As on your device": "Press for a light page.",
        "Light": "Press for a dark page.",
        "Dark": "Press for the look of your device.",
    }.items():
        expect(looks.get_by_role("radio", name=state)).to_be_checked()
        label = looks.locator("label:visible")
        assert str(label.get_attribute("title")).endswith(title)
        label.click()


def test_the_menu_is_opened_and_closed_by_keyboard_and_is_gone_while_closed(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(360)
    page.goto(f"{site_url}radiation/")
    page.evaluate(SETTLED)
    menu = page.get_by_role("button", name="Menu")
    pages = page.get_by_role("navigation", name="Navigation")
    expect(pages).to_have_count(0)
    menu.press("Enter")
    expect(page.locator(".md-nav--primary a:focus")).to_have_text("Radiation")
    page.keyboard.press("Tab")
    expect(page.locator("a:focus")).to_have_text("Stereotactic radiation")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(pages).to_have_count(0)


@pytest.mark.parametrize("width", first_of([360, 1280]))
def test_headings_are_called_what_they_say(new_page: NewPage, site_url: str, width: int) -> None:
    page = new_page(width)
    page.goto(f"{site_url}radiation/")
    heading = page.get_by_role("heading", name="What it is like", exact=True)
    expect(heading).to_be_visible()
    assert "\N{PILCROW SIGN}" not in _copied(page)


def _copied(page: Page) -> str:
    text: str = page.evaluate("""() => {
        getSelection().selectAllChildren(document.querySelector("article"));
        return getSelection().toString();
    }""")
    return text
