"""Links that open panels, and every panel of a page: what it tells, and what it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NUMBER, TERM = ".cs-citation a", "a.cs-term"
LINKS = f"{NUMBER}, {TERM}"
# Opens the panels of a page, at most so many from all over it, and returns what is wrong with them.
# Where the sentence is, it finds out by itself: from stop to stop, in the text without its numbers.
FAULTS = r"""({links, blocks, most}) => {
    const faults = [];
    const width = document.documentElement.scrollWidth;
    const plain = text => text.replace(/\s+/g, " ").trim();
    const sentence = link => {
        const block = link.closest(blocks);
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const letters = [];
        let at = 0;
        while (walker.nextNode()) {
            const node = walker.currentNode;
            if (node.parentElement.closest(blocks + ", .cs-panel") !== block) continue;
            [...node.data].forEach((letter, i) => letters.push(
                {node, i, said: /\s/.test(letter) ? " " : letter}));
            if (link.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING)
                at = letters.length;
        }
        const text = letters.map(each => each.said).join("");
        if (link.closest("sup")) at = text.slice(0, at).trimEnd().length - 1;
        const stops = [...text.matchAll(/[.?!]["”’)]*(?= +[^a-z ]| *$)/g)]
            .map(stop => stop.index + stop[0].length);
        let start = Math.max(0, ...stops.filter(stop => stop <= at));
        while (text[start] === " ") start++;
        const end = Math.min(letters.length, ...stops.filter(stop => stop > at));
        const said = Map.groupBy(letters.slice(start, end), each => each.node);
        return [...said].flatMap(([node, its]) => {
            const range = document.createRange();
            range.setStart(node, its[0].i);
            range.setEnd(node, its.at(-1).i + 1);
            return [...range.getClientRects()].filter(box => box.width);
        });
    };
    const all = [...document.querySelectorAll(links)].filter(link => link.checkVisibility());
    const step = Math.ceil(all.length / most);
    for (const link of all.filter((_, at) => at % step === 0)) {
        const fault = what => faults.push(`${what}: "${link.textContent}" after "`
            + plain(link.closest(blocks).textContent).slice(0, 50) + '"');
        link.scrollIntoView({block: "center"});
        link.click();
        const panels = document.querySelectorAll(".cs-panel:popover-open");
        if (panels.length !== 1) { fault(`${panels.length} panels`); continue; }
        const [panel] = panels;
        const box = panel.getBoundingClientRect();
        if (box.left < 0 || box.top < 0 || box.right > document.documentElement.clientWidth
            || box.bottom > innerHeight || box.width < 200 || box.height < 90)
            fault(`not all in sight (${box.left}, ${box.top}, ${box.right}, ${box.bottom})`);
        if (panel.scrollWidth > panel.clientWidth) fault("wider than it shows");
        if (document.documentElement.scrollWidth > width) fault("makes the page wider");
        if (sentence(link).some(its => its.left < box.right - 1 && box.left < its.right - 1
            && its.top < box.bottom - 1 && box.top < its.bottom - 1)) fault("covers its sentence");
        const told = plain(panel.textContent);
        const tells = element => told.includes(plain(element.textContent));
        const leads = ({href}) => [...panel.querySelectorAll("a")].some(each => each.href === href);
        const title = document.getElementById(panel.getAttribute("aria-labelledby")).textContent;
        if (link.matches(".cs-term")) {
            const meaning = document.getElementById(link.getAttribute("aria-describedby"));
            if (title !== meaning.previousElementSibling.textContent) fault("has another title");
            if (!tells(meaning)) fault("does not tell what the term means");
            if (!leads(link)) fault("does not lead to the glossary");
        } else {
            const ends = [...document.querySelectorAll("[data-cs-cites]")];
            const last = ends.indexOf(link.parentElement);
            const run = ends.slice(last + 1 - (link.dataset.csRun || 1), last + 1);
            const cited = run.flatMap(each => each.dataset.csCites.split(" "));
            const keys = new Set(cited.map(each => each.split("#")[0]));
            const word = keys.size > 1 ? "Sources" : "Source";
            if (title !== `${word} ${link.dataset.csNumbers}`) fault("has another title");
            const claims = panel.querySelectorAll(".cs-panel__claim");
            const said = [...claims].map(one => one.textContent);
            if (said.length !== run.length) fault(`tells of ${said.length} claims`);
            for (const each of run) {
                const before = plain(each.previousSibling?.data ?? "");
                if (!said.some(one => one.includes(before))) fault(`does not tell of "${before}"`);
            }
            for (const key of keys) {
                const source = document.getElementById(`source-${key}`);
                const kind = source.querySelector("summary span, .cs-sources__kind");
                if (!tells(kind)) fault("does not tell its kind");
                const passages = [...source.querySelectorAll("[data-cs-passage]")];
                // Where a source has one line, that leads to its passages.
                if (!passages.length && !kind.matches("a")) fault("has no passage");
                for (const each of passages) {
                    const isCited = cited.includes(`${key}#${each.dataset.csPassage}`);
                    if (tells(each.previousSibling) !== isCited)
                        fault(`passage ${each.dataset.csPassage}`);
                    if (isCited && each.href && !leads(each)) fault("does not lead to the passage");
                }
                if (!panel.querySelector(`a[href*="#ref-${key}--"]`)) fault("does not lead on");
            }
        }
        if ([...panel.querySelectorAll("[id]")].some(each => !each.id.startsWith("cs-panel")))
            fault("repeats an id");
        panel.querySelector("button").click();
        if (document.querySelector(".cs-panel")) fault("does not close");
    }
    return faults;
}"""
BLOCKS = "p, li, dt, dd, td, th, caption, figcaption, summary, h1, h2, h3, h4, h5, h6"


# One script makes all panels: what holds for as many as this, all over a page, holds for all.
SOME, ALL = 12, 10_000


def faults_of_panels(page: Page, most: int = ALL) -> list[str]:
    """Return what is wrong with the panels of a page, at the size at which it is shown."""
    found: list[str] = page.evaluate(FAULTS, {"links": LINKS, "blocks": BLOCKS, "most": most})
    return found


def page_with(page: Page, site_url: str, kind: str) -> tuple[Page, Locator]:
    """Open a page with a link of a kind in the middle of the window."""
    page.goto(f"{site_url}symptoms/")
    link = page.locator(kind).nth(1)
    link.evaluate("link => link.scrollIntoView({block: 'center'})")
    return page, link


def panel_of(page: Page, link: Locator) -> Locator:
    """The panel of a link, as a screen reader finds it."""
    name = link.evaluate(
        """link => link.matches(".cs-term")
            ? document.getElementById(link.getAttribute("aria-describedby"))
                .previousElementSibling.textContent
            : `Source${/\\D/.test(link.dataset.csNumbers) ? "s" : ""} ${link.dataset.csNumbers}`"""
    )
    return page.get_by_role("dialog", name=name, exact=True)
