"""Terms as the glossary page defines them.

A term is an entry of a Markdown definition list. Its first line is the term; each further line
before the definition is another name for the same thing:

    Wheel rim
    Rim
    :   The outer ring of a wheel. [@wheels-2020#rim]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE = "glossary.md"

_LONGEST_NAME = 100
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")

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
        self._pattern = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")

    def find(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Yield the start and end of each form in `text`, and what it maps to."""
        # This letter would be two in lower case, and all places behind it others.
        for match in self._pattern.finditer(text.replace("İ", "I").lower()):
            yield *match.span(), self._by_form[" ".join(match.group().split())]


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


def _branch(letter: str, forms: list[str]) -> str:
    """Return a pattern for forms that begin with `letter`, the longest first."""
    rests = (form[1:] for form in sorted(forms, key=len, reverse=True))
    spaced = (re.escape(rest).replace(r"\ ", r"\s+") for rest in rests)
    return f"{re.escape(letter)}(?:{'|'.join(spaced)})"
