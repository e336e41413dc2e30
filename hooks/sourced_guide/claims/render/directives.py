"""Parts of a page that are made from all pages: the sources, the coverage, the differences.

Where a paragraph says only `[REFERENCES]`, `[COVERAGE]` or `[DIFFERENCES]`, the part takes its
place, as with `[TOC]`. While the generator is still rendering pages, a place is left for what
needs them all, and `deferred_directive` makes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from sourced_guide.claims.render.coverage_page import coverage_directive
from sourced_guide.claims.render.disagreements import differences_directive
from sourced_guide.claims.render.references_page import Href, href_from, references_directive
from sourced_guide.claims.report.coverage import coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.project.guide import Guide

# Holds the marker of a part that is to be made later.
DEFERRED = "data-cs-part"
_MARKER = "[REFERENCES]"
_OF_ALL_PAGES: Mapping[str, Callable[[Guide, Href], Element]] = {
    "[COVERAGE]": lambda guide, href: coverage_directive(guide, coverage(guide), href),
    "[DIFFERENCES]": differences_directive,
}


def fill_directives(root: Element, page: str, reader: PageReader, *, deferred: bool) -> None:
    """Put each part in the place of its marker; with `deferred`, places for those of all pages."""
    for parent, index, marker in list(_markers(root)):
        if marker == _MARKER:
            guide = None if deferred else reader.guide()
            parent[index] = references_directive(page, reader.references, guide)
        elif deferred:
            parent[index] = Element("div", {DEFERRED: marker})
        else:
            parent[index] = deferred_directive(marker, reader.guide(), href_from(page))


def deferred_directive(marker: str, guide: Guide, href: Href) -> Element:
    """Return the part of a marker, now that every page has been read."""
    return _OF_ALL_PAGES[marker](guide, href)


def _markers(root: Element) -> Iterator[tuple[Element, int, str]]:
    for parent in root.iter():
        for index, child in enumerate(parent):
            text = (child.text or "").strip()
            if child.tag == "p" and not len(child) and text in (_MARKER, *_OF_ALL_PAGES):
                yield parent, index, text
