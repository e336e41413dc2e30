"""Whether a claim negates what its passage affirms, or affirms what its passage negates."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.clauses.clause import AFFIRMED, NEGATED
from sourced_guide.claims.language.clauses.reader import may_negate, read_clauses
from sourced_guide.claims.language.normalize import content_words
from sourced_guide.claims.language.opposites.affixes import bases, bases_in
from sourced_guide.claims.language.tokens import cached_by_text, has_all_in_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sourced_guide.claims.language.clauses.clause import Clause, Word

# Openers of what says more of a noun before it: "if a person who takes it stops".
_RELATIVES = frozenset(("which", "who", "whom", "whose", "that"))
# "Not every cancer": with one of these after it, a negation is of some only.
_UNIVERSALS = frozenset(("all", "always", "both", "each", "every", "everyone", "everything"))
# Openers of conditions.
_CONDITIONS = frozenset(("if", "in case", "provided", "provided that", "when", "whether"))
# What one of these excepts is no condition, wherever it stands.
_EXCEPTIVES = frozenset(("except", "except for", "excepting", "apart from", "aside from"))
_DIGITS = re.compile(r"\d[\d.,]*")
_NO_FORMS = frozenset[str]()


class Negation(NamedTuple):
    """A word that a claim or its passage negates and the other does not, and the negation."""

    cue: str
    word: str
    is_added: bool


class _Sentence(NamedTuple):
    """What a sentence negates: all words, each with its negation, those next to one, those of any.

    One that `negates_another` has a negation of a pronoun, or of words before it; one that
    `negates_some` says that not every one is so.
    """

    forms: frozenset[str]
    negated: frozenset[str]
    negated_by: frozenset[tuple[str, str]]
    first: frozenset[str]
    in_scope: frozenset[str]
    negates_another: bool
    negates_some: bool


class _Use(NamedTuple):
    """A content word in its clause and sentence."""

    word: Word
    opener: str
    clause: frozenset[str]
    sentence: _Sentence

    def is_beside(self, other: _Use) -> bool:
        """Say whether the sentences of two uses of a word share another word, if there is one."""
        others = self.sentence.forms - {self.word.form}
        return not others or bool(others & other.sentence.forms)

    @property
    def is_condition(self) -> bool:
        """Whether its clause says what may or may not be so: "if there is no MRI"."""
        return self.opener in _CONDITIONS


_Uses = dict[str, list[_Use]]


def negations(claim: str, says: Sequence[str]) -> Iterator[Negation]:
    """Yield the negations that `claim` adds to the passages that say `says`, or drops."""
    # Nothing is compared where the other one does not have the words that one of the two negates.
    if _may_have(says, _next_to_negations(claim)) and not _has_other_figures(claim, says):
        yield from _added(_own(claim), _known(tuple(says)))
    if _may_have(says, bases_in(claim)):
        yield from _affixed(_own(claim), _known(tuple(says)))
    if any(_may_have((claim,), _next_to_negations(text)) for text in says):
        yield from _dropped(_own(claim), _known(tuple(says)))


def _may_have(texts: Iterable[str], forms: frozenset[str]) -> bool:
    """Say quickly whether one of the texts may have a word in one of the forms."""
    return bool(forms) and any(
        not (has_all_in_vocabulary(text) and forms.isdisjoint(content_words(text)))
        for text in texts
    )


@cached_by_text
def _next_to_negations(text: str) -> frozenset[str]:
    """Return the forms of the content words that are the first in the scope of a negation."""
    if not may_negate(text):
        return _NO_FORMS
    return frozenset(
        [
            word.form
            for clause in read_clauses(text)
            for word in clause.words
            if word.form and word.polarity == NEGATED and not word.distance
        ]
    )


def _own(claim: str) -> _Uses:
    return _by_form(_uses(claim))


# Many claims cite the same passages.
@cached_by_text
def _known(says: tuple[str, ...]) -> _Uses:
    return _by_form([use for text in says for use in _uses(text)])


@cached_by_text
def _uses(text: str) -> tuple[_Use, ...]:
    found: list[_Use] = []
    for _, together in groupby(read_clauses(text), key=lambda clause: clause.sentence):
        clauses = list(together)
        sentence = _sentence(clauses)
        opener = ""
        for clause in clauses:
            is_of_condition = clause.opener in _RELATIVES and opener in _CONDITIONS
            opener = opener if is_of_condition else clause.opener
            found += (
                _Use(word, opener, clause.forms, sentence) for word in clause.words if word.form
            )
    return tuple(found)


def _sentence(clauses: Sequence[Clause]) -> _Sentence:
    words = [word for clause in clauses for word in clause.words if word.form]
    negated = [word for word in words if word.polarity == NEGATED]
    return _Sentence(
        forms=frozenset(word.form for word in words),
        negated=frozenset(word.form for word in negated),
        negated_by=frozenset((word.form, word.cue) for word in negated),
        first=frozenset(word.form for word in negated if not word.distance),
        in_scope=frozenset(word.form for word in words if word.cue),
        negates_another=any(clause.negates_another for clause in clauses),
        negates_some=any(map(_negates_some, clauses)),
    )


def _negates_some(clause: Clause) -> bool:
    """Say whether a clause negates something of some only: "not every cancer"."""
    written = [word.written for word in clause.words]
    return any(word == "not" and following in _UNIVERSALS for word, following in pairwise(written))


def _by_form(uses: Sequence[_Use]) -> _Uses:
    found: _Uses = {}
    for use in uses:
        found.setdefault(use.word.form, []).append(use)
    return found


def _has_other_figures(claim: str, says: Sequence[str]) -> bool:
    """Say whether a claim counts others than its passages: "84 could walk and 16 could not"."""
    figures = _DIGITS.findall(claim)
    return any(all(figure not in text for text in says) for figure in figures)


def _added(own: Mapping[str, list[_Use]], known: Mapping[str, list[_Use]]) -> Iterator[Negation]:
    in_scope = {form for form, uses in own.items() if any(use.word.cue for use in uses)}
    for form, uses in own.items():
        if form not in in_scope:
            continue
        others = known.get(form, ())
        if form[0].isdigit() or not all(use.word.polarity == AFFIRMED for use in others):
            continue
        for use in uses:
            is_next = use.word.polarity == NEGATED and not use.word.distance
            is_own_condition = (
                use.is_condition
                and use.word.cue not in _EXCEPTIVES
                and not any(other.is_condition for other in others)
            )
            if not is_next or is_own_condition or not any(map(use.is_beside, others)):
                continue
            if not any(_negates_otherwise(other.sentence, use, in_scope) for other in others):
                yield Negation(use.word.cue, use.word.written, is_added=True)


def _negates_otherwise(passage: _Sentence, use: _Use, in_scope: set[str]) -> bool:
    """Say whether a sentence of a passage may negate a claim's word with other words."""
    return bool(
        passage.first - in_scope
        or passage.negates_another
        or passage.negated & use.sentence.negated
    )


