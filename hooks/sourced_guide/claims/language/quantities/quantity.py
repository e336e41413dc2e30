"""A figure: a number or range that a text states, with its unit and bound."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sourced_guide.claims.language.quantities.lexicon import Bound

COUNT, PERCENT, TIMES, PLACE = "", "percent", "times", "place"
DATE, CLOCK, PHONE, NO_RANGE = "date", "time of day", "telephone", "no range"
# No number without a unit is short for one of these.
WHOLES = frozenset((DATE, CLOCK, PHONE, NO_RANGE))


@dataclass(frozen=True)
class Figure:
    """One number or range that a text states.

    `written` is its words in the text, from `start` to `end`. `low` and `high` are its value (the
    same unless it is a range) in the smallest unit of the group `unit`: seconds for "24 hours".
    A share ("1 in 4", "16 out of 100", "a third") is in percent, with its two numbers in `parts`;
    a date has year, month and day there. `unit` is "" for a count.
    """

    written: str
    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str = COUNT
    bound: Bound = Bound.NONE
    # "about", "nearly"
    hedged: bool = False
    # What one of the written unit is in the smallest one: 3600 for hours.
    size: Decimal = Decimal(1)
    # The smallest difference that the number shows, in the smallest unit.
    step: Decimal = Decimal(1)
    parts: tuple[Decimal, ...] = ()
    # A count with no unit and no noun that it counts things by: "in the other 84".
    bare: bool = False
    # What it counts, where that stands right after it: "people" or "works".
    counted: str = ""
    # The 100 of "out of every 100 people:", whose shares follow.
    base: bool = False
    # Implied rather than stated: a claim may say it, nobody has to.
    weak: bool = False

    @property
    def is_range(self) -> bool:
        """Whether the figure has two ends."""
        return self.low != self.high
