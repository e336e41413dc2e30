"""Parts of a page that are made from all pages: the sources, the coverage, the differences.

A paragraph that consists of `[REFERENCES]`, `[COVERAGE]` or `[DIFFERENCES]` is replaced, as with
`[TOC]`. While the generator is still rendering pages, directives that need all of them leave a
placeholder, which `deferred_directive` fills later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from sourced_guide.claims.render.coverage_page import coverage_directive
from sourced_guide.claims.render.disagreements import differences_directive
from sourced_guide.claims.render.references_page import Href, references_directive, relative_href
from sourced_guide.claims.report.coverage import coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.project.guide import Guide

# The attribute of a placeholder: the marker of the deferred directive.
DEFERRED = "data-cs-part"
_MARKER = "[REFERENCES]"
_NEED_ALL_PAGES: Mapping[str, Callable[[Guide, Href], Element]] = {
    "[COVERAGE]": lambda guide, href: coverage_directive(guide, coverage(guide), href),
    "[DIFFERENCES]": differences_directive,
}


def fill_directives(root: Element, page: str, reader: PageReader, *, deferred: bool) -> None:
    """Replace the markers; with `deferred`, those that need all pages by placeholders."""
    for parent, index, marker in list(_markers(root)):
        if marker == _MARKER:
            guide = None if deferred else reader.guide()
            parent[index] = references_directive(page, reader.references, guide)
        elif deferred:
            parent[index] = Element("div", {DEFERRED: marker})
        else:
            parent[index] = deferred_directive(marker, reader.guide(), relative_href(page))


def deferred_directive(marker: str, guide: Guide, href: Href) -> Element:
    """Return what replaces a marker, once every page has been read."""
    return _NEED_ALL_PAGES[marker](guide, href)


def _markers(root: Element) -> Iterator[tuple[Element, int, str]]:
    for parent in root.iter():
        for index, child in enumerate(parent):
            text = (child.text or "").strip()
            if child.tag == "p" and not len(child) and text in (_MARKER, *_NEED_ALL_PAGES):
                yield parent, index, text
