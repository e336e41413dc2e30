"""What is new, changed and gone since the last edition, page by page, for readers.

A claim that is gone must not be taken for advice: it is struck through, every one of them begins by
saying so, and it is seen only by who opens its box.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from sourced_guide.claims.project.clock import humanize
from sourced_guide.claims.project.source_library import REFERENCES
from sourced_guide.claims.render.references_page import page_anchor
from sourced_guide.claims.render.source_labels import kind_label
from sourced_guide.claims.review.changes import Change, Changes, PageChanges, latest_changes
from sourced_guide.claims.review.editions import newest_editions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.render.references_page import Href
    from sourced_guide.claims.review.editions import Edition, EditionClaim

# No page has more than 2,000 elements or 250 kB; the rest is the theme's.
_MOST_ELEMENTS = 1_100
_MOST_BYTES = 150_000

_REFERENCES_PAGE = f"{REFERENCES}/index.md"
_SEVERAL = "On several pages"
# What is no longer said is shown to who opens its box, and to no search engine.
_HIDDEN = {"class": "cs-gone", "data-nosnippet": ""}


def changes_directive(guide: Guide, href: Href) -> Element:
    """Return the list of changes since the last edition, as far as a page has room for it."""
    part = Element("div", {"class": "cs-changes"})
    changes = latest_changes(guide)
    if changes is None:
        SubElement(part, "p").text = _nothing_to_compare(newest_editions(guide.project))
        return part
    SubElement(part, "p").text = _summary(changes)
    writer = _Writer(guide, changes, href)
    boxes = [(page, writer.box(page)) for page in changes.sections]
    fitting = _fitting(boxes)
    part.extend(fitting)
    if longer := [page for page, box in boxes if box not in fitting]:
        part.extend(writer.longer(longer, are_all=not fitting))
    return part


def _nothing_to_compare(editions: Sequence[Edition]) -> str:
    if not editions:
        return "No edition of this guide is on record yet, so there is nothing to compare it with."
    return (
        f"This is edition {editions[0].number}, of {humanize(editions[0].on)}. It is the first one "
        "on record, so there is nothing to compare it with."
    )


def _summary(changes: Changes) -> str:
    since = f"edition {changes.since.number}, of {humanize(changes.since.on)}"
    if changes.edition:
        on = humanize(changes.edition.on)
        begin = f"This is edition {changes.edition.number}, of {on}. It is compared with {since}."
    else:
        begin = f"This is the guide as it is now, compared with {since}."
    if not changes.total.changes:
        return f"{begin} All statements are the same."
    return f"{begin} In all: {_counts(changes.total)}."


def _counts(page: PageChanges) -> str:
    counted = ((page.new, "new"), (page.changed, "changed"), (page.gone, "no longer said"))
    counts = ", ".join(f"{len(changes):,} {kind}" for changes, kind in counted if changes)
    return f"a new page, {counts}" if page.is_new else counts


def _fitting(boxes: Sequence[tuple[PageChanges, Element]]) -> list[Element]:
    """Return the boxes that there is room for: small ones first, and those of new pages last.

    What is in a box of a new page is on that page, too.
    """
    sizes = [(sum(1 for _ in box.iter()), len(tostring(box))) for _, box in boxes]
    elements = size = 0
    fitting = set()
    for at in sorted(range(len(boxes)), key=lambda at: (boxes[at][0].is_new, sizes[at])):
        if elements + sizes[at][0] <= _MOST_ELEMENTS and size + sizes[at][1] <= _MOST_BYTES:
            elements, size = elements + sizes[at][0], size + sizes[at][1]
            fitting.add(at)
    return [box for at, (_, box) in enumerate(boxes) if at in fitting]


class _Writer:
    def __init__(self, guide: Guide, changes: Changes, href: Href) -> None:
        self._guide, self._changes, self._href = guide, changes, href

    def box(self, page: PageChanges) -> Element:
        """Return the changes of a page, or those that several pages show, in a box to open."""
        box = Element("details", {"class": "cs-change"})
        SubElement(box, "summary").text = f"{page.title or _SEVERAL}: {_counts(page)}"
        if self._has(page):
            link = SubElement(SubElement(box, "p"), "a", {"href": self._href(page.path, "")})
            link.text = f"Read the page: {page.title}"
        elif page.path:
            SubElement(box, "p").text = "This page is no longer in the guide."
        if page.new:
            self._list(box, "New", page.new)
        if page.changed:
            self._list(box, "Changed", page.changed)
        if page.gone:
            gone = SubElement(box, "details", _HIDDEN)
            SubElement(gone, "summary").text = f"No longer said ({len(page.gone)})"
            about = SubElement(gone, "p")
            SubElement(about, "strong").text = "Do not go by these."
            about[0].tail = " They are here only to show what was taken out."
            entries = SubElement(gone, "ul")
            for change in page.gone:
                self._entry(SubElement(entries, "li"), change)
        return box

    def longer(self, pages: Sequence[PageChanges], *, are_all: bool) -> list[Element]:
        """Return the pages that have more changes than there is room for, with their counts."""
        about = Element("p")
        about.text = (
            f"{'These' if are_all else 'The other'} pages have changed in more places than we can "
            "list here. Each page shows all that we say now, with its sources. What it no longer "
            "says is counted, and not shown."
        )
        listing = Element("ul")
        for page in pages:
            entry = SubElement(listing, "li")
            if self._has(page):
                link = SubElement(entry, "a", {"href": self._href(page.path, "")})
                link.text, link.tail = page.title, f": {_counts(page)}"
            else:
                note = " (no longer in the guide)" if page.path else ""
                entry.text = f"{page.title or _SEVERAL}{note}: {_counts(page)}"
        return [about, listing]

    def _has(self, page: PageChanges) -> bool:
        return self._guide.project.has_page(page.path)

    def _list(self, box: Element, heading: str, changes: Iterable[Change]) -> None:
        SubElement(SubElement(box, "p"), "strong").text = heading
        entries = SubElement(box, "ul")
        for change in changes:
            self._entry(SubElement(entries, "li"), change)

    def _entry(self, entry: Element, change: Change) -> None:
        """Write a claim that is made now, what it was before, or one that is gone."""
        if now := change.now:
            entry.text = f"{now.text} "
            self._sources(entry, now)
        if was := change.before:
            if change.only_sources:
                self._note(entry, "The words are the same. What they rest on has changed.")
            elif now:
                box = SubElement(entry, "details", _HIDDEN)
                SubElement(box, "summary").text = "Before"
                self._gone(SubElement(box, "p"), was, "We no longer say it like this:")
            else:
                self._gone(entry, was, "We no longer say:")
                self._sources(entry, was)
        if paths := self._changes.shared.get(change):
            self._note(entry, f"On {len(paths)} pages.")

    def _gone(self, entry: Element, was: EditionClaim, label: str) -> None:
        """Write a claim that is no longer made, so that nobody can take it for one that is."""
        SubElement(entry, "strong").text = label
        entry[0].tail = " "
        SubElement(entry, "del").text = was.text
        entry[1].tail = " "

    def _note(self, entry: Element, text: str) -> None:
        SubElement(entry, "small").text = text
        entry[-1].tail = " "

    def _sources(self, entry: Element, claim: EditionClaim) -> None:
        """Write which sources a claim rests on, or rested on, with links to them."""
        if not claim.citations:
            return
        where = SubElement(entry, "small")
        where.text, where.tail = "Source: ", " "
        for number, key in enumerate(dict.fromkeys(c.partition("#")[0] for c in claim.citations)):
            if number:
                where[-1].tail = "; "
            label, address = self._source(key)
            link = SubElement(
                where, "a" if address else "span", {"href": address} if address else {}
            )
            link.text = label

    def _source(self, key: str) -> tuple[str, str]:
        """Return what to call a source and where it is; one that is gone, as its edition had it."""
        if source := self._guide.references.sources.get(key):
            if self._guide.project.has_page(_REFERENCES_PAGE):
                return kind_label(source), self._href(_REFERENCES_PAGE, page_anchor(key))
            return kind_label(source), str(source.csl.get("URL", ""))
        was = self._changes.since.sources.get(key)
        return (was.label, was.url) if was else (key, "")
