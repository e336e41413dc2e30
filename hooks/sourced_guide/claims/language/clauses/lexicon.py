"""The words of `lexicon.yml`, compiled for matching."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# LibYAML, where it is installed, reads the lists in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

OPENER, NEGATION, IMPLICIT = "opener", "negation", "implicit negation"
PSEUDO_NEGATION = "pseudo negation"


@dataclass(frozen=True)
class Phrase:
    """A phrase of the lexicon: its words in lower case, and its kind."""

    words: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Lexicon:
    """The phrases by their first words, longest first, and the lists of single words."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    subjects: frozenset[str]
    negative_openers: frozenset[str]
    negative_prefixes: tuple[str, ...]
    negative_suffixes: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    text = files(__package__).joinpath("lexicon.yml").read_text("utf-8")
    lists: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader)
    phrases: dict[str, list[Phrase]] = {}
    for phrase in sorted(_phrases(lists), key=lambda phrase: -len(phrase.words)):
        phrases.setdefault(phrase.words[0], []).append(phrase)
    return Lexicon(
        phrases={first: tuple(longest_first) for first, longest_first in phrases.items()},
        subjects=frozenset(_split(lists["subjects"])),
        negative_openers=frozenset(_split(lists["negative_openers"])),
        negative_prefixes=tuple(lists["negative_prefixes"].split()),
        negative_suffixes=tuple(lists["negative_suffixes"].split()),
    )


def _phrases(lists: Mapping[str, Any]) -> Iterator[Phrase]:
    """Yield every phrase; of several with the same words, the first counts."""
    for name, kind in (
        ("pseudo_negations", PSEUDO_NEGATION),
        ("negations", NEGATION),
        ("openers", OPENER),
        ("implicit_negations", IMPLICIT),
    ):
        groups = lists[name]
        for written in groups.values() if isinstance(groups, dict) else (groups,):
            yield from (Phrase(tuple(phrase.split()), kind) for phrase in _split(written))


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(",")]
