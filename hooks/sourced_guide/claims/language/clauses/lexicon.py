"""The words of `lexicon.yml`, made ready to be found in a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sourced_guide.claims.language.word_lists import read_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OPENER, DENIAL, NEAR_DENIAL, NO_DENIAL = "opener", "denial", "near denial", "no denial"


@dataclass(frozen=True)
class Phrase:
    """Words with a meaning here, and which."""

    words: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Lexicon:
    """`lexicon.yml`, made ready. Phrases are found by their first word, the longest first."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    subjects: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """Return the lists, read once."""
    listed = read_lists("lexicon.yml", "sourced_guide.claims.language.clauses")
    phrases: dict[str, list[Phrase]] = {}
    for phrase in sorted(_phrases(listed), key=lambda each: -len(each.words)):
        phrases.setdefault(phrase.words[0], []).append(phrase)
    return Lexicon(
        phrases={first: tuple(each) for first, each in phrases.items()},
        subjects=frozenset(_split(listed["subjects"])),
        prefixes=tuple(listed["denying_prefixes"].split()),
        suffixes=tuple(listed["denying_suffixes"].split()),
    )


def _phrases(listed: Mapping[str, object]) -> Iterator[Phrase]:
    for name, kind in (
        # Of phrases of one length, the first counts.
        ("no_denials", NO_DENIAL),
        ("denials", DENIAL),
        ("openers", OPENER),
        ("near_denials", NEAR_DENIAL),
    ):
        groups = listed[name]
        for words in groups.values() if isinstance(groups, dict) else (groups,):
            yield from (Phrase(tuple(each.split()), kind) for each in _split(str(words)))


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split(",")]
