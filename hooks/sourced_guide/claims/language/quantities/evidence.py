"""What a claim or a passage states: its figures, and what its words make of them together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

from sourced_guide.claims.language.quantities.complement import Sides, sides_in
from sourced_guide.claims.language.quantities.lexicon import OTHER_SIDE, Bound, one_of
from sourced_guide.claims.language.quantities.parse import LONGEST_TEXT, all_figures_in
from sourced_guide.claims.language.quantities.quantity import COUNT, PERCENT, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER_SIDE = re.compile(rf"\b(?:{one_of(OTHER_SIDE)})\b|n['’]t\b", re.IGNORECASE)
# What stands between a percentage and the count that it is of: "6.5 percent (135 of 2,088)".
_THAT_IS = re.compile(r"(?: [a-z]+)? ?\(|, ", re.IGNORECASE)
_THAT_IS_ALL = re.compile(r"\)|$")
_HUNDRED = Decimal(100)


class Evidence(Protocol):
    """A passage, as far as its figures go."""

    @property
    def says(self) -> str:
        """What it says, in our own words."""

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure that it states, with its unit."""

    @property
    def source_file(self) -> str:
        """The file of its source, by which passages of one work are known."""


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
    def is_of_100(self) -> bool:
        """Whether its numbers are of 100: "out of every 100 people, 84 could walk"."""
        return any(each.base and each.low == _HUNDRED for each in self.figures)

    @cached_property
    def sides(self) -> tuple[Sides, ...]:
        """Both sides of a share: "84 could walk and 16 could not"."""
        return tuple(sides_in(self.text[:LONGEST_TEXT], self.figures)) if self.has_others else ()

    @cached_property
    def has_others(self) -> bool:
        """Whether it tells of others than those who have something."""
        return bool(_OTHER_SIDE.search(self.text, 0, LONGEST_TEXT))

    def tells_other_side_of(self, figure: Figure) -> bool:
        """Say whether `figure` may be the rest of 100: "16 could not", "30 lived and 70 died"."""
        return self.has_others or any(
            each.low + figure.low == _HUNDRED for each in self.figures if each is not figure
        )

    def says_about(self, figure: Figure) -> bool:
        """Say whether `figure` may be rounded: "about 20 were here and 10 there"."""
        return figure.bound is not Bound.NONE or any(
            each.hedged for each in self.figures if each.start <= figure.start
        )


@lru_cache(maxsize=8192)
def stated_by(says: str, listed: tuple[str, ...]) -> Stated:
    """Return the figures of a passage: those of its summary, and those that it lists.

    Lists leave out bounds ("up to"), so a listed number does not stand against the same number
    that has a bound in the summary.
    """
    said = tuple(_without_contradictions(says))
    bounded = {(each.unit, each.low, each.high) for each in said if each.bound is not Bound.NONE}
    extra = [
        each
        for text in listed
        for each in _without_contradictions(text)
        if each.bound is not Bound.NONE or (each.unit, each.low, each.high) not in bounded
    ]
    return Stated("; ".join((says, *listed)), (*said, *extra))


def _without_contradictions(text: str) -> Iterator[Figure]:
    """Yield the figures of a passage; a count that is another share than the one beside it as two.

    Of "7.8 percent (135 of 2,088)", which is 6.5 percent, the 135 and the 2,088 are left.
    """
    figures = all_figures_in(text)
    for figure, *beside in zip(figures, (None, *figures), (*figures[1:], None), strict=False):
        if len(figure.parts) == 2 and any(
            each and _contradicts(text, figure, each) for each in beside
        ):
            yield from (
                replace(figure, unit=COUNT, low=part, high=part, parts=()) for part in figure.parts
            )
        else:
            yield figure


def _contradicts(text: str, share: Figure, known: Figure) -> bool:
    first, second = sorted((share, known), key=lambda each: each.start)
    return (
        known.unit == share.unit == PERCENT
        and not (known.parts or known.is_range or share.is_range)
        and abs(known.low - share.low) > known.step
        and _THAT_IS.fullmatch(text, first.end, second.start) is not None
        and _THAT_IS_ALL.match(text, second.end) is not None
    )
