"""Reads a text as clauses, each with the words that it affirms and those that it negates.

A negation has what follows it in its clause for its scope, as in NegEx (W. W. Chapman et al., "A
simple algorithm for identifying negated findings and diseases in discharge summaries", J Biomed
Inform 34(5), 2001); two negations of one word cancel each other out. No sentence is parsed: clauses
end at punctuation, at brackets and at the openers of `lexicon.yml`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.clauses.clause import AFFIRMED, IMPLICIT, NEGATED, Clause, Word
from sourced_guide.claims.language.clauses.lexicon import IMPLICIT as IMPLICIT_NEGATION
from sourced_guide.claims.language.clauses.lexicon import NEGATION, OPENER, lexicon
from sourced_guide.claims.language.normalize import content_form
from sourced_guide.claims.language.tokens import cached_by_text, tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STOPS = frozenset(".?!|")
_BREAKS = frozenset(":;—–-")
_JOINING = frozenset(("and", "or", "nor", "plus"))
_NOT_PLAIN = _STOPS | _BREAKS | _JOINING | {",", "(", ")"}
_PRONOUNS = frozenset(("it", "them", "this", "that", "these", "one", "him", "her", "any"))
# The last words of negations that are of a noun: "without", "instead of", "far from".
_BEFORE_NOUNS = frozenset(("without", "of", "from", "than", "except", "for"))
# How far from a comma the "or" may stand that makes a list of what it divides: "no pain, fever or".
_AHEAD = 8
_CACHED_WORDS = 65_536
_NO_FORMS = frozenset[str]()


@cached_by_text
def read_clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of `text` in the order in which they begin."""
    tokens = tokens_of(text)
    reader = _Reader()
    phrases = lexicon().phrases
    first_words = phrases.first_words
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token in first_words and (found := phrases.at(tokens, at)):
            count, kind = found[0]
            reader.phrase(tokens[at : at + count], kind)
            at += count
            continue
        at += 1
        if token in _NOT_PLAIN:
            reader.mark(token, tokens[at : at + _AHEAD])
        else:
            (reader.current or reader.begin("")).add(token)
    return tuple([clause.close() for clause in reader.clauses if clause.words])


@cached_by_text
def may_negate(text: str) -> bool:
    """Say quickly whether `text` has words that negate, wherever these stand in it."""
    return lexicon().negations.is_among(tokens_of(text))


@cache
def forms_of_phrases() -> frozenset[str]:
    """Return the forms of the words that may open or negate a clause, and then are in none."""
    return frozenset(map(content_form, lexicon().phrases.words()))


class _Known(NamedTuple):
    """What a word is in each text: itself where nothing negates it, and two of its properties.

    One that `counts` keeps a negation from what follows it.
    """

    affirmed: Word
    counts: bool
    is_preposition: bool


@lru_cache(_CACHED_WORDS)
def _known(written: str) -> _Known:
    form = content_form(written)
    counts = bool(form) and not (form[0].isdigit() or written in lexicon().copulas)
    return _Known(Word(written, form), counts, written in lexicon().prepositions)


