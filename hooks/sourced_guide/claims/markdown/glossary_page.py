"""The Markdown of the glossary page: the terms that its definition lists define.

Loaded only where a glossary is read anew, or shown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

from sourced_guide.claims.model.citation import GROUP
from sourced_guide.claims.project.glossary import Term
from sourced_guide.claims.project.page_file import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

_WORD = re.compile(r"\w+")
# What may be on a term's line without being part of its name.
_ATTRIBUTE_LIST = re.compile(r"\{:?[^{}]*\}\s*$")


def term_id(name: str) -> str:
    """Return the id of a term's entry on the glossary page."""
    return f"term-{slugify(name, '-')}"


def read_terms(content: str) -> list[Term]:
    """Return the terms that a glossary page's Markdown defines."""
    page = split_front_matter("", content)
    md = Markdown(extensions=["def_list", "attr_list"])
    collector = _TermCollector(md)
    # After escapes (0), which belong to the text.
    md.treeprocessors.register(collector, "terms", -1)
    md.convert(GROUP.sub("", page.body))
    places = _places(content, page.start, (name for term in collector.terms for name in term.names))
    return [
        replace(term, places=tuple(next(places) for _ in term.names)) for term in collector.terms
    ]


def entries(root: Element) -> Iterator[tuple[list[Element], list[Element]]]:
    """Yield the `dt` and `dd` elements of each entry of the definition lists below `root`."""
    for listing in root.iter("dl"):
        names: list[Element] = []
        meanings: list[Element] = []
        for child in listing:
            if child.tag == "dt" and meanings:
                yield names, meanings
                names, meanings = [], []
            (names if child.tag == "dt" else meanings).append(child)
        if names:
            yield names, meanings


class _TermCollector(Treeprocessor):
    """Collects the terms of a page's tree."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.terms: list[Term] = []

    def run(self, root: Element) -> None:
        for names, meanings in entries(root):
            first, *others = (words(name) for name in names)
            definition = " ".join(words(meaning) for meaning in meanings)
            self.terms.append(Term(first, tuple(others), definition, term_id(first)))


def words(element: Element) -> str:
    """Return the text of an element, without the spaces before its citations."""
    words = " ".join("".join(element.itertext()).split())
    return re.sub(r"\s+([.,;:!?])", r"\1", words)


def _places(content: str, start: int, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield line and column of each name, given in reading order; every name has its own line."""
    lines = content.split("\n")
    line = content.count("\n", 0, start)
    where: dict[tuple[str, ...], list[int]] = {}
    for number, written in enumerate(lines):
        where.setdefault(_words_of(written), []).append(number)
    for name in names:
        found = next((at for at in where.get(_words_of(name), ()) if at >= line), None)
        # A name with markup is not found; its place is near the one before.
        if found is None:
            yield max(line, 1), 1
        else:
            line = found + 1
            yield line, len(lines[found]) - len(lines[found].lstrip()) + 1


def _words_of(line: str) -> tuple[str, ...]:
    is_name = not line.startswith(("#", ":"))
    return tuple(_WORD.findall(_ATTRIBUTE_LIST.sub("", GROUP.sub("", line)))) if is_name else ()
