"""The words and marks of a text, found once for all who read it.

A text is read by a dozen rules, each with questions of its own. They ask for its tokens here, and
look first whether the set of these has any word that their question is about: most texts have none.
"""

from __future__ import annotations

import re
from functools import lru_cache

# The pattern of a word in lower case.
WORD = r"[a-z0-9]+(?:['’][a-z]+)?"
# No text is longer, in characters; the rest is not read.
LONGEST_TEXT = 1_500
CACHED_TEXTS = 16_384
MARKS = frozenset(".,:;()?!|—–-")
_TOKEN = re.compile(rf"{WORD}|[.,:;()?!|—]|(?<=\s)[–-](?=\s)")
_APOSTROPHE = "’"


@lru_cache(CACHED_TEXTS)
def tokens_of(text: str) -> tuple[str, ...]:
    """Return the words of `text` in lower case and its marks, in order.

    A dash is a mark, a hyphen is not.
    """
    return tuple(_TOKEN.findall(text[:LONGEST_TEXT].lower().replace(_APOSTROPHE, "'")))


@lru_cache(CACHED_TEXTS)
def vocabulary_of(text: str) -> frozenset[str]:
    """Return the words of `text` in lower case and its marks, each once."""
    return frozenset(tokens_of(text))


def has_all_in_vocabulary(text: str) -> bool:
    """Say whether the vocabulary of `text` has all of its words, each as it was written."""
    return len(text) <= LONGEST_TEXT and _APOSTROPHE not in text