@dataclass(slots=True)
class _OpenClause:
    """A clause that is being read."""

    sentence: int
    opener: str = ""
    in_brackets: bool = False
    words: list[Word] = field(default_factory=list)
    items: list[list[str]] = field(default_factory=lambda: [[]])
    # The number of words in each item before its first preposition.
    heads: list[int] = field(default_factory=list)
    negations: list[str] = field(default_factory=list)
    is_implicit: bool = False
    distance: int = 0
    is_joined: bool = False
    negates_another: bool = False

    def add(self, written: str) -> None:
        """Take in a word, in the scope of the negations before it."""
        word, counts, is_preposition = _known(written)
        if self.negations or self.is_implicit:
            word = self._in_scope(word)
        self.words.append(word)
        if word.form:
            self.items[-1].append(word.form)
            self.distance += counts
        elif is_preposition and self.items[-1]:
            self._end_head()
        if word.cue and written in _PRONOUNS:
            self._end_scope_at_pronoun(word.cue.split()[-1])

    def _in_scope(self, word: Word) -> Word:
        polarity, cue = IMPLICIT if self.is_implicit else AFFIRMED, ""
        if self.negations:
            cue = self.negations[-1]
            polarity = NEGATED if len(self.negations) % 2 else polarity
        return Word(word.written, word.form, polarity, cue, self.distance)

    def _end_scope_at_pronoun(self, preposition: str) -> None:
        """End a negation that is of the pronoun right after it: "without it"."""
        if preposition in _BEFORE_NOUNS and self.words[-2].written == preposition:
            self.negations.pop()
            self.negates_another = True

    def negate(self, written: str) -> None:
        """Negate what follows; what is negated by itself ("with no drug") is not negated twice."""
        is_by_itself = self.is_joined or (written == "no" and self._ends_in_preposition())
        self.words += (Word(word, "") for word in written.split())
        self.negations = [written] if is_by_itself else [*self.negations, written]
        self.distance, self.is_joined = 0, False

    def _ends_in_preposition(self) -> bool:
        return bool(self.words) and self.words[-1].written in lexicon().prepositions

    def join(self, *, ends_scope: bool) -> None:
        """Begin another item."""
        if self.items[-1]:
            self._end_head()
            self.items.append([])
        if ends_scope or not self.distance:
            self.negations, self.is_implicit = [], False
        self.is_joined = True

    def _end_head(self) -> None:
        if len(self.heads) < len(self.items):
            self.heads.append(len(self.items[-1]))

    def close(self) -> Clause:
        """Return what was read."""
        self._end_head()
        heads = zip(self.items, self.heads, strict=True)
        return Clause(
            sentence=self.sentence,
            opener=self.opener,
            words=tuple(self.words),
            forms=_NO_FORMS.union(*self.items),
            items=tuple([tuple(item) for item in self.items if item]),
            heads=tuple([tuple(item[:count]) for item, count in heads if count]),
            in_brackets=self.in_brackets,
            negates_another=self.negates_another or bool(self.negations and not self.distance),
        )


@dataclass(slots=True)
class _Reader:
    """Puts clauses together from tokens."""

    sentence: int = 0
    clauses: list[_OpenClause] = field(default_factory=list)
    # The clauses around the brackets that are open.
    around: list[_OpenClause] = field(default_factory=list)
    current: _OpenClause | None = None

    def mark(self, written: str, following: Sequence[str]) -> None:
        """Take in a punctuation mark or a word that joins, before the tokens that follow."""
        if written in _STOPS:
            self.sentence, self.current, self.around = self.sentence + 1, None, []
        elif written == "(":
            self._open_brackets()
        elif written == ")":
            self.current = self.around.pop() if self.around else None
        elif written in _BREAKS:
            self.current = None
        else:
            self._join(written, following)

    def phrase(self, words: Sequence[str], kind: str) -> None:
        """Take in words that open a clause, or negate what follows them."""
        written = " ".join(words)
        if kind == OPENER:
            opened = self.begin(written)
            opened.words += (Word(word, "") for word in words)
            if written in lexicon().negative_openers:
                opened.negations.append(written)
        elif kind == NEGATION:
            self._open().negate(written)
        else:
            clause = self._open()
            for word in words:
                clause.add(word)
            clause.is_implicit |= kind == IMPLICIT_NEGATION

    def _open_brackets(self) -> None:
        outer = self._open()
        self.around.append(outer)
        inner = self.begin("")
        if outer.distance == 1:
            # "Cannot undo (reverse) damage": the brackets hold another word for the last one.
            inner.negations = list(outer.negations)

    def _join(self, written: str, following: Sequence[str]) -> None:
        """Take in a comma, an "and" or an "or": another item, or with a subject another clause."""
        clause = self._open()
        if written != ",":
            clause.words.append(Word(written, ""))
        if following and following[0] in lexicon().subjects:
            self.current = None
        else:
            clause.join(ends_scope=written == "and" or _ends_scope(written, following))

    def _open(self) -> _OpenClause:
        return self.current or self.begin("")

    def begin(self, opener: str) -> _OpenClause:
        """Begin a clause, with the word that makes it part of another one or with none."""
        self.current = _OpenClause(self.sentence, opener, in_brackets=bool(self.around))
        self.clauses.append(self.current)
        return self.current


def _ends_scope(written: str, following: Sequence[str]) -> bool:
    """Say whether a comma ends a negation: not in a list that goes on with "or"."""
    ahead = next((token for token in following if token in _JOINING or token in _STOPS), "")
    return written == "," and ahead not in ("or", "nor")