def _affixed(own: Mapping[str, list[_Use]], known: Mapping[str, list[_Use]]) -> Iterator[Negation]:
    """Yield words such as "untreatable", where the passages have what the affix negates."""
    for form, uses in own.items():
        if form in known:
            continue
        for use in uses:
            for base in bases(use.word.written):
                others: Sequence[_Use] = known.get(base, ())
                is_affirmed = all(each.word.polarity == AFFIRMED for each in (use, *others))
                if is_affirmed and any(map(use.is_beside, others)):
                    yield Negation(use.word.written, others[0].word.written, is_added=True)


def _dropped(own: Mapping[str, list[_Use]], known: Mapping[str, list[_Use]]) -> Iterator[Negation]:
    for form, uses in own.items():
        if not any(map(_is_negated, known.get(form, ()))):
            continue
        others = _most_alike(uses, _as_sure_as(uses, known[form]))
        other = next((use for use in others if not use.word.distance), None)
        if other is None or not all(_is_negated(use) for use in others):
            continue
        is_affirmed = all(_is_affirmed_against(use, other) for use in uses)
        if is_affirmed and any(_is_alike(use, other) for use in uses):
            yield Negation(other.word.cue, uses[0].word.written, is_added=False)


def _as_sure_as(uses: Sequence[_Use], others: Sequence[_Use]) -> Sequence[_Use]:
    """Return the uses that say that something is so, if a claim does and there are any.

    "Never stop it. If a person stops it, they can get ill": that person's case is no advice.
    """
    stated = [other for other in others if not other.is_condition]
    return stated if stated and not any(use.is_condition for use in uses) else others


def _most_alike(uses: Sequence[_Use], others: Sequence[_Use]) -> list[_Use]:
    """Return the uses of a word in the clauses that have the most of what its own clauses have.

    "Do not stop it without asking. Stopping suddenly is risky": a claim about asking is denied.
    """
    own = frozenset[str]().union(*(use.clause for use in uses))
    shared = [len(own & other.clause) for other in others]
    most = max(shared, default=0)
    return [other for other, count in zip(others, shared, strict=True) if count == most]


def _is_negated(use: _Use) -> bool:
    return use.word.polarity == NEGATED


def _is_affirmed_against(use: _Use, other: _Use) -> bool:
    """Say whether a claim affirms a word and negates nothing in its place."""
    passage = other.sentence
    return (
        use.word.polarity == AFFIRMED
        and not (use.sentence.negates_another or use.sentence.negates_some)
        and not any((form, other.word.cue) in passage.negated_by for form in use.sentence.negated)
        and not use.sentence.first - passage.in_scope
    )


def _is_alike(use: _Use, other: _Use) -> bool:
    """Say whether a claim's clause and sentence are about what the passage's are about."""
    shared = (use.sentence.forms & other.sentence.forms) - {use.word.form}
    others = len(use.sentence.forms) - 1
    own = use.clause - {use.word.form}
    return (not own or bool(own & other.clause)) and 3 * len(shared) >= others
