"""What a sentence says with which strength: its words, and the marks among them.

A mark softens a statement or turns it. `mark_reader.py` finds them in a text.
"""

from __future__ import annotations

from typing import NamedTuple

from sourced_guide.claims.language.hedging.lexicon import NEGATION, lists


class Mark(NamedTuple):
    """A word that softens or turns a statement: its kind and step, and the words around it.

    `before` and `after` are the nearest words, `first` the one that follows it and, after "or",
    those that do as well; `stretch` all of the part of the sentence that it
    can soften, `ahead` those of the stretch that follow it. One that `is_linked` stands in a part
    that begins with "if", "which" and the like.
    """

    kind: str
    step: int
    written: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    first: frozenset[str]
    stretch: frozenset[str]
    ahead: frozenset[str]
    is_linked: bool

    def is_near(self, other: Mark) -> bool:
        """Say whether both speak of the same words."""
        if not (self.after and other.after):
            return not {*self.before, *self.after}.isdisjoint((*other.before, *other.after))
        if not set(self.after).isdisjoint(other.after):
            return True
        # "No cord involvement and no symptoms": a negation is of what follows it.
        is_of_before = not self.kind == other.kind == NEGATION
        return is_of_before and not set(self.before).isdisjoint(other.before)


class Sentence(NamedTuple):
    """The words of a sentence without those of grammar, each in one form, and its marks.

    `text` are its words as they stand, without the harmless ones of `strength.yml`.
    `parts` are the words between its commas, where there are several, and the words outside its
    brackets, where it has some. `opening` are the words that a part opens with, `pairs` those that
    follow one another, `strong` the strong words. `before` are the words of the sentence before,
    where this one goes on about it: "It can ...", and `negations_before` its negations.
    """

    text: str
    words: frozenset[str]
    parts: tuple[frozenset[str], ...]
    opening: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    marks: tuple[Mark, ...]
    strong: tuple[str, ...]
    before: frozenset[str]
    negations_before: tuple[Mark, ...]

    @property
    def negations(self) -> tuple[Mark, ...]:
        """The marks that turn a statement."""
        return tuple(mark for mark in self.marks if mark.kind == NEGATION)

    def covers(self, words: frozenset[str]) -> int:
        """Return how many of `words` the sentence speaks of."""
        own = words & self.words
        if not self.before or own <= self.before:
            return len(own)
        return len(own | (words & self.before))

    def allows(self, strong: str, claim: Sentence) -> bool:
        """Say whether this sentence of a passage allows a claim the word `strong`.

        A word that the claim has as well is used up: "different for each person" does not allow
        "always different for each person".
        """
        allowed_by = lists().allowed_by[strong]
        found = set(allowed_by.findall(self.text))
        return strong in found or not found.issubset(allowed_by.findall(claim.text))

    def negations_near(self, mark: Mark) -> int:
        """Return how many negations of this sentence speak of the same words as a `mark`."""
        return sum(map(mark.is_near, self.negations))

    def negates(self, mark: Mark) -> bool:
        """Say whether this sentence of a passage turns what a claim's `mark` turns.

        A word that says nearly the same as a negation is enough.
        """
        if self.negations_near(mark):
            return True
        is_like_one = lists().nearly_negations.search(self.text)
        return bool(is_like_one) and not self.words.isdisjoint(mark.after)
