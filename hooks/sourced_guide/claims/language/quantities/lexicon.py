"""The word lists of `lexicon.yml`, in the shapes that reading a figure needs."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from sourced_guide.claims.language.word_lists import read_lists

if TYPE_CHECKING:
    from collections.abc import Iterable


class Bound(Enum):
    """On which side of its number a figure leaves room.

    WITHIN is a limit in time and OVER a time that may be a length or a least length: sources and
    claims use both interchangeably with the bare number.
    """

    NONE = ""
    MIN = "min"
    MAX = "max"
    WITHIN = "within"
    OVER = "over"


_WORDS = read_lists("lexicon.yml", "sourced_guide.claims.language.quantities")

ONES: dict[str, int] = {word: number for number, word in enumerate(_WORDS["ones"])}
TENS: dict[str, int] = {word: 10 * number for number, word in enumerate(_WORDS["tens"], 2)}
SCALES: dict[str, int] = _WORDS["scales"]
FRACTIONS: dict[str, int] = _WORDS["fractions"]
VULGAR: dict[str, tuple[int, int]] = {
    sign: (int(written[0]), int(written[2])) for sign, written in _WORDS["vulgar"].items()
}
ORDINALS: dict[str, int] = _WORDS["ordinals"]
MULTIPLES: dict[str, int] = _WORDS["multiples"]
IMPLIED: dict[str, int] = _WORDS["implied"]

# Every form of a unit: the group that it is compared in, and its size there.
UNITS: dict[str, tuple[str, Decimal]] = {
    form: (group, Decimal(str(size)))
    for group, sizes in _WORDS["units"].items()
    for size, forms in sizes.items()
    for form in forms
}
# "a week": one of it. Abbreviations are never written so.
PERIODS: list[str] = _WORDS["periods"]
RATES: dict[str, str] = _WORDS["rates"]
LABELS: list[str] = _WORDS["labels"]
FILLERS: list[str] = _WORDS["between_number_and_unit"]
MONTHS: list[str] = _WORDS["months"]

BOUNDS_BEFORE: dict[str, Bound] = {
    phrase: Bound(bound) for bound, phrases in _WORDS["bounds_before"].items() for phrase in phrases
}
BOUNDS_AFTER: dict[str, Bound] = {
    phrase: Bound(bound) for bound, phrases in _WORDS["bounds_after"].items() for phrase in phrases
}
TAKEN_OVER: list[str] = _WORDS["taken_over"]
HEDGES = frozenset(_WORDS["hedges"])
LONGEST_PHRASE = max(len(phrase.split()) for phrase in (*BOUNDS_BEFORE, *HEDGES))

NOT_THINGS = frozenset(_WORDS["not_things"])
IRREGULAR_THINGS = frozenset(_WORDS["irregular_things"])
FUNCTION_WORDS = frozenset(_WORDS["function_words"])
OTHER_SIDE: list[str] = _WORDS["other_side"]
PEOPLE = frozenset(_WORDS["people"])
WORKS = frozenset(_WORDS["works"])


def one_of(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
