"""The words and marks of a text, found once for all who read it."""

from __future__ import annotations

import re
from functools import lru_cache

# The pattern of a word in lower case.
WORD = r"[a-z0-9]+(?:['’][a-z]+)?"
# No text is longer, in characters; the rest is not read.
LONGEST_TEXT = 1_500
CACHED_TEXTS = 16_384
_TOKEN = re.compile(rf"{WORD}|[.,:;()?!|—]|(?<=\s)[–-](?=\s)")


@lru_cache(CACHED_TEXTS)
def tokens_of(text: str) -> tuple[str, ...]:
    """Return the words of `text` in lower case and its marks, in order.

    A dash is a mark, a hyphen is not.
    """
    return tuple(_TOKEN.findall(text[:LONGEST_TEXT].lower().replace("’", "'")))


@lru_cache(CACHED_TEXTS)
def vocabulary_of(text: str) -> frozenset[str]:
    """Return the words of `text` in lower case and its marks, each once."""
    return frozenset(tokens_of(text))
