"""Does a passage carry a claim's figure? By value, unit and bound, to the precision shown.

A claim's number must equal a number of the passage rounded to the precision that the claim shows:
"about 16 out of 100" is carried by 15.67 percent, "about 20 out of 100" is not. A percentage
carries its complement where the claim tells of the others: "84 could walk and 16 could not".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from guide.claims.figures.comparing import complement, equals
from guide.claims.figures.figure import COUNT, DATE, PERCENT, WHOLES, Figure
from guide.claims.figures.reading import LONGEST_TEXT, all_figures_in, figures_in
from guide.claims.figures.words import OTHER_SIDE, UNITS, WORKS, Bound, one_of
from guide.claims.sources import Passage

_OTHER_SIDE = re.compile(rf"\b(?:{one_of(OTHER_SIDE)})\b|n['’]t\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r" (?:other )?([a-z]+)", re.IGNORECASE)
_YEAR, _YEAR_SIZE = UNITS["year"]
_AGES = range(10, 111)
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Stated:
    """The figures that a text states, with what one needs to know of the text to compare them."""

    text: str
    figures: tuple[Figure, ...]

    @cached_property
    def units(self) -> frozenset[str]:
        """The units of its figures: a bare number may be short for one with such a unit."""
        return frozenset(PERCENT if each.base else each.unit for each in self.figures)

    @cached_property
    def counts(self) -> frozenset[Decimal]:
        """Everything that it counts, the two numbers of "42 of 50" too."""
        return frozenset(
            count
            for each in self.figures
            for count in ((each.low, each.high) if each.unit == COUNT else each.parts)
            if each.unit in (COUNT, PERCENT)
        )

    @cached_property
    def _has_other_side(self) -> bool:
        return bool(_OTHER_SIDE.search(self.text, 0, LONGEST_TEXT))

    def tells_other_side_of(self, figure: Figure) -> bool:
        """Say whether `figure` may be the rest of 100: "16 could not", "30 lived and 70 died"."""
        return self._has_other_side or any(
            each.low + figure.low == _HUNDRED for each in self.figures if each is not figure
        )


def missing_figures(claim_text: str, passages: Sequence[Passage]) -> list[Figure]:
    """Return the figures of a claim that none of its passages carries.

    Each must be in one passage, in what it says or in its list of figures.
    """
    claim = Stated(claim_text, figures_in(claim_text))
    if not claim.figures:
        return []
    given = [_given_by(passage.says, passage.figures) for passage in passages]
    works = len({passage.place.file for passage in passages})
    return [
        figure
        for figure in claim.figures
        if not any(_is_carried(figure, claim, each) for each in given)
        and not (figure.low == works and _counts_works(claim_text, figure))
    ]


def carried_figures(claim_text: str, passage: Passage) -> list[Figure]:
    """Return the figures of a claim that a passage carries, without "out of 100" alone."""
    claim = Stated(claim_text, figures_in(claim_text))
    if not claim.figures:
        return []
    given = _given_by(passage.says, passage.figures)
    return [each for each in claim.figures if not each.base and _is_carried(each, claim, given)]


def agree(one: Figure, other: Figure) -> bool:
    """Say whether the figures of two claims are one, or one of them rounded, or its complement."""
    for figure, known in ((one, other), (other, one)):
        alone = Stated("", (figure,)), Stated("", (known,))
        readings = list(_as_comparable(figure, known, *alone))
        if PERCENT in (figure.unit, known.unit) and all(
            each.unit == PERCENT or each.bare for each in (figure, known)
        ):
            readings += (known, complement(known))
        if any(equals(figure, each) for each in readings):
            return True
    return False


def nearest(figure: Figure, passages: Iterable[Passage]) -> Figure | None:
    """Return the passages' figure that an editor may have meant: near it, or the same number."""
    known = [
        each
        for passage in passages
        for each in _given_by(passage.says, passage.figures).figures
        if not (each.weak or each.base)
    ]
    near = [each for each in known if each.unit == figure.unit or _may_be_share(figure, each)]
    if near:
        return min(near, key=lambda each: abs(each.low - figure.low) + abs(each.high - figure.high))
    number = figure.low / figure.size
    return next((each for each in known if each.low / each.size == number), None)


