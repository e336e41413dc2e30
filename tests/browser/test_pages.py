"""Every page of the guide in a real browser: can everyone see, reach and read it?

Pages are found by looking for them, so that a new page is covered by being there. A visit costs
half a second, so that each page is opened once and then shown at each width and in each look.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

import pytest

from .conftest import SETTLED, NewPage, summed_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page

    from ..conftest import Launch

# So many tests share the pages, and the processes that run them.
SHARES = 8
# The look of a page changes its colors and nothing else; its width, those around the text only.
RULES_OF_COLOR = ["color-contrast", "link-in-text-block"]
# All entries of the list of sources are made by one template; three of them stand for all.
RUN_AXE = """([around, options]) => axe.run(
    {exclude: [around ? "article" : ".cs-reference-entry:nth-child(n+4)"]},
    {resultTypes: ["violations"], ...options}
)"""
ALL_RULES = {"rules": {"target-size": {"enabled": True}}}
ALL_BUT_COLOR = {"rules": {**ALL_RULES["rules"], **{r: {"enabled": False} for r in RULES_OF_COLOR}}}
ONLY_COLOR = {"runOnly": RULES_OF_COLOR}
TOO_WIDE = """() => {
    const root = document.scrollingElement, found = [];
    const name = element => `${element.localName}.${element.className}`;
    if (root.scrollWidth > root.clientWidth) {
        const out = [...document.querySelectorAll("body *")]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > root.clientWidth);
        found.push(`the page is ${root.scrollWidth} wide: ${out.slice(-1).map(name)}`);
    }
    // What scrolls by itself, or is cut off; an editor's code may, its lines are what they are.
    for (const element of document.querySelectorAll("article *")) {
        if (element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1
                && getComputedStyle(element).overflowX !== "visible" && !element.closest("pre"))
            found.push(`cut off or scrolls: ${name(element)}`);
    }
    return found;
}"""
# How far each target can be pressed, across and down from its middle. A link in a sentence is as
# high as its line (WCAG 2.5.8); a citation's number stands after its sentence, not in it.
SMALL_TARGETS = """([selector, least]) => {
    const reach = (element, x, y, dx, dy, most) => {
        for (let far = 0; far < most; far++) {
            const hit = document.elementFromPoint(x + far * dx, y + far * dy);
            if (!element.contains(hit) && hit?.closest("label")?.control !== element) return far;
        }
        return most;
    };
    const inSentence = element => {
        const block = element.closest("p, li, dd, dt, td, th, figcaption, summary, h1, h2, h3, h4");
        return getComputedStyle(element).display === "inline" && !element.closest(".cs-citation")
            && block && block.textContent.trim() !== element.textContent.trim();
    };
    const found = [];
    // Targets of one kind in one kind of place are made by one rule; ten of them stand for all.
    const seen = {};
    const isOneMore = element => {
        const kind = [element, element.parentElement, element.parentElement.parentElement]
            .map(each => `${each.localName}.${each.className}`).join();
        return (seen[kind] = (seen[kind] ?? 0) + 1) > 10;
    };
    for (const element of document.querySelectorAll(selector)) {
        if (isOneMore(element)) continue;
        const {width, height} = element.getBoundingClientRect();
        if ((width >= least && height >= least) || width < 2 || height < 2
            || !element.checkVisibility({opacityProperty: true, visibilityProperty: true})
            || getComputedStyle(element).pointerEvents === "none" || inSentence(element)) continue;
        element.scrollIntoView({block: "center", behavior: "instant"});
        const {left, right, top, bottom} = element.getBoundingClientRect();
        if (right <= 0 || left >= innerWidth) continue;
        const x = (left + right) / 2, y = (top + bottom) / 2;
        const before = reach(element, x, y, -1, 0, least);
        const above = reach(element, x, y, 0, -1, least);
        const across = before + reach(element, x, y, 1, 0, least - before + 1) - 1;
        const down = above + reach(element, x, y, 0, 1, least - above + 1) - 1;
        // Walking in whole pixels may miss one at each end.
        if (across < least - 1 || down < least - 1)
            found.push(`${across} by ${down}: ${element.localName}.${element.classList[0] ?? ""} `
                + (element.classList.contains("md-nav__link") ? "" : element.textContent.trim()
                    || element.title || element.htmlFor));
    }
    return found;
}"""
TARGETS = (
    "a[href], button, summary, select, textarea, label[for]:not(.md-nav__title), "
    "input:not([type=checkbox], [type=radio])"
)
MAIN_ACTIONS = "a.cs-alarm, .md-header label, .md-header button, .md-header a, .md-footer__link"
ALARM_HIDDEN = """() => {
    const alarms = document.querySelectorAll("a.cs-alarm");
    if (alarms.length !== 1) return [`${alarms.length} links to the warning signs in the header`];
    const hidden = [];
    for (const place of [0, 0.5, 1]) {
        scrollTo({top: place * document.body.scrollHeight, behavior: "instant"});
        const {left, right, top, bottom} = alarms[0].getBoundingClientRect();
        const points = [[left + 3, top + 3], [right - 3, bottom - 3],
            [(left + right) / 2, (top + bottom) / 2]];
        if (!points.every(([x, y]) => alarms[0].contains(document.elementFromPoint(x, y))))
            hidden.push("the link to the warning signs cannot be pressed, scrolled to " + place);
    }
    return hidden;
}"""
OUT_OF_REACH = """() => [...document.querySelectorAll(".cs-term, .cs-citation a, [tabindex]")]
    .filter(each => each.tabIndex > 0 || (each.matches("a") && each.tabIndex < 0))
    .map(each => "not in the order of Tab: " + each.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_at_every_width_and_in_every_look(
    new_page: NewPage, page_urls: list[str], share: int
) -> None:
    page = new_page(has_touch=True)
    page.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = []
    for url in page_urls[share::SHARES]:
        page.goto(url)
        for width in (1280, 375, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(SETTLED)
            found += [(url, f"{width} pixels: {fault}") for fault in _faults(page, width)]
        page.emulate_media(color_scheme="dark")
        for width in (375, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(SETTLED)
            dark = _faults_when_dark(page, width)
            found += [(url, f"{width} pixels, dark: {fault}") for fault in dark]
        page.emulate_media(color_scheme="light")
    assert not found, summed_up(found)


def _faults(page: Page, width: int) -> Iterator[str]:
    yield from page.evaluate(TOO_WIDE)
    yield from page.evaluate(ALARM_HIDDEN)
    if width == 320:
        return
    if width == 375:
        yield from _axe(page, ALL_RULES)
        for fault in page.evaluate(SMALL_TARGETS, [MAIN_ACTIONS, 44]):
            yield f"main action {fault}"
    else:
        yield from _axe(page, ALL_BUT_COLOR)
        yield from _axe(page, ONLY_COLOR, around=True)
    yield from page.evaluate(OUT_OF_REACH)
    yield from page.evaluate(SMALL_TARGETS, [TARGETS, 24])


def _faults_when_dark(page: Page, width: int) -> Iterator[str]:
    if page.locator("body[data-md-color-scheme=slate]").count() != 1:
        yield "not dark"
    yield from _axe(page, ONLY_COLOR, around=width != 375)


def _axe(page: Page, options: Mapping[str, object], *, around: bool = False) -> Iterator[str]:
    """Run axe on the page, or on all that stands around its text."""
    for rule in page.evaluate(RUN_AXE, [around, options])["violations"]:
        for node in rule["nodes"]:
            yield f"{rule['id']}: {node['html'][:200]}"


@pytest.mark.parametrize("share", range(2))
def test_nothing_is_too_wide_with_letters_twice_as_large(
    launch: Launch, page_urls: list[str], share: int
) -> None:
    """As where a reader has set the size of letters in the browser."""
    large: Browser = launch("--blink-settings=defaultFontSize=32")
    page = large.new_page(viewport={"width": 1280, "height": 800})
    found = []
    for url in page_urls[share::2]:
        page.goto(url)
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(SETTLED)
            found += [(url, f"{width} pixels: {fault}") for fault in page.evaluate(TOO_WIDE)]
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    large.close()
    assert size >= 40
    assert not found, summed_up(found)


def test_the_list_of_pages_has_large_targets_on_a_phone(new_page: NewPage, site_url: str) -> None:
    page = new_page(375, has_touch=True)
    page.goto(site_url)
    page.locator("header label[for=__drawer]").click()
    page.evaluate(SETTLED)
    small = page.evaluate(SMALL_TARGETS, [".md-nav--primary a, .md-nav--primary label", 24])
    assert not small, "\n".join(small)


def test_the_warning_signs_are_one_press_away(new_page: NewPage, page_urls: list[str]) -> None:
    page = new_page(320, 640)
    page.goto(next(url for url in page_urls if url.endswith("/glossary/")))
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
        assert page.request.get(href).ok, href
    styles = _hrefs(page, "link[rel=stylesheet]")
    assert styles
    assert all(page.request.get(href).ok for href in styles)
    page.close()


def _hrefs(page: Page, selector: str) -> list[str]:
    found: list[str] = page.locator(selector).evaluate_all("all => all.map(each => each.href)")
    return found
