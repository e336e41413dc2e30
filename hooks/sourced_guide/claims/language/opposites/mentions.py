"""Finds the words of a text that have an opposite, and what they are said of."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.clauses.clause import NEGATED
from sourced_guide.claims.language.clauses.reader import read_clauses
from sourced_guide.claims.language.opposites.lexicon import Side, basic_form, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.language.clauses.clause import Clause, Word

# How many words before and after a word it is said of.
_NEAR = 3
# How many content words may stand between a negation and a word that it turns to its other side.
_MOST_BETWEEN = 1
_DEGREES = frozenset(("more", "less", "most", "least"))
# Openers of clauses that ask, and say nothing.
_QUESTIONS = frozenset(("how", "whether"))
# "More than half" compares nothing.
_AMOUNT = re.compile(r"than (?:\d|half|an?\b|one\b|two\b|three\b)")
_CACHED_TEXTS = 16_384


class Mention(NamedTuple):
    """A word or phrase that has an opposite, and the words around it.

    `sides` are pairs of a group of opposites and the side of it. `near` are the content words
    close by, `sentence` all others of its sentence, `before` and `after` its neighbors in their
    basic form. In "A is better than B", `first` is A and `second` B. A sentence that
    `negates_another` may be about others: "those who had care without it". A word that `is_asked`
    stands in a question: "ask how long you can wait".
    """

    written: str
    sides: tuple[tuple[str, int], ...]
    near: frozenset[str]
    sentence: frozenset[str]
    before: str
    after: str
    first: frozenset[str]
    second: frozenset[str]
    is_negated: bool
    negates_another: bool = False
    is_asked: bool = False


@lru_cache(_CACHED_TEXTS)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return the words of `text` that have an opposite, in order."""
    found: list[Mention] = []
    for _, together in groupby(read_clauses(text), key=lambda clause: clause.sentence):
        clauses = list(together)
        forms = frozenset[str]().union(*(clause.forms for clause in clauses))
        negates_another = any(clause.negates_another for clause in clauses)
        asked = [clause.opener in _QUESTIONS for clause in clauses for _ in clause.words]
        words = [word for clause in clauses for word in clause.words]
        for at, mention in _of_sentence(words, forms, _compared_with(clauses)):
            found.append(mention._replace(negates_another=negates_another, is_asked=asked[at]))
    return tuple(found)


def _compared_with(clauses: Sequence[Clause]) -> frozenset[str]:
    """Return what follows the first "than" in its clause, and in brackets right after that."""
    for clause, following in zip(clauses, (*clauses[1:], None), strict=True):
        written = [word.written for word in clause.words]
        if "than" in written and not _AMOUNT.match(" ".join(written[written.index("than") :])):
            named = following.forms if following and following.in_brackets else frozenset[str]()
            return _forms(clause.words[written.index("than") :]) | named
    return frozenset()


def _of_sentence(
    words: Sequence[Word], sentence: frozenset[str], compared_with: frozenset[str]
) -> Iterator[tuple[int, Mention]]:
    """Yield the mentions of a sentence, each with the number of its first word."""
    than = next((at for at, word in enumerate(words) if word.written == "than"), 0)
    at = 0
    while at < len(words):
        count, sides = _sides_at(words, at)
        end = at + count
        if sides and (meant := _meant(sides, words[at])):
            # In "more often than" it is "more" that compares.
            is_compared = at < than <= end + _NEAR and words[at - 1].written not in _DEGREES
            yield (
                at,
                Mention(
                    written=" ".join(word.written for word in words[at:end]),
                    sides=meant,
                    near=_forms((*words[max(at - _NEAR, 0) : at], *words[end : end + _NEAR])),
                    sentence=sentence - _forms(words[at:end]),
                    before=basic_form(words[at - 1].written) if at else "",
                    after=basic_form(words[end].written) if end < len(words) else "",
                    first=_forms(words[:at]) if is_compared else frozenset(),
                    second=compared_with if is_compared else frozenset(),
                    is_negated=words[at].polarity == NEGATED,
                ),
            )
        at = end


def _forms(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(word.form for word in words) - {""}


def _sides_at(words: Sequence[Word], at: int) -> tuple[int, tuple[Side, ...]]:
    """Return how many words make a phrase or word of the lexicon here, and its sides."""
    first = words[at].written
    following = words[at + 1].written if at + 1 < len(words) else ""
    for parts, sides in lexicon().phrases.get(first, ()):
        count = len(parts)
        may_be = count == 1 or parts[1] == following
        if may_be and parts == tuple([word.written for word in words[at : at + count]]):
            return count, sides
    return 1, lexicon().words.get(basic_form(first), ())


def _meant(sides: Sequence[Side], word: Word) -> tuple[tuple[str, int], ...]:
    """Return the sides that a word is on, turned where a negation is close before it."""
    if word.polarity != NEGATED:
        return tuple((side.group, side.number) for side in sides)
    if word.distance > _MOST_BETWEEN:
        return ()
    return tuple((side.group, side.negated) for side in sides if side.negated is not None)
