"""The word lists of `lexicon.yml`, as the parser needs them."""

from __future__ import annotations

import re
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

# LibYAML, where it is installed, reads the lists in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = files(__package__).joinpath("lexicon.yml").read_text("utf-8")
_WORDS: dict[str, Any] = yaml.load(_TEXT, Loader=_LOADER)  # noqa: S506 (a safe loader)

ONES: dict[str, int] = {word: number for number, word in enumerate(_WORDS["ones"])}
TENS: dict[str, int] = {word: 10 * number for number, word in enumerate(_WORDS["tens"], 2)}
SCALES: dict[str, int] = _WORDS["scales"]
FRACTIONS: dict[str, int] = _WORDS["fractions"]
VULGAR_FRACTIONS: dict[str, tuple[int, int]] = {
    sign: (int(written[0]), int(written[2])) for sign, written in _WORDS["vulgar_fractions"].items()
}
ORDINALS: dict[str, int] = _WORDS["ordinals"]
MULTIPLIERS: dict[str, int] = _WORDS["multipliers"]
IMPLIED: dict[str, int] = _WORDS["implied"]

# Every form of a unit: the group that it is compared in, and its size there.
UNITS: dict[str, tuple[str, Decimal]] = {
    form: (group, Decimal(str(size)))
    for group, sizes in _WORDS["units"].items()
    for size, forms in sizes.items()
    for form in forms
}
# "a week": one of it. Abbreviations are not used like this.
PERIODS: list[str] = _WORDS["periods"]
RATES: dict[str, str] = _WORDS["rates"]
GRADINGS: list[str] = _WORDS["gradings"]
UNIT_MODIFIERS: list[str] = _WORDS["unit_modifiers"]
MONTHS: list[str] = _WORDS["months"]

# A phrase, and the value of the bound that it gives to the number after or before it.
BOUNDS_BEFORE: dict[str, str] = {
    phrase: bound for bound, phrases in _WORDS["bounds_before"].items() for phrase in phrases
}
BOUNDS_AFTER: dict[str, str] = {
    phrase: bound for bound, phrases in _WORDS["bounds_after"].items() for phrase in phrases
}
DURATION_NOUNS: list[str] = _WORDS["duration_nouns"]
APPROXIMATORS = frozenset(_WORDS["approximators"])
APPROXIMATORS_AFTER: list[str] = _WORDS["approximators_after"]
_BEFORE = [phrase.split() for phrase in (*BOUNDS_BEFORE, *APPROXIMATORS)]
LONGEST_PHRASE = max(map(len, _BEFORE))
# The words that any of these phrases ends with.
LAST_WORDS = frozenset(phrase[-1] for phrase in _BEFORE)

NOT_THINGS = frozenset(_WORDS["not_things"])
IRREGULAR_PLURALS = frozenset(_WORDS["irregular_plurals"])
FUNCTION_WORDS = frozenset(_WORDS["function_words"])
COMPLEMENT_CUES: list[str] = _WORDS["complement_cues"]
PEOPLE = frozenset(_WORDS["people"])
WORKS = frozenset(_WORDS["works"])


def one_of(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
