"""Reads a text as clauses, with the words that they affirm and those that they deny.

A denial is of what follows it in its clause, as in NegEx (W. W. Chapman et al., "A simple algorithm
for identifying negated findings and diseases in discharge summaries", J Biomed Inform 34, 2001);
two denials of one word cancel. No sentence is parsed: clauses end at stops, at brackets and at the
words of `lexicon.yml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from sourced_guide.claims.language.clauses.clause import (
    AFFIRMED,
    DENIED,
    Clause,
    Word,
)
from sourced_guide.claims.language.clauses.clause import NEAR_DENIAL as NEAR
from sourced_guide.claims.language.clauses.lexicon import (
    DENIAL,
    NEAR_DENIAL,
    OPENER,
    Phrase,
    lexicon,
)
from sourced_guide.claims.language.normalize import WORD, content_form

if TYPE_CHECKING:
    from collections.abc import Sequence

# No text is read further, in characters.
LONGEST = 1_500
_MOST_TEXTS_KEPT = 16_384
_TOKEN = re.compile(rf"{WORD}|[.,:;()?!|]|\s[–—-]\s|[—]")
_STOPS = frozenset(".?!|")
_BREAKS = frozenset(":;")
_JOINING = frozenset(("and", "or", "nor", "plus"))


@lru_cache(_MOST_TEXTS_KEPT)
def read_clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of `text` in the order in which they begin."""
    tokens = _TOKEN.findall(text[:LONGEST].lower().replace("’", "'"))
    reader = _Reader()
    at = 0
    while at < len(tokens):
        phrase = _phrase_at(tokens, at)
        if phrase is None:
            reader.token(tokens[at], tokens[at + 1 : at + 2])
            at += 1
        else:
            reader.phrase(phrase)
            at += len(phrase.words)
    return reader.end()


def _phrase_at(tokens: Sequence[str], at: int) -> Phrase | None:
    for phrase in lexicon().phrases.get(tokens[at], ()):
        count = len(phrase.words)
        if count == 1 or phrase.words == tuple(tokens[at : at + count]):
            return phrase
    return None


@dataclass
class _Open:
    """A clause that is being read."""

    sentence: int
    opener: str = ""
    in_brackets: bool = False
    words: list[Word] = field(default_factory=list)
    items: list[list[str]] = field(default_factory=lambda: [[]])
    denials: list[str] = field(default_factory=list)
    is_near_denial: bool = False
    distance: int = 0

    def add(self, written: str) -> None:
        """Take in a word, with what has been denied before it."""
        form = content_form(written)
        polarity = AFFIRMED
        if self.denials and len(self.denials) % 2:
            polarity = DENIED
        elif self.is_near_denial:
            polarity = NEAR
        cue = self.denials[-1] if self.denials else ""
        self.words.append(Word(written, form, polarity, cue, self.distance))
        if form:
            self.items[-1].append(form)
            self.distance += 1

    def join(self, *, ends_denial: bool) -> None:
        """Begin another item; after "and" a denial is over, after "or" it goes on."""
        if self.items[-1]:
            self.items.append([])
        if ends_denial:
            self.denials, self.is_near_denial = [], False

    def close(self) -> Clause:
        """Return what was read."""
        items = tuple(frozenset(item) for item in self.items if item)
        return Clause(
            self.sentence,
            self.opener,
            tuple(self.words),
            frozenset().union(*items),
            items,
            self.in_brackets,
        )


@dataclass
class _Reader:
    """Puts clauses together from tokens."""

    sentence: int = 0
    clauses: list[_Open] = field(default_factory=list)
    # The clauses around the brackets that are open.
    around: list[_Open] = field(default_factory=list)
    current: _Open | None = None

    def token(self, written: str, following: Sequence[str]) -> None:
        """Take in a word or a mark of punctuation without a meaning in the lexicon."""
        is_new = bool(following) and following[0] in lexicon().subjects
        if written in _STOPS:
            self.sentence, self.current, self.around = self.sentence + 1, None, []
        elif written == "(":
            self.around.append(self._open())
            self._begin("", in_brackets=True)
        elif written == ")":
            self.current = self.around.pop() if self.around else None
        elif written in _BREAKS or written.strip() in "–—-":
            self.current = None
        elif written == "," or written in _JOINING:
            if is_new and self.current and self.current.words:
                self.current = None
            else:
                self._open().join(ends_denial=written == "and")
        else:
            self._open().add(written)

    def phrase(self, phrase: Phrase) -> None:
        """Take in words that open a clause, or deny what follows them."""
        written = " ".join(phrase.words)
        if phrase.kind == OPENER:
            self._begin(written, in_brackets=bool(self.around))
            return
        clause = self._open()
        if phrase.kind == DENIAL:
            clause.words += (Word(word, "") for word in phrase.words)
            clause.denials.append(written)
            clause.distance = 0
            return
        for word in phrase.words:
            clause.add(word)
        clause.is_near_denial |= phrase.kind == NEAR_DENIAL

    def end(self) -> tuple[Clause, ...]:
        """Return the clauses that were read, without empty ones."""
        return tuple(clause.close() for clause in self.clauses if clause.words)

    def _open(self) -> _Open:
        return self.current or self._begin("", in_brackets=bool(self.around))

    def _begin(self, opener: str, *, in_brackets: bool) -> _Open:
        self.current = _Open(self.sentence, opener, in_brackets)
        self.clauses.append(self.current)
        return self.current
