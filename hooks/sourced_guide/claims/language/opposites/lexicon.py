"""The words of `lexicon.yml`, compiled for matching."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sourced_guide.claims.language.phrases import PhraseTable
from sourced_guide.claims.language.word_lists.lists import read_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Endings of the forms of one word. Others make another word: "hardly" is not "hard".
_INFLECTION = re.compile(r"(?<=[a-z]{3})(?:ing|ed|es|s|e)$")
_CACHED_WORDS = 65_536
_NOT_INFLECTED = frozenset(("evening", "morning"))
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
# A short word with one vowel before its last letter has that letter twice before an ending.
_DOUBLING = re.compile(r"^[^aeiou]+[aeiou][bdgmnprt]$")


class Side(NamedTuple):
    """One side of a group of opposites, and the side to which a negation turns it, if any."""

    group: str
    number: int
    negated: int | None


class Lexicon(NamedTuple):
    """The sides of each basic form, and of each phrase; a harmless phrase has none.

    `unturned` are the groups whose words a negation does not turn to another side; `others` has for
    each side of a group, as the pair of both, the other sides of it.
    """

    words: Mapping[str, tuple[Side, ...]]
    phrases: PhraseTable[tuple[Side, ...]]
    unturned: frozenset[str]
    others: Mapping[tuple[str, int], frozenset[tuple[str, int]]]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    lists = read_lists(Path(__file__).with_name("lexicon.yml"), "opposites")
    words: dict[str, dict[Side, None]] = {}
    phrases: dict[tuple[str, ...], dict[Side, None]] = {
        tuple(phrase.split()): {} for phrase in _split(lists["harmless"])
    }
    particles = frozenset(_split(lists["particles"]))
    numbers: dict[str, set[tuple[str, int]]] = {}
    for side, written in _sides(lists):
        of_group = (side.number, side.number if side.negated is None else side.negated)
        numbers.setdefault(side.group, set()).update((side.group, each) for each in of_group)
        parts = tuple(written.split())
        if len(parts) > 1:
            forms = _verb_forms(parts[0]) if parts[1] in particles else parts[:1]
            for form in forms:
                phrases.setdefault((form, *parts[1:]), {})[side] = None
        else:
            words.setdefault(basic_form(written), {})[side] = None
    return Lexicon(
        {word: tuple(sides) for word, sides in words.items()},
        PhraseTable((parts, tuple(sides)) for parts, sides in phrases.items()),
        frozenset(lists["unturned"]),
        {each: frozenset(of) - {each} for of in numbers.values() for each in of},
    )


def _sides(lists: Mapping[str, Any]) -> Iterator[tuple[Side, str]]:
    """Yield each word or phrase with a side that it is on."""
    for kind in ("turned", "unturned"):
        groups: Mapping[str, Sequence[str]] = lists[kind]
        for group, sides in groups.items():
            for number, listed in enumerate(sides):
                side = Side(group, number, 1 - number if kind == "turned" else None)
                yield from ((side, written) for written in _split(listed))


def _verb_forms(verb: str) -> tuple[str, ...]:
    """Return a verb with its regular endings: "slow", "slows", "slowing", "slowed".

    An irregular one gets a form that nobody writes; those that it has are in the list themselves.
    """
    stem = verb.removesuffix("e")
    doubled = f"{stem}{stem[-1]}" if _DOUBLING.search(verb) else stem
    return verb, f"{verb}s", f"{doubled}ing", f"{doubled}ed"


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(",")]


@lru_cache(_CACHED_WORDS)
def basic_form(word: str) -> str:
    """Return a word without the ending of its plural, its past or its "-ing"."""
    if word in _NOT_INFLECTED:
        return word
    form = _INFLECTION.sub("", word)
    return form[:-1] if _DOUBLED.search(form, len(form) - 2) else form
