"""Reads a text as sentences with marks: the words that soften it, turn it or make it strong.

The words are in `strength.yml`. That a hedge or a negation belongs to a stretch of words near it
is taken from V. Vincze et al., "The BioScope corpus", BMC Bioinformatics 9, Suppl. 11 (2008).
Here that stretch is found by commas and by words such as "which", without parsing the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from sourced_guide.claims.language.hedging.cues import Mark, Sentence
from sourced_guide.claims.language.hedging.lexicon import (
    HARMLESS,
    LINK,
    NEGATION,
    STRONG_WORD,
    Phrase,
    lists,
)
from sourced_guide.claims.language.normalize import WORD, one_form

if TYPE_CHECKING:
    from collections.abc import Iterator

# How many words before and after a mark it speaks of in any case.
_BEFORE, _AFTER = 2, 3
# Hedges that soften all of their part of a sentence, not only the words next to them.
_WIDE = {"possibility", "frequency"}
_TOKEN = re.compile(rf"{WORD}|[.,:;()]")
_STOP = "."
_PAUSES = {",", ":", ";", "(", ")"}
_AND_OR = {"and", "or"}
_JOINING = {"and", "or", "also", "then"}
_BEFORE_WITHOUT = {("never",), ("not",)}
_PRONOUNS = {"it", "its", "they", "their", "this", "these", "those"}
# No sentence is longer, in characters; the rest is not read.
LONGEST = 1_000
_MOST_TEXTS_KEPT = 16_384


@lru_cache(_MOST_TEXTS_KEPT)
def may_have_marks(text: str) -> bool:
    """Say quickly whether `text` has a word with which a mark or a strong word begins."""
    return not lists().marking.isdisjoint(_tokens(text))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text[:LONGEST].lower().replace("’", "'"))


@lru_cache(_MOST_TEXTS_KEPT)
def read(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of `text`, with their words and marks."""
    phrases = lists().phrases
    tokens = _tokens(text)
    sentences: list[Sentence] = []
    reader = _Reader()
    start = at = 0
    while at < len(tokens):
        token = tokens[at]
        for phrase in phrases.get(token, ()):
            count = len(phrase.words)
            if count == 1 or phrase.words == tuple(tokens[at : at + count]):
                reader.phrase(phrase)
                if phrase.kind == HARMLESS:
                    tokens[at : at + count] = [""] * count
                if phrase.kind != STRONG_WORD:
                    at += count
                    break
        else:
            at += 1
            if token == _STOP:
                sentences += reader.end(tokens[start:at], sentences)
                reader, start = _Reader(), at
            elif token in _PAUSES:
                reader.pause(token)
            else:
                reader.word(token)
    return (*sentences, *reader.end(tokens[start:], sentences))


@dataclass
class _Found:
    """A mark among the words of its sentence: its place, and where its stretch lies."""

    phrase: Phrase
    at: int
    first: int
    is_linked: bool
    last: int | None = None

    def close(self, at: int) -> None:
        """Let its stretch end here, if it has no end yet."""
        if self.last is None:
            self.last = at


@dataclass
class _Reader:
    """Puts one sentence together from its tokens."""

    words: list[str] = field(default_factory=list)
    parts: list[list[str]] = field(default_factory=lambda: [[]])
    opening: list[str] = field(default_factory=list)
    found: list[_Found] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)
    after_or: set[int] = field(default_factory=set)
    first_word: str = ""
    last_word: str = ""
    # Where the part of the sentence begins that is being read, and what kind of part it is.
    part: int = 0
    is_opening: bool = True
    is_linked: bool = False
    is_list: bool = False
    is_negated: bool = False
    # In brackets: how many marks and which part stand before them.
    outside: tuple[int, int] | None = None
    had_brackets: bool = False

    def word(self, written: str) -> None:
        """Take in a word that has no meaning here."""
        if written in _AND_OR:
            self._and_or(written)
        self.first_word, self.last_word = self.first_word or written, written
        if form := one_form(written):
            self.words.append(form)
            if self.outside is None:
                self.parts[-1].append(form)
            if self.is_opening:
                self.opening.append(form)
            self.is_opening = False

    def _and_or(self, written: str) -> None:
        here = len(self.words)
        if written == "or":
            self.after_or.add(here)
            return
        self.is_negated = False
        for mark in self.found:
            if mark.phrase.kind == NEGATION and mark.at < here:
                mark.close(here)

    def phrase(self, phrase: Phrase) -> None:
        """Take in a mark, a strong word, or a word with which another part begins."""
        here = len(self.words)
        if phrase.kind == STRONG_WORD:
            self.strong.append(" ".join(phrase.words))
        elif phrase.kind == LINK:
            for mark in self.found:
                mark.close(here)
            self.part, self.is_linked, self.is_negated = here, True, False
        elif phrase.kind != HARMLESS:
            # "Never ... without" is said in plain words with "never" alone.
            if not (self.is_negated and phrase.words == ("without",)):
                first = here if self.last_word in _JOINING else self.part
                self.found.append(_Found(phrase, here, first, self.is_linked))
            self.is_negated |= phrase.words in _BEFORE_WITHOUT

    def pause(self, written: str) -> None:
        """Take in a comma, colon, semicolon or bracket."""
        here = len(self.words)
        if written == "(":
            self.outside, self.had_brackets = self.outside or (len(self.found), self.part), True
            self.part = here
        elif written == ")":
            marks, self.part = self.outside or (len(self.found), self.part)
            for mark in self.found[marks:]:
                mark.close(here)
            self.outside = None
        elif self.outside is None:
            self.is_opening, self.is_linked, self.part = True, False, here
            self.is_negated = False
            self.parts.append([])
            self.is_list |= written == ":"
            for mark in self.found:
                if mark.is_linked or (written == ";" and not self.is_list):
                    mark.close(here)

    def end(self, tokens: list[str], before: list[Sentence]) -> Iterator[Sentence]:
        """Yield the sentence that stands in `tokens`, if there is one; `before` go before it."""
        if self.words or self.found or self.strong:
            goes_on = before[-1] if before and self.first_word in _PRONOUNS else None
            yield Sentence(
                text=" ".join(tokens),
                words=frozenset(self.words),
                parts=tuple(self._parts()),
                opening=frozenset(self.opening),
                pairs=frozenset(pairwise(self.words)),
                marks=tuple(map(self._mark, self.found)),
                strong=tuple(self.strong),
                before=goes_on.words if goes_on else frozenset(),
                negations_before=goes_on.negations if goes_on else (),
            )

    def _parts(self) -> Iterator[frozenset[str]]:
        parts = [part for part in self.parts if part]
        if len(parts) > 1:
            yield from map(frozenset, parts)
        if self.had_brackets:
            yield frozenset(word for part in parts for word in part)

    def _mark(self, found: _Found) -> Mark:
        at, last, phrase = found.at, found.last, found.phrase
        is_wide = phrase.kind in _WIDE
        after = tuple(self.words[at:last][:_AFTER])
        return Mark(
            kind=phrase.kind,
            step=phrase.step,
            written=" ".join(phrase.words),
            before=tuple(self.words[max(at - _BEFORE, 0) : at]),
            after=after,
            first=frozenset(
                word for i, word in enumerate(after, at) if i == at or i in self.after_or
            ),
            stretch=frozenset(self.words[found.first : last] if is_wide else ()),
            ahead=frozenset(self.words[at:last] if is_wide else ()),
            is_linked=found.is_linked,
        )
