"""The words of `lexicon.yml` and `circumstances.yml`, made ready to be found in a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.language.word_lists.lists import read_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class Name:
    """A word or words, and the groups of a facet that they speak of.

    `named` are those of the `groups` that they name; of the others they are only a sign.
    """

    words: tuple[str, ...]
    facet: str
    groups: frozenset[str]
    named: frozenset[str]


# A lexicon: its file, and what a field's words for it are called.
TOPICS, CIRCUMSTANCES = ("lexicon.yml", "topics"), ("circumstances.yml", "circumstances")


@cache
def names(lexicon: tuple[str, str]) -> Mapping[str, tuple[Name, ...]]:
    """Return the names of a lexicon by their first word, the longest first."""
    file, name = lexicon
    listed: dict[str, dict[str, str]] = read_lists(Path(__file__).with_name(file), name)
    found: dict[str, list[Name]] = {}
    for each in sorted(_names(listed), key=lambda phrase: -len(phrase.words)):
        found.setdefault(each.words[0], []).append(each)
    return {first: tuple(longest_first) for first, longest_first in found.items()}


def _names(listed: Mapping[str, Mapping[str, Any]]) -> Iterator[Name]:
    for facet, groups in listed.items():
        speaking: dict[str, set[str]] = {}
        naming: dict[str, set[str]] = {}
        for group, words in groups.items():
            named, _, signs = words.partition(";")
            for word in _split(named):
                naming.setdefault(word, set()).add(group)
            for word in (*_split(named), *_split(signs)):
                speaking.setdefault(word, set()).add(group)
        for word, of in speaking.items():
            named = frozenset(naming.get(word, ()))
            yield Name(tuple(word.split()), facet, frozenset(of), named)


def _split(words: str) -> list[str]:
    return [stripped for word in words.split(",") if (stripped := " ".join(word.split()))]
