"""How strong a claim is, beside the passages it cites.

Hedges are compared where they stand: a claim that repeats what a passage's "may" speaks of has to
repeat the "may", or say something as weak. Steps and kinds of hedges are in `strength.yml`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sourced_guide.claims.language.hedging.lexicon import AIM, NEGATION
from sourced_guide.claims.language.hedging.tagger import LONGEST, may_have_marks, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.language.hedging.cues import Mark, Sentence

# A kind of overstatement besides the kinds of marks.
STRONG = "strong"

# A sentence that has a smaller share of the claim's words does not support it.
_LEAST_COVERED = 0.4
_CELL = "|"
# The parts of a sentence that are compared by themselves, at most.
_MOST_PARTS = 8
_MOST_CLAIMS_KEPT = 16_384

# Which kind of mark can stand for which (a claim's, a passage's), up to which step. "Sometimes",
# "some people" and "may" can stand for one another; but "some people" says who, and is no "may".
_SAME_STEP = -1
_STANDS_FOR = {
    **{(kind, kind): _SAME_STEP for kind in ("possibility", "frequency", "scope", AIM, NEGATION)},
    ("frequency", "possibility"): 0,
    ("possibility", "frequency"): 0,
    ("scope", "frequency"): _SAME_STEP,
    ("frequency", "scope"): _SAME_STEP,
    (AIM, "possibility"): 0,
    (AIM, "frequency"): _SAME_STEP,
}


@dataclass(frozen=True)
class Overstatement:
    """What the claim says too strongly: its own word, if it has one, and the passage's, if any."""

    kind: str
    claim: str = ""
    passage: str = ""


@dataclass(slots=True)
class _Told:
    """What is compared: some of a claim's words, with all that is known of the claim."""

    words: frozenset[str]
    claim: Sequence[Sentence]
    marks: Sequence[Mark]
    lead: Sequence[Mark]
    is_part: bool = False


# The same claim may stand on every page, as the warning signs do.
@lru_cache(_MOST_CLAIMS_KEPT)
def overstatements(claim: str, beside: str, says: tuple[str, ...]) -> tuple[Overstatement, ...]:
    """Return what `claim` says more strongly than the passages that say `says`.

    `beside` is the text that the claim continues, or nothing.
    """
    if not any(map(may_have_marks, (claim, *says))):
        return ()
    strong: list[Overstatement] = []
    found: list[Overstatement] = []
    passages = [sentence for text in says for sentence in read(text)]
    has_marks = any(sentence.marks for sentence in passages)
    lead = _marks(read(beside)) if beside else []
    name, _, row = claim[:LONGEST].partition(_CELL)
    for number, cell in enumerate([name, *(row.split(_CELL) if row else ())]):
        sentences = read(cell)
        strong += _strong(sentences, passages)
        if not has_marks and not _marks(sentences):
            continue
        # The first cell of a row names what the row is about.
        for told in _told(sentences, lead) if number or not row else ():
            if supporting := _supporting(told.words, passages):
                found += _dropped(told, supporting)
                found += _turned(told, supporting, passages)
    if beside and claim[:1].islower():
        # "legs that feel weak" goes on with its lead-in and says of itself that nothing is so.
        found = [each for each in found if each.kind == NEGATION]
    return tuple(_told_once(strong, found)) if strong or found else ()


def _told_once(strong: list[Overstatement], found: list[Overstatement]) -> Iterator[Overstatement]:
    """Yield each fault once; a strong word stands in the place of the hedge, if one is missing."""
    hedges = [each for each in dict.fromkeys(found) if each.kind != NEGATION]
    for word in dict.fromkeys(strong):
        yield replace(word, passage=hedges.pop(0).passage) if hedges else word
    yield from hedges
    told = {each.claim for each in strong}
    yield from dict.fromkeys(
        each for each in found if each.kind == NEGATION and each.claim not in told
    )


def _strong(sentences: Sequence[Sentence], passages: Sequence[Sentence]) -> Iterator[Overstatement]:
    for sentence in sentences:
        for word in sentence.strong:
            allowing = (each for each in passages if each.allows(word, sentence))
            if not any(_turns_as_much(each, word, sentence) for each in allowing):
                yield Overstatement(STRONG, word)


def _turns_as_much(passage: Sentence, strong: str, claim: Sentence) -> bool:
    """Say whether a passage turns what a `strong` negation of the claim turns, if it is one.

    "There are never no signs" turns it twice.
    """
    return all(
        passage.negations_near(mark) >= claim.negations_near(mark)
        for mark in claim.marks
        if mark.written == strong and mark.kind == NEGATION
    )


def _told(sentences: Sequence[Sentence], lead: list[Mark]) -> Iterator[_Told]:
    """Yield what is compared: all of it, and each part.

    A part may rest on a sentence of its own, but what softens it may stand in another part.
    """
    marks = _marks(sentences)
    words = frozenset[str]().union(*(each.words for each in sentences))
    yield _Told(words, sentences, marks, lead)
    for sentence in sentences:
        for part in sentence.parts[:_MOST_PARTS]:
            yield _Told(part, sentences, marks, lead, is_part=True)


