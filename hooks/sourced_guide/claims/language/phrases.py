"""A table of phrases, each with what a lexicon says of it, looked up at a word of a text."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_Value = TypeVar("_Value")
_Matches = tuple[tuple[int, _Value], ...]


class PhraseTable(Generic[_Value]):
    """Phrases, as their words in lower case, with a value for each.

    They are kept by their first word, and those of several words by their second too: most words of
    a text begin none, and are looked up once.
    """

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], _Value]]) -> None:
        self._single: dict[str, _Matches[_Value]] = {}
        self._longer: dict[str, dict[str, list[tuple[tuple[str, ...], _Value]]]] = {}
        for words, value in sorted(phrases, key=lambda phrase: -len(phrase[0])):
            first = words[0]
            if len(words) == 1:
                self._single[first] = (*self._single.get(first, ()), (1, value))
            else:
                by_second = self._longer.setdefault(first, {})
                by_second.setdefault(words[1], []).append((words, value))
        self.first_words = frozenset(self._single.keys() | self._longer.keys())
        self._beginnings = frozenset(
            [(first, second) for first, of in self._longer.items() for second in of]
        )

    @cached_property
    def _by_longest(self) -> dict[str, list[tuple[tuple[str, ...], _Value]]]:
        """The phrases by their longest words, which are in the fewest texts.

        Of several as long, it is the one that fewest phrases have: "end" of "at the end".
        """
        found: dict[str, list[tuple[tuple[str, ...], _Value]]] = {}
        for word, matches in self._single.items():
            found[word] = [((word,), value) for _, value in matches]
        longer = [
            phrase
            for by_second in self._longer.values()
            for phrases in by_second.values()
            for phrase in phrases
        ]
        counts = Counter(word for words, _ in longer for word in words)
        for phrase in longer:
            longest = max(phrase[0], key=lambda word: (len(word), -counts[word]))
            found.setdefault(longest, []).append(phrase)
        return found

    def words(self) -> Iterator[str]:
        """Yield the words of all phrases."""
        for phrases in self._by_longest.values():
            for words, _ in phrases:
                yield from words

    def among(self, tokens: Sequence[str]) -> list[_Value]:
        """Return the value of every phrase that stands among the words of a text."""
        starts = [at for at, token in enumerate(tokens) if token in self.first_words]
        return [value for at in starts for _, value in self.at(tokens, at)]

    def is_among(self, tokens: Sequence[str]) -> bool:
        """Say whether any phrase stands among the words of a text."""
        # Many phrases begin with "the" or "at", but few texts have the longest word of one.
        if self._by_longest.keys().isdisjoint(tokens):
            return False
        if not self._single.keys().isdisjoint(tokens):
            return True
        # Fewer have the first two words of one.
        return not self._beginnings.isdisjoint(pairwise(tokens)) and any(
            self.at(tokens, at)
            for at, beginning in enumerate(pairwise(tokens))
            if beginning in self._beginnings
        )

    def within(self, words: frozenset[str]) -> list[_Value]:
        """Return the value of every phrase that has no other words than these, in any order."""
        return [
            value
            for longest in self._by_longest.keys() & words
            for phrase, value in self._by_longest[longest]
            if words.issuperset(phrase)
        ]

    def at(self, tokens: Sequence[str], at: int) -> _Matches[_Value]:
        """Return the length and the value of each phrase that begins there, the longest first."""
        first = tokens[at]
        found = self._single.get(first, ())
        by_second = self._longer.get(first)
        if by_second is None or at + 1 == len(tokens):
            return found
        if (begun := by_second.get(tokens[at + 1])) is None:
            return found
        longer = [
            (len(words), value)
            for words, value in begun
            if len(words) == 2 or words == tuple(tokens[at : at + len(words)])
        ]
        return (*longer, *found) if longer else found
