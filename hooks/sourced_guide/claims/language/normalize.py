"""The words of a text, normalized so that a claim and a passage can be compared.

Stop words are left out, suffixes stripped (a light form of M. F. Porter, "An algorithm for suffix
stripping", Program 14(3), 1980) and synonyms replaced by one of them. The lists are in
`normalize.yml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.language.tokens import (
    MARKS,
    WORD,
    cached_by_text,
    has_all_in_vocabulary,
    vocabulary_of,
)
from sourced_guide.claims.language.word_lists.lists import read_lists

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(WORD)
_POSSESSIVE = re.compile(r"['’]s$")
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"([a-z])\1$")
_STOP_WORD_LISTS = ("function_words", "light_verbs", "reporting_words", "counting_words")
# The fewest letters that are left before a suffix.
_SHORTEST_STEM = {"inflectional_suffixes": 3, "derivational_suffixes": 4}
_CACHED_WORDS = 65_536
_NOTHING = frozenset(("",))


@dataclass(frozen=True)
class Vocabulary:
    """The lists of `normalize.yml`, as `normal_form` needs them.

    `stop_words` say nothing about a sentence's subject; function words are among them. `suffixes`
    are the longest first, with the number of letters that they have to leave; `endings` are the
    suffixes alone; `synonyms` maps a word to the first of its group; `synonym_phrases` are the
    groups that have names of several words, which a hyphen joins; `general_words` need not be in a
    passage, and the `wide_words` among them say nothing of what a claim is about.
    """

    function_words: frozenset[str]
    stop_words: frozenset[str]
    suffixes: tuple[tuple[str, int], ...]
    endings: tuple[str, ...]
    synonyms: dict[str, str]
    synonym_phrases: tuple[tuple[str, ...], ...]
    general_words: frozenset[str]
    wide_words: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the lists, read once."""
    lists = read_lists(Path(__file__).with_name("normalize.yml"), "normalize")
    suffixes = [
        (suffix, least) for name, least in _SHORTEST_STEM.items() for suffix in lists[name].split()
    ]
    groups: list[list[str]] = lists["synonyms"]
    return Vocabulary(
        function_words=frozenset(lists["function_words"].split()),
        stop_words=frozenset(" ".join(str(lists[name]) for name in _STOP_WORD_LISTS).split()),
        suffixes=tuple(sorted(suffixes, key=lambda suffix: -len(suffix[0]))),
        endings=tuple(suffix for suffix, _ in suffixes),
        synonyms={word: group[0] for group in groups for word in group if "-" not in word},
        synonym_phrases=tuple(
            tuple(group) for group in groups if any("-" in word for word in group)
        ),
        general_words=frozenset(" ".join((lists["general_words"], *lists["wide_words"])).split()),
        wide_words=frozenset(" ".join(lists["wide_words"]).split()),
    )


def words(text: str) -> list[str]:
    """Return every word of `text` in lower case, in order."""
    return _WORD.findall(text.lower())


@cached_by_text
def content_words(text: str) -> frozenset[str]:
    """Return the content words of `text` in their normal forms."""
    return content_forms(vocabulary_of(text) if has_all_in_vocabulary(text) else words(text))


def content_forms(words: Iterable[str]) -> frozenset[str]:
    """Return the normal forms of the content words among words in lower case."""
    return frozenset(map(content_form, words)) - _NOTHING


@lru_cache(_CACHED_WORDS)
def content_form(word: str) -> str:
    """Return the normal form of a lower-case word, or nothing for a stop word or a mark."""
    return "" if word in vocabulary().stop_words or word in MARKS else normal_form(word)


@cache
def general_forms() -> frozenset[str]:
    """Return the forms of words that say too little to be looked for in a passage."""
    return frozenset(map(normal_form, vocabulary().general_words))


@cache
def wide_forms() -> frozenset[str]:
    """Return the forms of words with so wide a use that they say nothing of the subject."""
    return frozenset(map(normal_form, vocabulary().wide_words))


@lru_cache(_CACHED_WORDS)
def normal_form(word: str) -> str:
    """Return the stem of a lower-case word or of its synonym, or nothing for a function word."""
    lists = vocabulary()
    word = _POSSESSIVE.sub("", word)
    return "" if word in lists.function_words else _stem(lists.synonyms.get(word, word), lists)


def _stem(word: str, lists: Vocabulary) -> str:
    for suffix, least in lists.suffixes if word.endswith(lists.endings) else ():
        left = len(word) - len(suffix)
        if left >= least and word.endswith(suffix) and _VOWEL.search(word, 0, left):
            return _stem(word[:left], lists)
    return word[:-1] if _DOUBLED.search(word, len(word) - 2) else word
