"""Whether a claim is stronger than the passages it cites.

Hedges soften a statement and boosters strengthen it (K. Hyland, "Boosting, hedging and the
negotiation of academic knowledge", Text 18(3), 1998). They are compared in context: a claim that
repeats what a passage's "may" applies to has to repeat the "may", or a hedge that is as weak. Kinds
and degrees of hedges are in `lexicon.yml`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sourced_guide.claims.language.hedging.lexicon import AIM, BOOSTER, NEGATION, lexicon
from sourced_guide.claims.language.hedging.softening import (
    needs_no_hedge,
    softens,
    softens_here,
)
from sourced_guide.claims.language.hedging.tagger import (
    LONGEST_TEXT,
    may_be_strengthened,
    may_have_cues,
    tagged,
)
from sourced_guide.claims.language.tokens import cached_by_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.language.hedging.cues import Cue, Sentence

# A sentence that has a smaller share of the claim's words does not support it.
_LEAST_COVERED = 0.4
# A part of a claim that shares fewer words with a sentence is not about what it is about.
_LEAST_SHARED = 2
_CELL = "|"
# The parts of a sentence that are compared by themselves, at most.
_MOST_PARTS = 8

# "Nobody knows" for "it is not known": boosters, of which a passage has to have the negation.
_NEGATIVE_PRONOUNS = frozenset(("nobody", "no one", "none"))


@dataclass(frozen=True)
class UnsupportedStrength:
    """What the claim says too strongly: its words and the passage's, if there are any.

    `kind` is BOOSTER, or the kind of the cue that the claim drops or adds.
    """

    kind: str
    claim: str = ""
    passage: str = ""


@dataclass(slots=True)
class _ClaimPart:
    """Some of a claim's words, which are compared by themselves, and all that softens the claim.

    `lead_in` has the cues of the text that the claim continues. `is_whole` says that the words are
    all of the claim's.
    """

    words: frozenset[str]
    sentences: Sequence[Sentence]
    cues: Sequence[Cue]
    lead_in: Sequence[Cue]
    is_whole: bool = True


# The same claim may be on every page, as the warning signs are.
@cached_by_text
def unsupported_strength(
    claim: str, lead_in: str, says: tuple[str, ...]
) -> tuple[UnsupportedStrength, ...]:
    """Return what `claim` says more strongly than the passages that say `says`.

    `lead_in` is the text that the claim continues, or nothing.
    """
    # "legs that feel weak" continues its lead-in, which has the hedges: it drops negations only.
    continues = bool(lead_in) and claim[:1].islower()
    # What a claim drops has to be in its passages; what it adds strengthens or negates.
    may_drop = may_be_strengthened if continues else may_have_cues
    if not (may_be_strengthened(claim) or any(map(may_drop, says))):
        return ()
    boosters, found = list[UnsupportedStrength](), list[UnsupportedStrength]()
    passages = [sentence for text in says for sentence in tagged(text)]
    has_cues = any(sentence.cues for sentence in passages)
    lead_in_cues = _cues(tagged(lead_in)) if lead_in else []
    name, _, row = claim[:LONGEST_TEXT].partition(_CELL)
    for number, cell in enumerate([name, *(row.split(_CELL) if row else ())]):
        sentences = tagged(cell)
        boosters += _unlicensed(sentences, passages)
        if not has_cues and not _cues(sentences):
            continue
        # The first cell of a row names what the row is about.
        for part in _parts(sentences, lead_in_cues) if number or not row else ():
            if supporting := _supporting(part.words, passages):
                found += _dropped_cues(part, supporting)
                found += _added_negations(part, supporting, passages)
    if continues:
        found = [fault for fault in found if fault.kind == NEGATION]
    return tuple(_distinct(boosters, found)) if boosters or found else ()


def _distinct(
    boosters: list[UnsupportedStrength], found: list[UnsupportedStrength]
) -> Iterator[UnsupportedStrength]:
    """Yield distinct faults; a booster is reported with the hedge that it replaces, if any."""
    hedges = [fault for fault in dict.fromkeys(found) if fault.kind != NEGATION]
    for booster in dict.fromkeys(boosters):
        yield replace(booster, passage=hedges.pop(0).passage) if hedges else booster
    yield from hedges
    reported = {booster.claim for booster in boosters}
    yield from dict.fromkeys(
        fault for fault in found if fault.kind == NEGATION and fault.claim not in reported
    )


def _unlicensed(
    sentences: Sequence[Sentence], passages: Sequence[Sentence]
) -> Iterator[UnsupportedStrength]:
    """Yield the boosters of a claim that no sentence of its passages licenses."""
    for sentence in sentences:
        for booster in sentence.boosters:
            licensing = (passage for passage in passages if passage.licenses(booster, sentence))
            if not any(_negates_as_much(passage, booster, sentence) for passage in licensing):
                yield UnsupportedStrength(BOOSTER, booster)


def _negates_as_much(passage: Sentence, booster: str, claim: Sentence) -> bool:
    """Say whether a passage negates what a `booster` of the claim negates, if it is a negation.

    "There are never no signs" negates it twice.
    """
    return all(
        passage.negations_near(cue) >= claim.negations_near(cue)
        for cue in claim.cues
        if cue.written == booster and cue.kind == NEGATION
    )


def _parts(sentences: Sequence[Sentence], lead_in: list[Cue]) -> Iterator[_ClaimPart]:
    """Yield what is compared: the whole claim, then its parts.

    Different sentences may support the parts, but the hedge of a part may be in another part.
    """
    cues = _cues(sentences)
    words = frozenset[str]().union(*(sentence.words for sentence in sentences))
    yield _ClaimPart(words, sentences, cues, lead_in)
    for sentence in sentences:
        for part in sentence.parts[:_MOST_PARTS]:
            yield _ClaimPart(frozenset(part), sentences, cues, lead_in, is_whole=False)


def _cues(sentences: Sequence[Sentence]) -> list[Cue]:
    return [cue for sentence in sentences for cue in sentence.cues]


def _supporting(words: frozenset[str], passages: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences of the passages that have the most of the claim's words."""
    covered = [sentence.covers(words) for sentence in passages]
    most = max(covered, default=0)
    if not most or most < _LEAST_COVERED * len(words):
        return []
    return [sentence for sentence, count in zip(passages, covered, strict=True) if count == most]


