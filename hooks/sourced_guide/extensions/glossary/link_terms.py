"""Marks a term where each section of a page first uses it.

The mark is a link to the term's entry, so that it works by keyboard, by touch and without a
script. The definitions are also at the end of the page: in print they are shown, and a screen
reader reads them with the mark.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from sourced_guide.claims.markdown.segments.media import PAPER_ONLY, classes_of
from sourced_guide.claims.project.glossary import PAGE, Term, term_finder

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SKIPPED_TAGS = {"a", "code", "pre", "dt", "th", "sup", "label", "summary", "button", "svg"}
_SKIPPED_CLASSES = {
    *("admonition-title", "editorial"),
    *("cs-sources", "cs-references", "cs-coverage", "cs-differences", "cs-changes"),
}


def mark_terms(root: Element, page: str, terms: Sequence[Term]) -> None:
    """Mark the terms on a page, `page` being its path in the docs folder."""
    if not terms:
        return
    marking = _Marking(terms, posixpath.relpath(PAGE, posixpath.dirname(page) or "."))
    marking.mark(root)
    if marking.found:
        root.append(_definitions(marking.found))


class _Marking:
    """Marks the terms of one page and remembers which it found."""

    def __init__(self, terms: Sequence[Term], glossary: str) -> None:
        self.found: dict[str, Term] = {}
        self._glossary = glossary
        self._finder = term_finder(tuple(terms))
        self._seen: set[str] = set()

    def mark(self, element: Element) -> None:
        """Mark an element's text and, in reading order, everything in it."""
        self._split(element, None, element.text)
        for child in list(element):
            if child.get("class") == "cs-term":
                continue
            if child.tag in _HEADINGS:
                self._seen = set()
            elif not self._is_skipped(child):
                seen = set(self._seen)
                self.mark(child)
                if PAPER_ONLY in classes_of(child):
                    # Screens do not show this block, so the next use still has to be marked.
                    self._seen = seen
            self._split(element, child, child.tail)

    def _is_skipped(self, element: Element) -> bool:
        return element.tag in _SKIPPED_TAGS or bool(classes_of(element) & _SKIPPED_CLASSES)

    def _split(self, parent: Element, before: Element | None, text: str | None) -> None:
        """Cut a text, the one in `parent` after its child `before`, at the terms in it."""
        if not text or text.isspace():
            return
        links: list[Element] = []
        at = 0
        for start, end, term in self._finder.find(text):
            if term.id in self._seen:
                continue
            self._seen.add(term.id)
            self.found.setdefault(term.id, term)
            _set_text(parent, links[-1] if links else before, text[at:start])
            links.append(self._link(term, text[start:end]))
            at = end
        if links:
            links[-1].tail = text[at:]
            position = 0 if before is None else list(parent).index(before) + 1
            parent[position:position] = links

    def _link(self, term: Term, written: str) -> Element:
        link = Element(
            "a",
            {
                "class": "cs-term",
                "href": f"{self._glossary}#{term.id}",
                "aria-describedby": f"word-{term.id}",
            },
        )
        link.text = written
        return link


def _set_text(parent: Element, before: Element | None, text: str) -> None:
    if before is None:
        parent.text = text
    else:
        before.tail = text


def _definitions(found: dict[str, Term]) -> Element:
    """Return the page's terms with their definitions; the style sheet shows it in print only."""
    section = Element("div", {"class": "cs-words"})
    # Not a heading: the table of contents would lead to a part that screens do not show.
    SubElement(section, "p", {"class": "cs-words__title"}).text = "Words on this page"
    listing = SubElement(section, "dl")
    for term in sorted(found.values(), key=lambda known: known.name.lower()):
        SubElement(listing, "dt").text = term.name
        SubElement(listing, "dd", {"id": f"word-{term.id}"}).text = term.definition
    return section
