"""Whether a claim has the opposite of a word that its passage has of the same thing.

The words of a claim and of its passages that belong to one group of opposites are paired by what
they are said of. A word of the claim is at fault where a word on another side, which no other word
of the claim took up, is said of the same thing more plainly than any word on its own side.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.normalize import normal_form
from sourced_guide.claims.language.opposites.lexicon import basic_form, lexicon
from sourced_guide.claims.language.opposites.mentions import (
    Neighborhood,
    may_be_opposed,
    mentions,
    neighborhoods,
    sides_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.language.opposites.mentions import Mention

# What two words have in common: a word close by, the neighbor that follows, the one before.
_NEAR, _AFTER, _BEFORE = 2, 3, 1
# A word with a counterpart on its own side that has words close by in common, and one without such
# words: by how much the opposite has to fit better.
_BETTER_THAN_NEAR, _BETTER_THAN_FAR = 4, 3
# What an opposite has to have in common where no word close by is the same.
_LEAST_FAR = 2
# What is less for some is more for the others: "those who had care without it had less pain".
_OF_ALL_OR_OTHERS = frozenset(("amount", "quality"))
# A word may compare, or not.
_EITHER = (True, False)


class Antonym(NamedTuple):
    """A word of a claim, and the word of its passage that it is the opposite of."""

    claim: str
    passage: str


class _OnSide(NamedTuple):
    """A word with one of its sides."""

    mention: Mention
    side: int


def antonyms(claim: str, says: Sequence[str]) -> Iterator[Antonym]:
    """Yield the words of `claim` that are opposites of words of the passages that say `says`."""
    # No clause is read where none of the words can be opposed.
    if not may_be_opposed(claim, says):
        return
    groups = _groups_at_fault(claim, says, _groups_with_two_sides(claim, says))
    if not groups:
        return
    known = [mention for text in says for mention in mentions(text, groups)]
    own = mentions(claim, groups)
    for group in dict.fromkeys(group for mention in own for group, _ in mention.sides):
        if group in groups:
            yield from _Pairing(group, _on_sides(own, group), _on_sides(known, group)).opposed()


def _groups_with_two_sides(claim: str, says: Sequence[str]) -> set[str]:
    """Return the groups in which a claim may be on another side than its passages.

    There has to be a word of the passages on the other side that none of the claim takes up. Words
    on one side are opposed only where both compare, and what is compared changes places.
    """
    own, known = Counter(sides_in(claim)), Counter(chain.from_iterable(map(sides_in, says)))
    left = {
        (group, side)
        for group, side, _ in known
        if sum(known[group, side, compares] - own[group, side, compares] for compares in _EITHER)
        > 0
    }
    return {
        group
        for group, side, compares in own
        for other, of_other, compares_too in known
        if group == other
        and ((side != of_other and (other, of_other) in left) or (compares and compares_too))
    }


def _groups_at_fault(claim: str, says: Sequence[str], groups: set[str]) -> set[str]:
    """Return those of the groups in which a word of a claim may be at fault."""
    known = [each for text in says for each in neighborhoods(text, groups)]
    own = neighborhoods(claim, groups)
    return {
        one.group
        for one in own
        if _may_be_at_fault(one, [each for each in known if each.group == one.group])
    }


def _may_be_at_fault(one: Neighborhood, known: Sequence[Neighborhood]) -> bool:
    """Say quickly whether a word of a claim may be.

    None of its group is on its own side, or one on another side has the same words close by, or
    both compare.
    """
    return all(each.side != one.side for each in known) or any(
        (each.side != one.side and not one.near.isdisjoint(each.near))
        or (one.compares and each.compares)
        for each in known
    )


def _on_sides(found: Sequence[Mention], group: str) -> list[_OnSide]:
    return [
        _OnSide(mention, side)
        for mention in found
        for of_group, side in mention.sides
        if of_group == group
    ]


class _Pairing:
    """The words of a claim and of its passages in one group, paired where they are on one side.

    `fit` has for a word of the claim how well the best word on its side fits; `taken` the number of
    the passages' word that it is paired with.
    """

    def __init__(self, group: str, own: list[_OnSide], known: list[_OnSide]) -> None:
        self.group, self.own, self.known = group, own, known
        self.fit: dict[int, int] = {}
        self.taken: dict[int, int] = {}
        pairs = [
            (_fit(one.mention, other.mention), at, to)
            for at, one in enumerate(own)
            for to, other in enumerate(known)
            if _agree(one, other)
        ]
        for fit, at, to in sorted(pairs, key=lambda pair: -pair[0]):
            self.fit.setdefault(at, fit)
            if at not in self.taken and to not in self.taken.values():
                self.taken[at] = to

    def opposed(self) -> Iterator[Antonym]:
        """Yield the words of the claim that are at fault."""
        for at, one in enumerate(self.own):
            if not self._is_stated(at):
                continue
            against = [
                (_fit(one.mention, other.mention), to)
                for to, other in enumerate(self.known)
                if to not in self.taken.values() and _oppose(one, other)
            ]
            if against:
                fit, to = max(against, key=lambda other: other[0])
                other = self.known[to].mention
                if self._fits_better(fit, at, other):
                    yield Antonym(one.mention.written, other.written)

    def _is_stated(self, at: int) -> bool:
        """Say whether a claim states a word, of the thing itself and not of its alternatives."""
        one = self.own[at].mention
        if one.negates_another and self.group in _OF_ALL_OR_OTHERS:
            return False
        # "Lying, sitting or standing": which sides a passage names says nothing against one.
        is_one_of_many = self.group in lexicon().unturned and at in self.taken
        return not (one.is_asked or is_one_of_many)

    def _fits_better(self, fit: int, at: int, other: Mention) -> bool:
        """Say whether an opposite fits better than all that is on the side of a claim's word."""
        one = self.own[at].mention
        known = self.fit.get(at, -1)
        if not one.near & other.near:
            has_negated = any(self.own[each].mention.is_negated for each in self.taken)
            return fit >= _LEAST_FAR and known < 0 and not has_negated
        if at in self.taken:
            is_near = one.near & self.known[self.taken[at]].mention.near
            known += _BETTER_THAN_NEAR if is_near else _BETTER_THAN_FAR
            return fit > known
        return fit >= known


def _fit(one: Mention, other: Mention) -> int:
    """Return how much two words have in common in what they are said of."""
    return (
        _NEAR * len(one.near & other.near)
        + len(one.sentence & other.sentence)
        + _AFTER * (one.after == other.after != "")
        + _BEFORE * (one.before == other.before != "")
    )


def _agree(one: _OnSide, other: _OnSide) -> bool:
    return (one.side == other.side) != _is_crossed(one.mention, other.mention)


def _oppose(one: _OnSide, other: _OnSide) -> bool:
    """Say whether two words say the opposite: not where only a negation makes them differ."""
    is_crossed = _is_crossed(one.mention, other.mention)
    is_same = _stem(one.mention.written) == _stem(other.mention.written)
    return not _agree(one, other) and (is_crossed or not is_same)


def _stem(written: str) -> str:
    """Return what a word has in common with those derived from it: "routine" and "routinely"."""
    return normal_form(written) or basic_form(written)


def _is_crossed(one: Mention, other: Mention) -> bool:
    """Say whether what is compared has changed places: "A is more than B", "B is less than A"."""
    first, second = one.first - one.second, one.second - one.first
    to_second = first & (other.second - other.first)
    to_first = second & (other.first - other.second)
    return len(to_first) + len(to_second) > len(one.second & other.second)
