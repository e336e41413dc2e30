"""Where a word of American English can be hyphenated, by the patterns in Pyphen's file.

A pattern is a piece of a word with digits between its letters: "1b2l" says that a hyphen may stand
before "bl" and not inside it. Of the patterns that fit at a place the highest digit counts, and an
odd one allows a hyphen (F. M. Liang, "Word Hy-phen-a-tion by Com-put-er", 1983). Pyphen itself
reads the digits of all 11,000 patterns before its first word, which takes as long as to check ten
pages; here a pattern is read when it fits.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module

_DIGITS = re.compile(r"\d")
# What a letter may have before it, and the letter; the last digit has no letter after it.
_STEP = re.compile(r"(\d?)(\D?)")
# Lines of settings.
_SETTING = re.compile(r"^(?:%|#|(?:COMPOUND)?(?:LEFT|RIGHT)HYPHENMIN).*$", re.MULTILINE)
_LANGUAGE = "en_US"
# The fewest letters before and after a hyphen.
_LEAST = 2


def hyphens_in(word: str) -> int:
    """Return in how many places a word in lower case can be hyphenated."""
    patterns, longest = _patterns()
    written = f".{word}."
    highest = [0] * (len(written) + 1)
    for start in range(len(written) - 1):
        for end in range(start + 1, min(start + longest, len(written)) + 1):
            if pattern := patterns.get(written[start:end]):
                for at, (digit, _) in enumerate(_STEP.findall(pattern)[:-1], start):
                    highest[at] = max(highest[at], int(digit or 0))
    return sum(digit % 2 for digit in highest[_LEAST + 1 : len(word) - _LEAST + 2])


@cache
def _patterns() -> tuple[dict[str, str], int]:
    """Return the patterns by their letters, and how many letters the longest has."""
    # It is imported for the first word that is in no dictionary.
    written = import_module("pyphen").LANGUAGES[_LANGUAGE].read_text("utf-8").partition("\n")[2]
    listed = _SETTING.sub("", written)
    patterns = dict(zip(_DIGITS.sub("", listed).split(), listed.split(), strict=True))
    return patterns, max(map(len, patterns))
