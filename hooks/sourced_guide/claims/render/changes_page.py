"""What is new, changed and gone since the last edition, page by page, for readers.

More than a page has room for comes in parts (see `reference_lists.py`).

A claim that is gone must not be taken for advice: it is struck through, every one of them begins by
saying so, and it is seen only by who opens its box.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from sourced_guide.claims.language.markup.written_html import html_of, text
from sourced_guide.claims.project.clock import humanize
from sourced_guide.claims.project.source_library import REFERENCES
from sourced_guide.claims.render.reference_lists import (
    LIST,
    MOST_ELEMENTS,
    Part,
    part_sections,
    size_of,
)
from sourced_guide.claims.render.references_page import page_anchor
from sourced_guide.claims.render.source_labels import kind_label
from sourced_guide.claims.review.changes import Change, Changes, PageChanges, latest_changes
from sourced_guide.claims.review.editions import newest_editions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.render.references_page import Href
    from sourced_guide.claims.review.editions import Edition, EditionClaim

# So many fit into one part, whatever they are.
_CHANGES_IN_A_BOX = 100

_REFERENCES_PAGE = f"{REFERENCES}/index.md"
_SEVERAL = "On several pages"
_INDEX = "all-changes"
# What is no longer said is shown to who opens its box, and to no search engine.
_HIDDEN = {"class": "cs-gone", "data-nosnippet": ""}


def changes_directive(guide: Guide, href: Href) -> str:
    """Return the list of changes since the last edition, as HTML."""
    changes = latest_changes(guide)
    if changes is None:
        return _listing(f"<p>{text(_nothing_to_compare(newest_editions(guide.project)))}</p>")
    writer = _Writer(guide, changes, href)
    boxes = [box for page in changes.sections for box in writer.boxes(page)]
    summary = f"<p>{text(_summary(changes))}</p>"
    if sum(size_of(box.html) for box in boxes) <= MOST_ELEMENTS:
        return _listing(summary + "".join(box.html for box in boxes))
    index = html_of(writer.index(changes.sections))
    parts = "".join(part_sections(list(_parts(boxes)), _INDEX, "All changes"))
    return _listing(summary + index + parts, f' {LIST}="{_INDEX}"')


def _listing(content: str, attributes: str = "") -> str:
    return f'<div class="cs-changes"{attributes}>{content}</div>'


class _Box(NamedTuple):
    """The changes of a page, or a share of them, and what they are called."""

    title: str
    html: str


def _parts(boxes: Iterable[_Box]) -> Iterator[Part]:
    """Yield boxes in a row that a page has room for."""
    rows: list[list[_Box]] = [[]]
    size = 0
    for box in boxes:
        size += size_of(box.html)
        if rows[-1] and size > MOST_ELEMENTS:
            rows.append([])
            size = size_of(box.html)
        rows[-1].append(box)
    for number, row in enumerate(rows, 1):
        first, last = row[0].title, row[-1].title
        title = first if first == last else f"{first} to {last}"
        yield Part(title, str(number), [box.html for box in row])


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


def _id(page: PageChanges) -> str:
    return f"changes-{page.path.removesuffix('.md').replace('/', '-') or 'several'}"


class _Writer:
    def __init__(self, guide: Guide, changes: Changes, href: Href) -> None:
        self._guide, self._changes, self._href = guide, changes, href

    def boxes(self, page: PageChanges) -> Iterator[_Box]:
        """Yield the changes of a page, or those that several pages show, in boxes to open."""
        title = page.title or _SEVERAL
        starts = range(0, len(page.changes), _CHANGES_IN_A_BOX)
        shares = [page.changes[start : start + _CHANGES_IN_A_BOX] for start in starts]
        for number, share in enumerate(shares, 1):
            name = f"{title}, part {number} of {len(shares)}" if len(shares) > 1 else title
            element = self._box(name, replace(page, changes=share))
            if number == 1:
                element.set("id", _id(page))
            yield _Box(name, html_of(element))

    def index(self, pages: Sequence[PageChanges]) -> Element:
        """Return the pages with links to their changes, and how many these are."""
        index = Element("ul", {"id": _INDEX})
        for page in pages:
            entry = SubElement(index, "li")
            link = SubElement(entry, "a", {"href": f"#{_id(page)}"})
            link.text, link.tail = page.title or _SEVERAL, f": {_counts(page)}"
        return index

    def _box(self, title: str, page: PageChanges) -> Element:
        box = Element("details", {"class": "cs-change"})
        SubElement(box, "summary").text = f"{title}: {_counts(page)}"
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
