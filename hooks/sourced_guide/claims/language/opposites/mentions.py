"""Finds the words of a text that have an opposite, and what they are said of."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.clauses.clause import NEGATED
from sourced_guide.claims.language.clauses.reader import may_negate, read_clauses
from sourced_guide.claims.language.opposites.lexicon import Side, basic_form, lexicon
from sourced_guide.claims.language.tokens import WordFilter, cached_by_text, vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

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
# Prepositions of time, which begin another phrase (Quirk et al., chapter 9).
_CIRCUMSTANCES = frozenset(("for", "during", "within", "throughout", "until", "since"))
# "It takes weeks before they know" says that they know after weeks.
_TAKES = frozenset(("take", "takes", "took", "taken", "wait", "waits", "waited"))
# And so does "it is weeks before", but not "pain may be there weeks before".
_BE = frozenset(("be", "is", "was"))
_TIMES = frozenset(
    f"{unit}{ending}"
    for unit in ("minute", "hour", "day", "week", "month", "year", "while", "time")
    for ending in ("", "s")
)
# "They had it before": with a perfect or a past and nothing after it, "before" is "already".
_HAVE = frozenset(("have", "has", "had", "having"))
_CACHED_WORDS = 65_536
_NO_SIDES = frozenset[tuple[str, int]]()


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


class Neighborhood(NamedTuple):
    """The side that a word is on in a group, whether it compares, and the content words close by.

    It is all that tells that most words are no opposites.
    """

    group: str
    side: int
    compares: bool
    near: frozenset[str]


class _Sentence(NamedTuple):
    """A sentence that is searched: its clauses, their words, and the words as they are written."""

    clauses: tuple[Clause, ...]
    words: tuple[Word, ...]
    written: tuple[str, ...]


class _Found(NamedTuple):
    """A word or phrase that has an opposite: the numbers of its first word and of the one after."""

    at: int
    end: int
    sides: tuple[tuple[str, int], ...]
    is_compared: bool


def may_be_opposed(text: str, says: Sequence[str]) -> bool:
    """Say quickly whether `text` may have a word on another side than one of what passages say.

    A word that compares may be on any side of its groups.
    """
    own = _possible_sides(text)
    opposed = _NO_SIDES.union(*map(lexicon().others.__getitem__, own))
    return any(
        not opposed.isdisjoint(_possible_sides(each))
        or (_compares(text) and _compares(each) and not own.isdisjoint(_possible_sides(each)))
        for each in says
    )


@cached_by_text
def _possible_sides(text: str) -> frozenset[tuple[str, int]]:
    """Return the group and side of every word of a text, and of every phrase that it may have."""
    # A negation may turn words to the other side, so it has to be read.
    if may_negate(text):
        return frozenset([(group, side) for group, side, _ in sides_in(text)])
    words = vocabulary_of(text)
    of_phrases = map(_numbered, lexicon().phrases.within(words))
    return _NO_SIDES.union(*map(_numbered_of_word, _on_sides().among(words)), *of_phrases)


@cache
def _on_sides() -> WordFilter:
    return WordFilter(_sides_of_word)


def _numbered(sides: Iterable[Side]) -> frozenset[tuple[str, int]]:
    return frozenset([(side.group, side.number) for side in sides])


def _compares(text: str) -> bool:
    return "than" in vocabulary_of(text)


def sides_in(text: str) -> list[tuple[str, int, bool]]:
    """Return the group and the side of each word of `text`, and whether the word compares."""
    return [
        (group, side, found.is_compared)
        for _, of_sentence in _found_in(text)
        for found in of_sentence
        for group, side in found.sides
    ]


def neighborhoods(text: str, groups: Set[str]) -> list[Neighborhood]:
    """Return what is close to the words of `text` that have an opposite in one of the groups."""
    return [
        Neighborhood(group, side, found.is_compared, _near(sentence, found))
        for sentence, of_sentence in _found_in(text)
        for found in of_sentence
        for group, side in found.sides
        if group in groups
    ]


def mentions(text: str, groups: Set[str]) -> list[Mention]:
    """Return the words of `text` that have an opposite in one of the groups, in order."""
    return [
        mention
        for sentence, found in _found_in(text)
        if (of_groups := [each for each in found if any(of in groups for of, _ in each.sides)])
        for mention in _mentions_of(sentence, of_groups)
    ]


@cached_by_text
def _found_in(text: str) -> tuple[tuple[_Sentence, list[_Found]], ...]:
    return tuple(
        (sentence, _found_in_sentence(sentence))
        for _, together in groupby(read_clauses(text), key=lambda clause: clause.sentence)
        for sentence in [_sentence_of(tuple(together))]
    )


def _sentence_of(clauses: tuple[Clause, ...]) -> _Sentence:
    words = tuple([word for clause in clauses for word in clause.words])
    return _Sentence(clauses, words, tuple([word.written for word in words]))


def _found_in_sentence(sentence: _Sentence) -> list[_Found]:
    words, written = sentence.words, sentence.written
    than = written.index("than") if "than" in written else 0
    found: list[_Found] = []
    end = 0
    for at in [at for at, word in enumerate(written) if _may_begin(word)]:
        if at < end or (written[at] == "before" and _orders_nothing(sentence.clauses, at)):
            continue
        count, sides = _sides_at(written, at)
        end = at + count
        if sides and (meant := _meant(sides, words[at])):
            # In "more often than" it is "more" that compares.
            is_compared = at < than <= end + _NEAR and written[at - 1] not in _DEGREES
            found.append(_Found(at, end, meant, is_compared))
    return found


def _orders_nothing(clauses: Sequence[Clause], at: int) -> bool:
    """Say whether the "before" of this number is "already", or turns "it takes weeks" round."""
    for clause in clauses:
        if at < len(clause.words):
            written = [word.written for word in clause.words]
            earlier = frozenset(written[:at])
            if at + 1 == len(written):
                return not earlier.isdisjoint(_HAVE)
            takes = not earlier.isdisjoint(_TAKES) or ("it" in earlier and bool(earlier & _BE))
            return takes and written[at - 1] in _TIMES
        at -= len(clause.words)
    return False


def _mentions_of(sentence: _Sentence, found: Sequence[_Found]) -> Iterator[Mention]:
    clauses, words, written = sentence
    than = written.index("than") if "than" in written else 0
    forms = frozenset[str]().union(*(clause.forms for clause in clauses))
    negates_another = any(clause.negates_another for clause in clauses)
    asked = [clause.opener in _QUESTIONS for clause in clauses for _ in clause.words]
    compared_with = _compared_with(clauses)
    for each in found:
        at, end, sides, is_compared = each
        yield Mention(
            written=" ".join(written[at:end]),
            sides=sides,
            near=_near(sentence, each),
            sentence=forms - _forms(words[at:end]),
            before=basic_form(written[at - 1]) if at else "",
            after=basic_form(written[end]) if end < len(words) else "",
            first=_forms((*words[:at], *words[end:than])) if is_compared else frozenset(),
            second=compared_with if is_compared else frozenset(),
            is_negated=words[at].polarity == NEGATED,
            negates_another=negates_another,
            is_asked=asked[at],
        )


def _near(sentence: _Sentence, found: _Found) -> frozenset[str]:
    before = sentence.words[max(found.at - _NEAR, 0) : found.at]
    return _forms((*before, *sentence.words[found.end : found.end + _NEAR]))


def _end_of_phrase(clause: Clause) -> int:
    """Return where a phrase after "than" ends: "than usual" in "than usual for several weeks"."""
    than = [word.written for word in clause.words].index("than")
    named = 0
    for at, word in enumerate(clause.words[than:], than):
        if named and word.written in _CIRCUMSTANCES:
            return at
        named += bool(word.form)
    return len(clause.words)


def _compared_with(clauses: Sequence[Clause]) -> frozenset[str]:
    """Return what follows the first "than" in its clause, and in brackets right after that."""
    for clause, following in zip(clauses, (*clauses[1:], None), strict=True):
        written = [word.written for word in clause.words]
        if "than" in written and not _AMOUNT.match(" ".join(written[written.index("than") :])):
            named = following.forms if following and following.in_brackets else frozenset[str]()
            return _forms(clause.words[written.index("than") : _end_of_phrase(clause)]) | named
    return frozenset()


def _forms(words: Sequence[Word]) -> frozenset[str]:
    return frozenset([word.form for word in words if word.form])


@lru_cache(_CACHED_WORDS)
def _sides_of_word(word: str) -> tuple[Side, ...]:
    return lexicon().words.get(basic_form(word), ())


@lru_cache(_CACHED_WORDS)
def _numbered_of_word(word: str) -> frozenset[tuple[str, int]]:
    return _numbered(_sides_of_word(word))


@lru_cache(_CACHED_WORDS)
def _may_begin(word: str) -> bool:
    """Say whether a word or phrase of the lexicon may begin with this word."""
    return word in lexicon().phrases.first_words or bool(_sides_of_word(word))


def _sides_at(written: Sequence[str], at: int) -> tuple[int, tuple[Side, ...]]:
    """Return how many words make a phrase or word of the lexicon here, and its sides."""
    if found := lexicon().phrases.at(written, at):
        return found[0]
    return 1, _sides_of_word(written[at])


def _meant(sides: Sequence[Side], word: Word) -> tuple[tuple[str, int], ...]:
    """Return the sides that a word is on, turned where a negation is close before it."""
    if word.polarity != NEGATED:
        return tuple((side.group, side.number) for side in sides)
    if word.distance > _MOST_BETWEEN:
        return ()
    return tuple((side.group, side.negated) for side in sides if side.negated is not None)
