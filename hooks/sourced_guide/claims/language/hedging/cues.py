"""A sentence as its words and the cues among them: hedges, negations and words of purpose.

The terms are those of NegEx and ConText (H. Harkema et al., "ConText: an algorithm for determining
negation, experiencer, and temporal status from clinical reports", J Biomed Inform 42(5), 2009): a
cue applies to the words in its scope. `tagger.py` finds cues in a text.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from sourced_guide.claims.language.hedging.lexicon import NEGATION, lexicon, license_of


class Cue(NamedTuple):
    """Words that soften or negate a statement: their kind and degree, and the words around them.

    `left_context` and `right_context` are the nearest words; `next_words` the one that follows and,
    after "or", those that are joined to it. `scope` is all of the part of the sentence that the cue
    can soften, and `right_scope` the part of it after the cue. A cue `is_subordinate` where its
    part of the sentence begins with "if", "which" or another word that ends a scope.
    """

    kind: str
    degree: int
    written: str
    left_context: tuple[str, ...]
    right_context: tuple[str, ...]
    next_words: tuple[str, ...]
    scope: tuple[str, ...]
    right_scope: tuple[str, ...]
    is_subordinate: bool

    def is_near(self, other: Cue) -> bool:
        """Say whether both apply to the same words."""
        left, right = set(self.left_context), set(self.right_context)
        if not (self.right_context and other.right_context):
            return not (left | right).isdisjoint((*other.left_context, *other.right_context))
        if not right.isdisjoint(other.right_context):
            return True
        # "No cord involvement and no symptoms": a negation applies to what follows it.
        may_apply_to_left = not self.kind == other.kind == NEGATION
        return may_apply_to_left and not left.isdisjoint(other.left_context)


class Sentence(NamedTuple):
    """The content words of a sentence, stemmed, and its cues.

    `text` is the sentence in lower case, without the pseudo cues of `lexicon.yml`. `parts` are the
    words between its commas, where there are several, and the words outside its brackets, where it
    has some. `openings` are the words that a part begins with, `in_order` has all words,
    `boosters` those that strengthen it. `antecedent` has the words of the sentence before, where
    this one refers to it ("It can ..."), and `antecedent_negations` its negations.
    """

    text: str
    words: frozenset[str]
    parts: tuple[tuple[str, ...], ...]
    openings: tuple[str, ...]
    in_order: tuple[str, ...]
    cues: tuple[Cue, ...]
    boosters: tuple[str, ...]
    antecedent: frozenset[str]
    antecedent_negations: tuple[Cue, ...]

    @property
    def negations(self) -> tuple[Cue, ...]:
        """The cues that negate."""
        return tuple(cue for cue in self.cues if cue.kind == NEGATION)

    def has_in_order(self, words: tuple[str, ...]) -> bool:
        """Say whether two words follow one another."""
        return any(pair == words for pair in pairwise(self.in_order))

    def covers(self, words: frozenset[str]) -> int:
        """Return how many of `words` the sentence has, in itself or by what it refers to."""
        own = words & self.words
        if not self.antecedent or own <= self.antecedent:
            return len(own)
        return len(own | (words & self.antecedent))

    def licenses(self, booster: str, claim: Sentence) -> bool:
        """Say whether this sentence of a passage licenses a `booster` of the claim.

        A word that the claim repeats does not license it: "different for each person" does not
        license "always different for each person".
        """
        licensed_by = license_of(booster)
        found = set(licensed_by.findall(self.text))
        is_repeated = any(f" {booster} " in f" {phrase} " for phrase in found)
        return is_repeated or not found.issubset(licensed_by.findall(claim.text))

    def negations_near(self, cue: Cue) -> int:
        """Return how many negations of this sentence apply to the same words as a `cue`."""
        return sum(map(cue.is_near, self.negations))

    def negates(self, cue: Cue) -> bool:
        """Say whether this sentence of a passage negates what a claim's `cue` negates.

        An implicit negation ("rarely", "lack") is enough.
        """
        if self.negations_near(cue) or any(_is_of_subject(own, cue) for own in self.negations):
            return True
        is_implicit = lexicon().implicit_negations.search(self.text)
        return bool(is_implicit) and not self.words.isdisjoint(cue.right_context)


def _is_of_subject(own: Cue, cue: Cue) -> bool:
    """Say whether "surgery is not planned" has the negation of "you will have no surgery"."""
    is_about = not set(own.left_context).isdisjoint(cue.right_context[:1])
    return is_about and not lexicon().carried_out.isdisjoint(own.right_context[:1])
