"""One source as the references page shows it: what it says, and every claim that rests on it."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from sourced_guide.claims.model.statement import Statement
from sourced_guide.claims.project.clock import humanize
from sourced_guide.claims.render.source_labels import READ_LABELS, kind_label
from sourced_guide.claims.report.bibliography import reference, work_reference

if TYPE_CHECKING:
    from sourced_guide.claims.model.source import Passage, Source
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.store.store import Store

# Returns the URL that links to an anchor on the page at a path.
Href = Callable[[str, str], str]
# A claim that rests on a source, and the path of its page.
Backlink = tuple[str, Statement]


def relative_href(page: str) -> Href:
    """Return a function that links from a page to others, by the relative paths of their files."""

    def href(path: str, anchor: str) -> str:
        target = posixpath.relpath(path, posixpath.dirname(page) or ".")
        return f"{target}#{anchor}" if anchor else target

    return href


def page_anchor(key: str) -> str:
    """Return the id of a source on the references page."""
    return f"ref-{key}"


def backlinks_by_source(guide: Guide) -> Mapping[str, Sequence[Backlink]]:
    """Return the claims that rest on each source, by its key, in the order of their pages."""
    by_source: dict[str, list[Backlink]] = defaultdict(list)
    for file, page in guide.pages:
        for claim in page.claims:
            for key in dict.fromkeys(citation.key for citation in claim.citations):
                by_source[key].append((file.path, claim))
    return by_source


def source_section(source: Source, claims: Sequence[Backlink], guide: Guide, href: Href) -> Element:
    """Return what the guide uses of a source, given the claims that rest on it."""
    entry = Element("section", {"class": "cs-reference-entry"})
    SubElement(entry, "h3", {"id": page_anchor(source.key)}).text = source.title
    SubElement(entry, "p").append(reference(source, guide.project.store))
    SubElement(entry, "p", {"class": "cs-reference-entry__kind"}).text = _about(source)
    SubElement(entry, "p").text = "What it says, in our words:"
    entry.append(_passages(source))
    if source.cites:
        entry.append(_works_cited(source, guide.project.store))
    entry.append(_backlinks(claims, guide, href))
    return entry


def _backlinks(claims: Sequence[Backlink], guide: Guide, href: Href) -> Element:
    """Return the claims that rest on a source, below their pages, and linked."""
    box = Element("details", {"class": "cs-rests-on"})
    SubElement(box, "summary").text = f"What rests on it in this guide ({len(claims)})"
    entries = SubElement(box, "dl")
    for path, group in groupby(claims, key=lambda claim: claim[0]):
        link = SubElement(SubElement(entries, "dt"), "a", {"href": href(path, "")})
        link.text = guide.page(path).file.title
        for _, statement in group:
            link = SubElement(
                SubElement(entries, "dd"), "a", {"href": href(path, statement.anchor)}
            )
            link.text = statement.text
    return box


def _about(source: Source) -> str:
    """Say in plain words what the source is and how it was read."""
    parts = [f"{kind_label(source)}.", READ_LABELS.get(source.read, "")]
    if source.checked:
        parts.append(f"We last checked it on {humanize(source.checked)}.")
    if source.reviewed_by and source.reviewed_date:
        reviewed = humanize(source.reviewed_date)
        parts.append(f"Reviewed for its publisher by {source.reviewed_by}, {reviewed}.")
    elif source.reviewed_by:
        parts.append(f"Reviewed for its publisher by {source.reviewed_by}; no date given.")
    if source.status == "superseded":
        parts.append("A newer source replaces it.")
    if source.status == "retracted":
        parts.append("It was withdrawn by its publisher.")
    return " ".join(filter(None, parts))


def _passages(source: Source) -> Element:
    entries = Element("ul", {"class": "cs-passages"})
    for passage in source.passages.values():
        entry = passage_item(source, passage)
        entry.set("id", f"{page_anchor(source.key)}--{passage.id}")
        if passage.section:
            where = Element("small")
            where.text = f"Where: {passage.section}."
            where.tail = " "
            entry.insert(0, where)
        entries.append(entry)
    return entries


def passage_item(source: Source, passage: Passage) -> Element:
    """Return a list item: what a passage says in our words, and a link to its place."""
    entry = Element("li")
    entry.text = f"{passage.says} "
    if url := source.csl.get("URL"):
        address = f"{url}{text_fragment(passage)}"
        link = SubElement(entry, "a", {"href": address})
        link.text = "Read it there"
    return entry


def text_fragment(passage: Passage) -> str:
    """Return the URL fragment that opens a page at a passage.

    URL Fragment Text Directives, W3C (https://wicg.github.io/scroll-to-text-fragment/).
    """
    # `-` and `,` are syntax in a text directive, and quote() does not escape `-`.
    start, end = (
        quote(words, safe="").replace("-", "%2D") for words in (passage.start, passage.end)
    )
    return f"#:~:text={start}" + (f",{end}" if end != start else "")


def _works_cited(source: Source, store: Store) -> Element:
    box = Element("details", {"class": "cs-works-cited"})
    SubElement(box, "summary").text = f"Works that it lists ({len(source.cites)})"
    entries = SubElement(box, "ul")
    for work in source.cites:
        SubElement(entries, "li").append(work_reference(work, store))
    return box
