"""What is looked at on a page of the guide, in one visit by a browser.

Every width and look, letters twice as large, paper, and what is left without scripts.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from .conftest import SETTLED, NewPage
from .panels import ALL, SOME, faults_of_panels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

# The look of a page changes its colors and nothing else; its width, those around the text only.
RULES_OF_COLOR = ["color-contrast", "link-in-text-block"]
# All entries of the list of sources are made by one template; three of them stand for all.
RUN_AXE = """([around, options]) => axe.run(
    {exclude: [around ? "article" : ".cs-reference-entry:nth-child(n+4)"]},
    {resultTypes: ["violations"], ...options}
)"""
# What stands in the same kinds of elements has its colors by the same rules: one stands for all.
RUN_AXE_ON_KINDS = """(options) => {
    const kinds = new Map();
    for (const element of document.body.querySelectorAll("*")) {
        if (![...element.childNodes].some(({data}) => data?.trim()) || !element.checkVisibility())
            continue;
        let kind = getComputedStyle(element).color;
        for (let at = element; at; at = at.parentElement)
            kind += ` ${at.localName}.${at.className}`;
        if (!kinds.has(kind)) kinds.set(kind, element);
    }
    return axe.run({include: [...kinds.values()]}, {resultTypes: ["violations"], ...options});
}"""
ALL_BUT_COLOR = {
    "rules": {"target-size": {"enabled": True}, **{r: {"enabled": False} for r in RULES_OF_COLOR}}
}
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
MAIN_ACTIONS = "a.cs-alarm, .md-header label, .md-header button, .md-header a, .cs-route__page"
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
    .filter(each => each.tabIndex > 0
        || (each.matches("a:not(.headerlink[aria-hidden])") && each.tabIndex < 0))
    .map(each => "not in the order of Tab: " + each.outerHTML.slice(0, 100))"""
LETTERS = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
# Text that stands in the page and cannot be seen there; what `details` folds can be unfolded, and
# what is for paper alone is seen there.
UNREADABLE = """() => [...document.querySelectorAll(
        "article :is(p, li, dt, dd, td, th, h1, h2, h3, h4, figcaption, summary)")]
    .filter(each => each.textContent.trim() && !each.checkVisibility({visibilityProperty: true,
            opacityProperty: true})
        && !each.closest(".cs-words, .paper-only")
        && !each.parentElement.closest("details:not([open])"))
    .map(each => each.textContent.trim().slice(0, 60))"""
NOT_ON_PAPER = """() => {
    const shown = element => element?.checkVisibility() && element.innerText.trim();
    const wanted = [
        ...[...document.querySelectorAll(".cs-citation a")]
            .filter(link => link.checkVisibility())
            .map(link => link.getAttribute("href").split("#")[1]),
        ...[...document.querySelectorAll(".cs-term[aria-describedby]")]
            .filter(term => term.checkVisibility() && !term.closest(".cs-card"))
            .map(term => term.getAttribute("aria-describedby")),
    ];
    const tools = ".md-header, .md-sidebar, .md-footer, .md-search, .cs-place, .cs-route,"
        + " .headerlink";
    return [
        ...new Set(wanted.filter(id => !shown(document.getElementById(id)))),
        ...[...document.querySelectorAll(tools)]
            .filter(each => each.checkVisibility() && each.getClientRects().length)
            .map(each => "a tool of the screen: " + each.className),
    ];
}"""


