"""The words and marks of a text, found once for all who read it.

A text is read by a dozen rules, each with questions of its own. They ask for its tokens here, and
look first whether the set of these has any word that their question is about: most texts have none.
What else they read of a text, they remember with `cached_by_text`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from functools import _lru_cache_wrapper

R = TypeVar("R")


class WordFilter:
    """Finds the words that a test is true of; it is asked once of each word, not of each text."""

    def __init__(self, test: Callable[[str], object]) -> None:
        self._test = test
        self._tested: set[str] = set()
        self._found: set[str] = set()

    def among(self, words: frozenset[str]) -> frozenset[str]:
        """Return those of the words that the test is true of."""
        if new := words - self._tested:
            self._tested |= new
            self._found.update(filter(self._test, new))
        return words & self._found


# The pattern of a word in lower case.
WORD = r"[a-z0-9]+(?:['’][a-z]+)?"
# No text is longer, in characters; the rest is not read.
LONGEST_TEXT = 1_500
MARKS = frozenset(".,:;()?!|—–-")
_TOKEN = re.compile(rf"{WORD}|[.,:;()?!|—]|(?<=\s)[–-](?=\s)")
_APOSTROPHE = "’"
# Twice as many take 80 MB more of a guide of 1,000 pages, and save 3% of a check's time.
_MOST_TEXTS = 8_192
_caches: list[_lru_cache_wrapper[Any]] = []


def cached_by_text(read: Callable[..., R]) -> _lru_cache_wrapper[R]:
    """Return a function of texts that remembers what it has returned for the latest of them."""
    cached = lru_cache(_MOST_TEXTS)(read)
    _caches.append(cached)
    return cached


def clear_text_caches() -> None:
    """Forget what was read of all texts: nobody asks once the rules have run."""
    for cached in _caches:
        cached.cache_clear()


@cached_by_text
def tokens_of(text: str) -> tuple[str, ...]:
    """Return the words of `text` in lower case and its marks, in order.

    A dash is a mark, a hyphen is not.
    """
    found = _TOKEN.findall(text[:LONGEST_TEXT].lower().replace(_APOSTROPHE, "'"))
    # Each word is kept once, and not once for each text.
    return tuple(map(intern, found))


@cached_by_text
def vocabulary_of(text: str) -> frozenset[str]:
    """Return the words of `text` in lower case and its marks, each once."""
    return frozenset(tokens_of(text))


def has_all_in_vocabulary(text: str) -> bool:
    """Say whether the vocabulary of `text` has all of its words, each as it was written."""
    return len(text) <= LONGEST_TEXT and _APOSTROPHE not in text
