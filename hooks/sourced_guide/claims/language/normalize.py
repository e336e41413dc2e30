"""The words of a text, in the form in which a claim and a passage are compared.

Words of grammar are left out, endings are taken off (a light form of M. F. Porter, "An algorithm
for suffix stripping", Program 14(3), 1980) and words for the same thing are one. The lists are in
`normalize.yml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

# LibYAML, where it is installed, reads the lists in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A word of a text in lower case.
WORD = r"[a-z0-9]+(?:['’][a-z]+)?"

_WORD = re.compile(WORD)
_POSSESSIVE = re.compile(r"['’]s$")
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"([a-z])\1$")
_NOT_CONTENT = ("grammar", "light", "telling", "counting")
# How many letters an ending leaves, at least.
_SHORTEST = {"inflections": 3, "formations": 4}
_MOST_WORDS_KEPT = 65_536
_MOST_TEXTS_KEPT = 16_384


@dataclass(frozen=True)
class Wording:
    """The lists of `normalize.yml`.

    `not_content` are the words, those of grammar among them, that say nothing about a sentence's
    subject; `endings` are the longest first, each with the letters it has to leave; `same` leads
    from a word to the one that stands for it; `phrases` are groups of names for the same thing,
    some of them of several words.
    """

    grammar: frozenset[str]
    not_content: frozenset[str]
    endings: tuple[tuple[str, int], ...]
    same: dict[str, str]
    phrases: tuple[tuple[str, ...], ...]


@cache
def wording() -> Wording:
    """Return the lists, read once."""
    text = files(__package__).joinpath("normalize.yml").read_text("utf-8")
    lists: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader)
    endings = [(end, least) for name, least in _SHORTEST.items() for end in lists[name].split()]
    groups: list[list[str]] = lists["same"]
    return Wording(
        grammar=frozenset(lists["grammar"].split()),
        not_content=frozenset(" ".join(str(lists[name]) for name in _NOT_CONTENT).split()),
        endings=tuple(sorted(endings, key=lambda ending: -len(ending[0]))),
        same={word: group[0] for group in groups for word in group if "-" not in word},
        phrases=tuple(tuple(group) for group in groups if any("-" in word for word in group)),
    )


def words(text: str) -> list[str]:
    """Return every word of `text` in lower case, in order."""
    return _WORD.findall(text.lower())


@lru_cache(_MOST_TEXTS_KEPT)
def content_words(text: str) -> frozenset[str]:
    """Return the content words of `text`, each in its one form."""
    return frozenset(map(content_form, words(text))) - {""}


@lru_cache(_MOST_WORDS_KEPT)
def content_form(word: str) -> str:
    """Return the one form of a lower-case word, or nothing where it says nothing of a subject."""
    return "" if word in wording().not_content else one_form(word)


@lru_cache(_MOST_WORDS_KEPT)
def one_form(word: str) -> str:
    """Return the one form of a lower-case word, or nothing for a word of grammar."""
    lists = wording()
    word = _POSSESSIVE.sub("", word)
    return "" if word in lists.grammar else _stem(lists.same.get(word, word), lists)


def _stem(word: str, lists: Wording) -> str:
    for ending, least in lists.endings:
        left = len(word) - len(ending)
        if left >= least and word.endswith(ending) and _VOWEL.search(word, 0, left):
            return _stem(word[:left], lists)
    return _DOUBLED.sub(r"\1", word)