class Visitor:
    """Looks at pages, each in a browser with scripts and in one without.

    `thorough` has axe look at every element and at what is around the text of every page, which
    takes most of the time; else at the colors of one element of each kind, and around one text.
    """

    def __init__(self, new_page: NewPage, *, thorough: bool) -> None:
        self._thorough = thorough
        self._seen_around = False
        self._page = new_page(has_touch=True, reduced_motion="reduce")
        axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
        self._page.add_init_script(axe)
        self._without_scripts = new_page(375, java_script_enabled=False)

    def faults_of(self, url: str) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with a page, each fault with the address of the page."""
        for fault in (*self._seen(url), *self._seen_without_scripts(url)):
            yield url, fault

    def _seen(self, url: str) -> Iterator[str]:
        page = self._page
        page.goto(url)
        for width in (1280, 375, 320):
            self._set_width(width)
            for fault in (*_faults(page, width), *self._faults_of_axe(width)):
                yield f"{width} pixels: {fault}"
        if "/editors/" not in url:
            yield from faults_of_panels(page, ALL if self._thorough else SOME)
        page.emulate_media(color_scheme="dark")
        for width in (375, 1280):
            self._set_width(width)
            if page.locator("body[data-md-color-scheme=slate]").count() != 1:
                yield f"{width} pixels, dark: not dark"
            for fault in self._faults_of_color(width):
                yield f"{width} pixels, dark: {fault}"
        self._seen_around = True
        page.emulate_media(color_scheme="light")
        yield from self._seen_with_large_letters()

    def _faults_of_axe(self, width: int) -> Iterator[str]:
        if width == 375 or (width == 1280 and (self._thorough or not self._seen_around)):
            yield from _axe(self._page, RUN_AXE, [False, ALL_BUT_COLOR])
        yield from self._faults_of_color(width)

    def _faults_of_color(self, width: int) -> Iterator[str]:
        """The width changes only what is around the text."""
        if width == 375 and not self._thorough:
            yield from _axe(self._page, RUN_AXE_ON_KINDS, ONLY_COLOR)
        elif width == 375 or (width == 1280 and (self._thorough or not self._seen_around)):
            yield from _axe(self._page, RUN_AXE, [width != 375, ONLY_COLOR])

    def _set_width(self, width: int) -> None:
        self._page.set_viewport_size({"width": width, "height": 800})
        self._page.evaluate(SETTLED)

    def _seen_with_large_letters(self) -> Iterator[str]:
        """As where a reader has set the size of letters in the browser."""
        session = self._page.context.new_cdp_session(self._page)
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
        if self._page.evaluate(LETTERS) < 40:
            yield "letters do not grow"
        for width in (1280, 375):
            self._set_width(width)
            for fault in self._page.evaluate(TOO_WIDE):
                yield f"{width} pixels, large letters: {fault}"
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
        session.detach()

    def _seen_without_scripts(self, url: str) -> Iterator[str]:
        page = self._without_scripts
        page.emulate_media(media="screen", color_scheme="dark")
        page.goto(url)
        for text in page.evaluate(UNREADABLE):
            yield f"without scripts it cannot be read: {text}"
        if brightness(page, "backgroundColor") > 64 or brightness(page, "color") < 160:
            yield "without scripts it is not dark"
        page.emulate_media(media="print", color_scheme="dark")
        yield from faults_of_print(page)


def _faults(page: Page, width: int) -> Iterator[str]:
    yield from page.evaluate(TOO_WIDE)
    yield from page.evaluate(ALARM_HIDDEN)
    if width == 320:
        return
    if width == 375:
        for fault in page.evaluate(SMALL_TARGETS, [MAIN_ACTIONS, 44]):
            yield f"main action {fault}"
    yield from page.evaluate(OUT_OF_REACH)
    yield from page.evaluate(SMALL_TARGETS, [TARGETS, 24])


def _axe(page: Page, script: str, asked: object) -> Iterator[str]:
    for rule in page.evaluate(script, asked)["violations"]:
        for node in rule["nodes"]:
            yield f"{rule['id']}: {node['html'][:200]}"


def faults_of_print(page: Page) -> Iterator[str]:
    """Yield what is wrong with a page on paper, which it has to be shown for already."""
    for what in page.evaluate(NOT_ON_PAPER):
        yield f"on paper: {what}"
    # A dark page would take a lot of ink.
    if brightness(page, "backgroundColor") < 240 or brightness(page, "color") > 100:
        yield "on paper: dark"


def brightness(page: Page, name: str) -> float:
    """The mean of red, green and blue of a paragraph's text, or of what is behind it."""
    value: float = page.evaluate(
        """name => {
            let element = document.querySelector("article p");
            let color = getComputedStyle(element)[name];
            while (element && color === "rgba(0, 0, 0, 0)") {
                element = element.parentElement;
                color = element ? getComputedStyle(element)[name] : "rgb(255, 255, 255)";
            }
            const [r, g, b] = color.match(/[\\d.]+/g).map(Number);
            return (r + g + b) / 3;
        }""",
        name,
    )
    return value
