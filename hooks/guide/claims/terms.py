"""Terms as the glossary page defines them.

A term is an entry of a Markdown definition list. Its first line is the term; each further line
before the definition is another name for the same thing:

    Spinal cord
    Cord
    :   A thick bundle of nerves. [@jama-2020#spinal-cord]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

from guide.claims.citations import GROUP
from guide.claims.pages import split_front_matter

PAGE = "glossary.md"

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


@dataclass(frozen=True)
class Term:
    """One term: its name, its other names, what it means, and its id on the glossary page."""

    name: str
    aliases: tuple[str, ...]
    definition: str
    id: str

    def forms(self) -> Iterator[str]:
        """Yield every form that a page may use, in lower case: names and regular plurals."""
        for name in (self.name, *self.aliases):
            lower = name.lower()
            yield lower
            yield _plural(lower)


def term_id(name: str) -> str:
    """Return the id of a term's entry on the glossary page."""
    return f"term-{slugify(name, '-')}"


def read_terms(content: str) -> list[Term]:
    """Return the terms that a glossary page's Markdown defines."""
    body = GROUP.sub("", split_front_matter("", content).body)
    md = Markdown(extensions=["def_list", "attr_list"])
    taker = _Taker(md)
    md.treeprocessors.register(taker, "terms", 1)
    md.convert(body)
    return taker.terms


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


class _Taker(Treeprocessor):
    """Takes the terms out of a page's tree."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.terms: list[Term] = []

    def run(self, root: Element) -> None:
        for names, meanings in entries(root):
            first, *others = (words(name) for name in names)
            definition = " ".join(words(meaning) for meaning in meanings)
            self.terms.append(Term(first, tuple(others), definition, term_id(first)))


def words(element: Element) -> str:
    """Return the text of an element without the gaps that its citations left."""
    words = " ".join("".join(element.itertext()).split())
    return re.sub(r"\s+([.,;:!?])", r"\1", words)


def _plural(name: str) -> str:
    if _CONSONANT_Y.search(name):
        return f"{name[:-1]}ies"
    return f"{name}es" if _SIBILANT.search(name) else f"{name}s"