def _may_be_share(figure: Figure, known: Figure) -> bool:
    return figure.bare and known.unit == PERCENT


@lru_cache(maxsize=8192)
def _given_by(says: str, listed: tuple[str, ...]) -> Stated:
    """Return the figures of a passage: those of its summary, and those that it lists.

    Lists leave out bounds ("up to"), so a listed number does not stand against the same number
    that has a bound in the summary.
    """
    said = all_figures_in(says)
    bounded = {(each.unit, each.low, each.high) for each in said if each.bound is not Bound.NONE}
    extra = [
        each
        for text in listed
        for each in all_figures_in(text)
        if each.bound is not Bound.NONE or (each.unit, each.low, each.high) not in bounded
    ]
    return Stated(says, (*said, *extra))


def _is_carried(figure: Figure, claim: Stated, given: Stated) -> bool:
    if figure.base and PERCENT in given.units:
        return True
    if _is_count_of(figure):
        # "42 of 50": a passage that gives 84 percent does not say of how many.
        return given.counts.issuperset(figure.parts)
    comparable = [
        each for known in given.figures for each in _as_comparable(figure, known, claim, given)
    ]
    if any(equals(figure, each) for each in comparable):
        return True
    ends = (replace(figure, high=figure.low), replace(figure, low=figure.high))
    return figure.is_range and all(
        any(equals(end, each) for each in comparable if not each.is_range) for end in ends
    )


def _is_count_of(figure: Figure) -> bool:
    """Say whether a share is of as many as were counted, not of a number that makes it plain."""
    if figure.unit != PERCENT or len(figure.parts) != 2:
        return False
    number, whole = figure.parts
    return whole > 10 and whole not in _PLAIN_WHOLES and not (number == 1 and whole < _HUNDRED)


_PLAIN_WHOLES = {Decimal(10) ** power for power in range(1, 8)}


def _counts_works(text: str, figure: Figure) -> bool:
    """Say whether a claim counts the sources that it cites: "three reviews found"."""
    word = _NEXT_WORD.match(text, figure.end)
    return figure.unit == COUNT and word is not None and word[1].lower() in WORKS


def _as_comparable(figure: Figure, known: Figure, claim: Stated, given: Stated) -> Iterator[Figure]:
    """Yield a passage's figure in every reading in which a claim's can be compared with it."""
    if known.unit == figure.unit:
        yield known
    elif figure.unit == COUNT:
        yield from _as_counts(figure, known, claim)
    elif known.bare and figure.unit in given.units - WHOLES:
        # "CT found 70 percent, MRI 93": the second is a percentage too.
        yield _in_unit(known, figure.unit, figure.size)
    elif known.bare and figure.unit == _YEAR and known.bound is not Bound.NONE:
        # "older than 60"
        yield _in_unit(known, _YEAR, _YEAR_SIZE)
    is_percentage = known.unit == PERCENT or (known.bare and PERCENT in given.units)
    may_be = figure.unit == PERCENT or figure.bare
    if is_percentage and may_be and claim.tells_other_side_of(figure):
        yield complement(known)


def _as_counts(figure: Figure, known: Figure, claim: Stated) -> Iterator[Figure]:
    """Yield a passage's figure that has a unit as the numbers that a claim may give without one."""
    if known.unit == PERCENT:
        if figure.bare:
            yield known
        for part in known.parts:
            yield replace(known, unit=COUNT, low=part, high=part)
    elif known.unit == DATE:
        yield known
    elif figure.bare and (known.unit in claim.units or _may_be_age(figure, known)):
        yield replace(
            known, low=known.low / known.size, high=known.high / known.size, size=Decimal(1)
        )


def _in_unit(count: Figure, unit: str, size: Decimal) -> Figure:
    return replace(count, unit=unit, low=count.low * size, high=count.high * size, size=size)


def _may_be_age(figure: Figure, known: Figure) -> bool:
    """Say whether "over 60" may be short for "older than 60 years"."""
    is_years = known.unit == _YEAR and known.size == _YEAR_SIZE
    return is_years and figure.bound is not Bound.NONE and figure.low in _AGES