def _marks(sentences: Sequence[Sentence]) -> list[Mark]:
    return [mark for sentence in sentences for mark in sentence.marks]


def _supporting(words: frozenset[str], passages: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences of the passages that have the most of the claim's words."""
    covered = [sentence.covers(words) for sentence in passages]
    most = max(covered, default=0)
    if not most or most < _LEAST_COVERED * len(words):
        return []
    return [sentence for sentence, count in zip(passages, covered, strict=True) if count == most]


def _dropped(told: _Told, supporting: list[Sentence]) -> Iterator[Overstatement]:
    """Yield what every supporting sentence softens or turns and the claim does not."""
    missing = [
        [
            mark
            for mark in (*sentence.marks, *sentence.negations_before)
            if _is_missing(mark, told, sentence)
        ]
        for sentence in supporting
    ]
    for mark in missing[0]:
        if all(any(each.kind == mark.kind for each in others) for others in missing):
            yield Overstatement(mark.kind, _of_same_kind(mark, told), mark.written)


def _is_missing(mark: Mark, told: _Told, sentence: Sentence) -> bool:
    """Say whether a claim repeats what a passage's mark speaks of and not the mark."""
    is_repeated = _is_repeated(mark, told)
    if not is_repeated and not _is_about(mark, told, sentence):
        return False
    if any(_softens(each, mark) for each in told.lead):
        return False
    softening = [
        each for each in told.marks if _softens(each, mark) and _softens_here(each, mark, sentence)
    ]
    if is_repeated and mark.kind == "frequency":
        # "Care to help ease symptoms" is not how often it goes along with treatment.
        softening = [each for each in softening if each.kind != AIM or each.is_near(mark)]
    if not is_repeated or not softening:
        return not softening
    alike = sum(mark.kind == each.kind for each in sentence.marks)
    return len(softening) < alike and not any(each.is_near(mark) for each in softening)


def _is_repeated(mark: Mark, told: _Told) -> bool:
    """Say whether the claim has the very words that follow the mark."""
    if not mark.after:
        # "Needed in some cases": with nothing after it, it is of what stands before it.
        return mark.kind == "frequency" and not told.words.isdisjoint(mark.before[-1:])
    if mark.kind == "scope":
        # "Some nerves" is repeated where the claim begins with nerves, not in "a bundle of nerves",
        # and "if some nerves" does not say that only some do.
        pair = (mark.before[-1:] + mark.after)[:2]
        return not mark.is_linked and any(
            mark.after[0] in each.opening or pair in each.pairs for each in told.claim
        )
    # "Cannot undo (reverse) damage": the first word may be another name of the second.
    both = mark.kind == NEGATION and len(told.words.intersection(mark.after)) > 1
    firsts = mark.first if mark.kind == NEGATION else mark.after[:1]
    return both or not told.words.isdisjoint(firsts)


def _is_about(mark: Mark, told: _Told, sentence: Sentence) -> bool:
    """Say whether most of what the claim takes from the sentence can be softened by the mark.

    Of a part of the claim, some has to stand next to the mark.
    """
    if told.is_part and mark.is_linked:
        return False
    ahead = mark.after if told.is_part else mark.ahead
    if told.words.isdisjoint(ahead) and told.words.isdisjoint(mark.before[-1:]):
        return False
    shared = told.words & sentence.words
    return 2 * len(shared & mark.stretch) > len(shared)


def _softens(own: Mark, mark: Mark) -> bool:
    """Say whether a claim with its `own` mark is no stronger than a passage with the `mark`."""
    highest = _STANDS_FOR.get((own.kind, mark.kind))
    return highest is not None and own.step <= (mark.step if highest == _SAME_STEP else highest)


def _softens_here(own: Mark, mark: Mark, sentence: Sentence) -> bool:
    """Say whether the claim's `own` mark softens what the `mark` softens in the sentence."""
    if own.kind == mark.kind:
        return True
    if own.kind == AIM:
        # "It aims to" is as soft as a "may", but not as "may aim to" or "may help".
        return not any(each.kind == AIM for each in sentence.marks)
    return own.is_near(mark)


def _of_same_kind(mark: Mark, told: _Told) -> str:
    same = (each.written for each in told.marks if each.kind == mark.kind and each.is_near(mark))
    return next(same, "")


def _turned(
    told: _Told, supporting: list[Sentence], passages: Sequence[Sentence]
) -> Iterator[Overstatement]:
    """Yield a negation of the claim that no passage has of the same words."""
    # Out of 100, 84 could walk and 16 could not: the second figure is our own sum.
    has_figures = any(word[0].isdigit() for word in told.words)
    for mark in told.marks:
        if mark.kind == NEGATION and mark.after and not has_figures:
            repeated = any(mark.after[0] in sentence.words for sentence in supporting)
            if repeated and not any(sentence.negates(mark) for sentence in passages):
                yield Overstatement(NEGATION, mark.written)
