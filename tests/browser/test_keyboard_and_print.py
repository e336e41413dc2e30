"""The guide by keyboard, without scripts, on paper, and in the colors a reader has chosen.

A test opens pages in a browser, which takes a second or more.
"""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from ..sampling import first_of
from .conftest import SETTLED, NewPage, summed_up
from .crawl import ONLY_COLOR, RUN_AXE_ON_KINDS, faults_of_print

# One page of each kind, for what takes long: routes, boxes and drawings.
KINDS = ["warning-signs/", "", "your-spine/"]
# Tables, definitions and details, for what takes longest.
LONG_KINDS = ["compare/", "glossary/", "common-questions/"]
# What has the focus: its place among all elements, and whether it and its focus can be seen. The
# theme shows the focus of a choice of its look at the label that follows it.
FOCUSED = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const shown = element.matches(".md-option") ? element.nextElementSibling : element;
    const box = [...shown.getClientRects()].find(one => one.width > 0) ?? new DOMRect(-9, -9, 0, 0);
    const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const style = getComputedStyle(shown);
    return {
        name: `${element.localName}.${element.className} ${element.textContent.trim()}`
            .replace(/\\s+|focus-visible/g, " ").slice(0, 80),
        place: [...document.querySelectorAll("*")].indexOf(element),
        main: Boolean(element.closest("article")),
        top: scrollY + box.top,
        left: box.left,
        seen: box.width > 0 && (shown.contains(hit) || hit?.contains(shown) || false),
        marked: style.outlineStyle !== "none" || style.boxShadow !== "none"
            || style.backgroundColor !== "rgba(0, 0, 0, 0)",
    };
}"""
TEXT = "document.querySelector('article').innerText.replace(/\\s+/g, ' ').trim()"


# Every press of the key is one question to the browser: about a hundred a second.
@pytest.mark.parametrize("kind", first_of([*KINDS, *LONG_KINDS]))
def test_tab_goes_through_a_page_in_the_order_of_reading(
    new_page: NewPage, site_url: str, kind: str
) -> None:
    page = new_page(1280)
    page.goto(site_url + kind)
    faults = list(dict.fromkeys(_faults_of_tabbing(page)))
    assert not faults, "\n".join(faults[:40])


def _focused(page: Page) -> dict[str, object] | None:
    page.keyboard.press("Tab")
    step = page.evaluate(FOCUSED)
    if step and not step["seen"]:
        # The search fades away when it is left.
        page.wait_for_timeout(400)
        step = page.evaluate(FOCUSED)
    return step  # type: ignore[no-any-return]


def _faults_of_tabbing(page: Page) -> list[str]:
    first = _focused(page)
    assert first
    steps = [first]
    faults = [] if "md-skip" in str(first["name"]) else ["Tab does not begin with a skip link"]
    while (step := _focused(page)) and step["place"] != first["place"]:
        steps.append(step)
        assert len(steps) < 1_000, "Tab never leaves the page"
    for before, after in pairwise(steps):
        way = f"from {before['name']} to {after['name']}"
        if after["place"] <= before["place"]:  # type: ignore[operator]
            faults.append(f"goes back {way}")
        # Up is right only to the next column.
        up = after["top"] < before["top"] - 40 and after["left"] <= before["left"]  # type: ignore[operator]
        if before["main"] and after["main"] and up:
            faults.append(f"goes up {way}")
    faults += [f"cannot be seen: {step['name']}" for step in steps if not step["seen"]]
    faults += [f"does not show its focus: {step['name']}" for step in steps if not step["marked"]]
    places = {step["place"] for step in steps}
    for kind in (".cs-term:not(.paper-only *)", ".cs-citation a:not(.paper-only *)"):
        wanted = page.locator(kind).evaluate_all(
            "all => { const every = [...document.querySelectorAll('*')];"
            " return all.map(each => every.indexOf(each)); }"
        )
        if missed := set(wanted) - places:
            faults.append(f"{len(missed)} of {kind} are not reached")
    return faults


def test_the_skip_link_leads_to_the_text(new_page: NewPage, site_url: str) -> None:
    page = new_page(375)
    page.goto(f"{site_url}warning-signs/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


@pytest.mark.parametrize("kind", first_of(KINDS))
def test_a_dark_page_is_printed_on_white(new_page: NewPage, site_url: str, kind: str) -> None:
    page = new_page(1280, color_scheme="dark")
    page.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    page.goto(site_url + kind)
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate(SETTLED)
    found = [(page.url, fault) for fault in faults_of_print(page)]
    for rule in page.evaluate(RUN_AXE_ON_KINDS, ONLY_COLOR)["violations"]:
        found += [(page.url, f"pale on paper: {node['html'][:80]}") for node in rule["nodes"]]
    assert not found, summed_up(found)


def test_every_kind_of_link_works_without_scripts(new_page: NewPage, site_url: str) -> None:
    """That every link leads somewhere is told by tests/test_site.py; here they are pressed."""
    page = new_page(1280, java_script_enabled=False)
    kinds = ["article a.cs-term", ".cs-citation a", ".cs-sources a[href*='#ref-']"]
    for kind in kinds:
        page.goto(f"{site_url}symptoms/")
        link = page.locator(kind).first
        for folded in link.locator("xpath=ancestor::details/summary").all():
            folded.click()
        href = str(link.get_attribute("href"))
        link.click()
        assert page.url.endswith(href.lstrip("./")), href
        expect(page.locator(f'[id="{href.partition("#")[2]}"]')).to_be_visible()


def test_the_list_of_pages_opens_on_a_phone_without_scripts(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(375, java_script_enabled=False)
    page.goto(site_url)
    page.locator("header label[for=__drawer]").click()
    pages = page.locator(".md-nav--primary")
    pages.get_by_role("link", name="Warning signs").first.click()
    assert page.url == f"{site_url}warning-signs/"


@pytest.mark.parametrize("kind", first_of(KINDS))
def test_no_text_is_lost_in_colors_a_reader_has_chosen(
    new_page: NewPage, site_url: str, kind: str
) -> None:
    page = new_page(375)
    page.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    page.goto(site_url + kind)
    text = page.evaluate(TEXT)
    for name, value in {"forced_colors": "active", "contrast": "more"}.items():
        page.emulate_media(**{name: value})  # type: ignore[arg-type]
        page.evaluate(SETTLED)
        assert page.evaluate(TEXT) == text, name
        result = page.evaluate(RUN_AXE_ON_KINDS, ONLY_COLOR)
        assert not result["violations"], (name, result["violations"][0]["nodes"][0]["html"])
        page.emulate_media(forced_colors="none", contrast="no-preference")