def _dropped_cues(part: _ClaimPart, supporting: list[Sentence]) -> Iterator[UnsupportedStrength]:
    """Yield what every supporting sentence softens or negates and the claim does not."""
    missing = [
        [
            cue
            for cue in (*sentence.cues, *_of_antecedent(sentence))
            if _is_missing(cue, part, sentence)
        ]
        for sentence in supporting
    ]
    for cue in missing[0]:
        if all(any(other.kind == cue.kind for other in others) for others in missing):
            yield UnsupportedStrength(cue.kind, _of_same_kind(cue, part), cue.written)


def _of_antecedent(sentence: Sentence) -> Iterator[Cue]:
    """Yield the negations of the sentence before, but for those of what this sentence affirms."""
    for cue in sentence.antecedent_negations:
        if sentence.words.isdisjoint(cue.next_words):
            yield cue


def _is_missing(cue: Cue, part: _ClaimPart, sentence: Sentence) -> bool:
    """Say whether a claim repeats what a passage's cue applies to and not the cue."""
    is_repeated = _is_repeated(cue, part)
    if not is_repeated and not _is_about(cue, part, sentence):
        return False
    if any(softens(own, cue) for own in part.lead_in):
        return False
    if needs_no_hedge(cue, part.words, sentence):
        return False
    if cue.kind == NEGATION and not all(
        _NEGATIVE_PRONOUNS.isdisjoint(own.boosters) for own in part.sentences
    ):
        return False
    softening = [own for own in part.cues if softens(own, cue) and softens_here(own, cue, sentence)]
    if is_repeated and cue.kind == "frequency":
        # "Care to help ease symptoms" is not how often it goes along with treatment.
        softening = [own for own in softening if own.kind != AIM or own.is_near(cue)]
    if not is_repeated or not softening:
        return not softening
    alike = sum(cue.kind == other.kind for other in sentence.cues)
    return len(softening) < alike and not any(own.is_near(cue) for own in softening)


def _is_repeated(cue: Cue, part: _ClaimPart) -> bool:
    """Say whether the claim has the very words that follow the cue."""
    if not cue.right_context:
        # "Needed in some cases": with nothing after it, it applies to what is before it.
        return cue.kind == "frequency" and not part.words.isdisjoint(cue.left_context[-1:])
    if cue.kind == "scope":
        # "Some nerves" is repeated where the claim begins with nerves, not in "a bundle of nerves",
        # and "if some nerves" does not say that only some do.
        bigram = (cue.left_context[-1:] + cue.right_context)[:2]
        return not cue.is_subordinate and any(
            cue.right_context[0] in sentence.openings or sentence.has_in_order(bigram)
            for sentence in part.sentences
        )
    if cue.kind != NEGATION:
        return cue.right_context[0] in part.words
    # "Cannot undo (reverse) damage": the first word may be another name of the second. Light verbs
    # such as "make" say too little.
    own = part.words - lexicon().light_verbs
    repeats_two = len(own.intersection(cue.right_context)) > 1
    return repeats_two or not own.isdisjoint(cue.next_words)


def _is_about(cue: Cue, part: _ClaimPart, sentence: Sentence) -> bool:
    """Say whether the cue can soften most of what the claim takes from the sentence.

    A part of the claim must have a word next to the cue.
    """
    if cue.is_subordinate and not part.is_whole:
        return False
    following = cue.right_scope if part.is_whole else cue.right_context
    if part.words.isdisjoint(following) and part.words.isdisjoint(cue.left_context[-1:]):
        return False
    shared = part.words & sentence.words
    if not part.is_whole and len(shared) < _LEAST_SHARED:
        return False
    return 2 * len(shared.intersection(cue.scope)) > len(shared)


def _of_same_kind(cue: Cue, part: _ClaimPart) -> str:
    same = (own.written for own in part.cues if own.kind == cue.kind and own.is_near(cue))
    return next(same, "")


def _added_negations(
    part: _ClaimPart, supporting: list[Sentence], passages: Sequence[Sentence]
) -> Iterator[UnsupportedStrength]:
    """Yield the negations of the claim that no passage has of the same words."""
    negations = [cue for cue in part.cues if cue.kind == NEGATION and cue.right_context]
    # Out of 100, 84 could walk and 16 could not: the second figure is our own sum.
    if negations and not any(word[0].isdigit() for word in part.words):
        for cue in negations:
            next_word = cue.right_context[0]
            is_repeated = next_word not in lexicon().light_verbs and any(
                next_word in sentence.words for sentence in supporting
            )
            if is_repeated and not any(sentence.negates(cue) for sentence in passages):
                yield UnsupportedStrength(NEGATION, cue.written)
