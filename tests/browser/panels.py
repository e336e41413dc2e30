"""Every panel of a page, opened one after the other: what it tells, and what it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

NUMBER, TERM = ".cs-citation a", "a.cs-term"
LINKS = f"{NUMBER}, {TERM}"
# Opens every panel of a page and returns what is wrong with it. Where the sentence is, it finds out
# by itself: from stop to stop, in the text without its numbers.
FAULTS = r"""({links, blocks}) => {
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
            if (link.contains(node)) at = letters.length;
            const isNumber = node.parentElement.closest("sup");
            [...node.data].forEach((letter, i) => letters.push(
                {node, i, said: isNumber || /\s/.test(letter) ? " " : letter}));
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
    for (const link of document.querySelectorAll(links)) {
        if (!link.checkVisibility()) continue;
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
            const source = document.querySelector(link.getAttribute("href"));
            const cited = link.dataset.csPassages.split(" ");
            const passages = [...source.querySelectorAll("[data-cs-passage]")];
            if (title !== `Source ${link.textContent}`) fault("has another title");
            // Where a source has one line, that leads to its passages.
            const line = source.querySelector("a.cs-sources__kind");
            if (!tells(line ?? source.querySelector("p"))) fault("does not tell kind and year");
            if (line ? !leads(line) : !passages.length) fault("has no passage");
            for (const each of passages) {
                const isCited = cited.includes(each.dataset.csPassage);
                if (tells(each) !== isCited) fault(`passage ${each.dataset.csPassage}`);
                const there = each.querySelector("a");
                if (isCited && there && !leads(there)) fault("does not lead to the passage");
            }
            if (!panel.querySelector('a[href*="references/"]')) fault("does not lead on");
        }
        if ([...panel.querySelectorAll("[id]")].some(each => !each.id.startsWith("cs-panel")))
            fault("repeats an id");
        panel.querySelector("button").click();
        if (document.querySelector(".cs-panel")) fault("does not close");
    }
    return faults;
}"""
BLOCKS = "p, li, dt, dd, td, th, caption, figcaption, summary, h1, h2, h3, h4, h5, h6"


def faults_of_panels(page: Page) -> list[str]:
    """Return what is wrong with the panels of a page, at the size at which it is shown."""
    found: list[str] = page.evaluate(FAULTS, {"links": LINKS, "blocks": BLOCKS})
    return found
