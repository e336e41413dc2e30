"""The words of `lexicon.yml`, compiled for matching."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from sourced_guide.claims.language.phrases import PhraseTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# LibYAML, where it is installed, reads the lists in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

OPENER, NEGATION, IMPLICIT = "opener", "negation", "implicit negation"
PSEUDO_NEGATION = "pseudo negation"


@dataclass(frozen=True)
class Lexicon:
    """The phrases with their kinds, those of them that negate, and the lists of single words."""

    phrases: PhraseTable[str]
    negations: PhraseTable[str]
    subjects: frozenset[str]
    prepositions: frozenset[str]
    copulas: frozenset[str]
    negative_openers: frozenset[str]
    negative_prefixes: tuple[str, ...]
    negative_suffixes: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    text = files(__package__).joinpath("lexicon.yml").read_text("utf-8")
    lists: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader)
    phrases, openers = list(_phrases(lists)), frozenset(_split(lists["negative_openers"]))
    return Lexicon(
        phrases=PhraseTable(phrases),
        negations=PhraseTable(
            (words, kind)
            for words, kind in phrases
            if kind == NEGATION or " ".join(words) in openers
        ),
        subjects=frozenset(_split(lists["subjects"])),
        prepositions=frozenset(_split(lists["prepositions"])),
        copulas=frozenset(_split(lists["copulas"])),
        negative_openers=openers,
        negative_prefixes=tuple(lists["negative_prefixes"].split()),
        negative_suffixes=tuple(lists["negative_suffixes"].split()),
    )


def _phrases(lists: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every phrase with its kind; of several with the same words, the first counts."""
    for name, kind in (
        ("pseudo_negations", PSEUDO_NEGATION),
        ("negations", NEGATION),
        ("openers", OPENER),
        ("implicit_negations", IMPLICIT),
    ):
        groups = lists[name]
        for written in groups.values() if isinstance(groups, dict) else (groups,):
            yield from ((tuple(phrase.split()), kind) for phrase in _split(written))


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(",")]
