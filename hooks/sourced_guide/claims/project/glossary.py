"""Terms as the glossary page defines them.

A term is an entry of a Markdown definition list. Its first line is the term; each further line
before the definition is another name for the same thing:

    Wheel rim
    Rim
    :   The outer ring of a wheel. [@wheels-2020#rim]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeVar

from markdown import Markdown
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

from sourced_guide.claims.model.citation import GROUP
from sourced_guide.claims.project.page_file import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

PAGE = "glossary.md"

_LONGEST_NAME = 100
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_WORD = re.compile(r"\w+")
# What may be on a term's line without being part of its name.
_ATTRIBUTE_LIST = re.compile(r"\{:?[^{}]*\}\s*$")

T = TypeVar("T")


@dataclass(frozen=True)
class Term:
    """One term: its name, its other names, what it means, and its id on the glossary page.

    `places` are the line and column of the name and of each other name in the glossary's file.
    """

    name: str
    aliases: tuple[str, ...]
    definition: str
    id: str
    places: tuple[tuple[int, int], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the other names."""
        return (self.name, *self.aliases)

    def forms(self) -> Iterator[str]:
        """Yield every form that a page may use, in lower case: names and regular plurals."""
        for name in self.names:
            # A name as long as a paragraph is a mistake, and its pattern would be slow.
            if len(name) <= _LONGEST_NAME:
                yield from forms_of(name)


class FormFinder(Generic[T]):
    """Finds forms of words in a text, and what they map to: their terms, for example.

    A form matches whole words, a hyphen belonging to a word, in upper or
    lower case. The longest form wins: "wheel rim tape" is not taken for "wheel rim".
    """

    def __init__(self, by_form: Mapping[str, T]) -> None:
        self._by_form = by_form
        # One branch for each first letter: a guide is searched in a fifth of the time that it
        # takes to try form after form at each of its words.
        by_letter = groupby(sorted(filter(None, by_form)), key=lambda form: form[0])
        branches = (_branch(letter, list(forms)) for letter, forms in by_letter)
        pattern = "|".join(branches) or "(?!)"
        self._pattern = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)

    def find(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Yield the start and end of each form in `text`, and what it maps to."""
        for match in self._pattern.finditer(text):
            form = " ".join(match.group().lower().split())
            # Ignoring case, the pattern takes some letters for others ("ſ" for "s").
            if form in self._by_form:
                yield match.start(), match.end(), self._by_form[form]


@lru_cache(maxsize=4)
def term_finder(terms: tuple[Term, ...]) -> FormFinder[Term]:
    """Return a finder of the terms of a glossary."""
    by_form: dict[str, Term] = {}
    for term in terms:
        for form in term.forms():
            by_form.setdefault(form, term)
    return FormFinder(by_form)


def forms_of(name: str) -> tuple[str, str]:
    """Return a name and its regular plural, in lower case."""
    lower = " ".join(name.lower().split())
    if _CONSONANT_Y.search(lower):
        return lower, f"{lower[:-1]}ies"
    return lower, f"{lower}es" if _SIBILANT.search(lower) else f"{lower}s"


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


def _branch(letter: str, forms: list[str]) -> str:
    """Return a pattern for forms that begin with `letter`, the longest first."""
    rests = (form[1:] for form in sorted(forms, key=len, reverse=True))
    spaced = (re.escape(rest).replace(r"\ ", r"\s+") for rest in rests)
    return f"{re.escape(letter)}(?:{'|'.join(spaced)})"
