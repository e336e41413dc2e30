"""Parts of a page that are made from all pages: sources, coverage, differences, changes.

A paragraph that consists of `[REFERENCES]`, `[COVERAGE]`, `[REVIEWS]`, `[DIFFERENCES]` or
`[CHANGES]` is replaced, as with `[TOC]`. All of them need every page. While the generator is still
rendering pages, they leave a placeholder, which is filled later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from sourced_guide.claims.language.markup.written_html import element_of, html_of
from sourced_guide.claims.render.changes_page import changes_directive
from sourced_guide.claims.render.coverage_page import coverage_directive
from sourced_guide.claims.render.disagreements import differences_directive
from sourced_guide.claims.render.reference_lists import references_directive
from sourced_guide.claims.render.references_page import Href, relative_href
from sourced_guide.claims.render.reviews_page import reviews_directive
from sourced_guide.claims.report.coverage import coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.project.guide import Guide

# The attribute of a placeholder: the marker of the deferred directive.
DEFERRED = "data-cs-part"
_DIRECTIVES: Mapping[str, Callable[[Guide, Href], str]] = {
    "[REFERENCES]": references_directive,
    "[REVIEWS]": lambda guide, href: html_of(reviews_directive(guide, href)),
    "[COVERAGE]": lambda guide, href: html_of(coverage_directive(guide, coverage(guide), href)),
    "[DIFFERENCES]": lambda guide, href: html_of(differences_directive(guide, href)),
    "[CHANGES]": changes_directive,
}


def mark_directives(root: Element) -> None:
    """Replace the markers by placeholders."""
    for parent in root.iter():
        for index, child in enumerate(parent):
            if child.tag == "p" and not len(child):
                marker = (child.text or "").strip()
                if marker in _DIRECTIVES:
                    parent[index] = Element("div", {DEFERRED: marker})


def fill_directives(root: Element, page: str, reader: PageReader) -> None:
    """Replace the placeholders, if every page can be read now."""
    for parent in list(root.iter()):
        for index, child in enumerate(parent):
            if marker := child.get(DEFERRED):
                html = deferred_directive(marker, reader.guide(), relative_href(page))
                parent[index] = element_of(html)


def deferred_directive(marker: str, guide: Guide, href: Href) -> str:
    """Return what replaces a marker as HTML, once every page has been read."""
    return _DIRECTIVES[marker](guide, href)
