"""The figures that a claim or a passage states, and what its text says about all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.compare import ComplementPair, complement_pairs
from sourced_guide.claims.language.quantities.lexicon import COMPLEMENT_CUES, one_of
from sourced_guide.claims.language.quantities.quantity import (
    COUNT,
    LONGEST_TEXT,
    PERCENT,
    Bound,
    Figure,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMPLEMENT_CUE = re.compile(rf"\b(?:{one_of(COMPLEMENT_CUES)})\b|n['’]t\b", re.IGNORECASE)
# What is between a percentage and its count: "6.5 percent (135 of 2,088)".
_APPOSITION = re.compile(r"(?: [a-z]+)? ?\(|, ", re.IGNORECASE)
_APPOSITION_END = re.compile(r"\)|$")
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class StatedFigures:
    """The figures that a text states, with what comparing them needs to know of the text."""

    text: str
    figures: tuple[Figure, ...]

    @cached_property
    def units(self) -> frozenset[str]:
        """The units of its figures: a number without one may be short for one with such a unit."""
        return frozenset(
            PERCENT if figure.is_denominator else figure.unit for figure in self.figures
        )

    @cached_property
    def counts(self) -> frozenset[Decimal]:
        """Everything that it counts, the two numbers of "42 of 50" too."""
        return frozenset(
            count
            for figure in self.figures
            for count in ((figure.low, figure.high) if figure.unit == COUNT else figure.parts)
            if figure.unit in (COUNT, PERCENT)
        )

    @cached_property
    def is_per_100(self) -> bool:
        """Whether its numbers are per 100: "out of every 100 people, 84 could walk"."""
        return any(figure.is_denominator and figure.low == _HUNDRED for figure in self.figures)

    @cached_property
    def complement_pairs(self) -> tuple[ComplementPair, ...]:
        """Its shares whose complements it states: "84 could walk and 16 could not"."""
        if not self.mentions_complement:
            return ()
        return tuple(complement_pairs(self.text[:LONGEST_TEXT], self.figures))

    @cached_property
    def mentions_complement(self) -> bool:
        """Whether it is also about others than those who have something."""
        return bool(_COMPLEMENT_CUE.search(self.text, 0, LONGEST_TEXT))

    def may_be_complement(self, figure: Figure) -> bool:
        """Say whether `figure` may be the rest of 100: "16 could not", "30 lived and 70 died"."""
        return self.mentions_complement or any(
            other.low + figure.low == _HUNDRED for other in self.figures if other is not figure
        )

    def may_be_rounded(self, figure: Figure) -> bool:
        """Say whether `figure` may be rounded: "about 20 were here and 10 there"."""
        return figure.bound is not Bound.NONE or any(
            other.is_approximate for other in self.figures if other.start <= figure.start
        )


def without_repeated(in_summary: Sequence[Figure], listed: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the figures of a passage's list, without those that its summary states with a bound.

    Lists omit bounds ("up to"), so a listed number does not contradict the same number with a bound
    in the summary.
    """
    bounded = {
        (figure.unit, figure.low, figure.high)
        for figure in in_summary
        if figure.bound is not Bound.NONE
    }
    for figure in listed:
        key = (figure.unit, figure.low, figure.high)
        if figure.bound is not Bound.NONE or key not in bounded:
            yield figure


def without_contradictions(text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the figures of a passage; a count that is another share than the one beside it as two.

    Of "7.8 percent (135 of 2,088)", which is 6.5 percent, the 135 and the 2,088 are left.
    """
    neighbors = zip(figures, (None, *figures), (*figures[1:], None), strict=False)
    for figure, previous, following in neighbors:
        if len(figure.parts) == 2 and any(
            neighbor and _contradicts(text, figure, neighbor) for neighbor in (previous, following)
        ):
            yield from (
                figure._replace(unit=COUNT, low=part, high=part, parts=()) for part in figure.parts
            )
        else:
            yield figure


def _contradicts(text: str, share: Figure, known: Figure) -> bool:
    first, second = sorted((share, known), key=lambda figure: figure.start)
    return (
        known.unit == share.unit == PERCENT
        and not (known.parts or known.is_range or share.is_range)
        and abs(known.low - share.low) > known.precision
        and _APPOSITION.fullmatch(text, first.end, second.start) is not None
        and _APPOSITION_END.match(text, second.end) is not None
    )
