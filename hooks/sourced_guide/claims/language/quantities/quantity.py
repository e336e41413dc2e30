"""Value types: a numeral as it is written, a figure as it is meant."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

COUNT, PERCENT, TIMES, RANK = "", "percent", "times", "rank"
DATE, CLOCK, PHONE, NO_RANGE = "date", "time of day", "telephone", "no range"
# Compared whole: a number without a unit cannot be short for one of these.
ENTITIES = frozenset((DATE, CLOCK, PHONE, NO_RANGE))
# In characters; a longer text is not a sentence, and would be slow to read.
LONGEST_TEXT = 4000


class Form(Enum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    ONE = "one"
    FRACTION = "fraction"
    MULTIPLIER = "multiplier"
    ARTICLE = "article"
    ORDINAL = "ordinal"
    ROMAN = "roman"
    IMPLIED = "implied"
    RATE = "rate"


class Bound(Enum):
    """Which side of its number a figure is bounded on.

    WITHIN is a limit in time and OVER a time that may be a duration or a minimum: sources and
    claims use both interchangeably with the bare number.
    """

    NONE = ""
    MIN = "min"
    MAX = "max"
    WITHIN = "within"
    OVER = "over"


class Numeral(NamedTuple):
    """A number in a text, from `start` to `end`, without its unit.

    `precision` is the smallest difference that it shows: 0.1 for "1.5". `divisor` is what a
    fraction divides the whole into, and 0 for any other number.
    """

    start: int
    end: int
    form: Form
    value: Decimal
    precision: Decimal = Decimal(1)
    divisor: int = 0


class Figure(NamedTuple):
    """One number or range that a text states, with its unit and bound.

    `written` is its words in the text, from `start` to `end` in characters. `low` and `high` are
    its value (the same unless it is a range) in the base unit of the group `unit`: seconds for "24
    hours". A share ("1 in 4", "16 out of 100", "a third") is in percent, with its two numbers in
    `parts`; a date has year, month and day there. `unit` is "" for a count.
    """

    written: str
    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str = COUNT
    bound: Bound = Bound.NONE
    # "about", "nearly"
    is_approximate: bool = False
    # What one of the written unit is in the base unit: 3600 for hours.
    unit_size: Decimal = Decimal(1)
    # The smallest difference that the number shows, in the base unit.
    precision: Decimal = Decimal(1)
    parts: tuple[Decimal, ...] = ()
    # A count with no unit and no noun for the things it counts: "in the other 84".
    is_unitless: bool = False
    # What it counts, if that follows directly: "people" or "works".
    counted_noun: str = ""
    # The 100 of "out of every 100 people:", whose shares follow.
    is_denominator: bool = False
    # Implied rather than stated: a claim may state it, but need not.
    is_implied: bool = False

    @property
    def is_range(self) -> bool:
        """Whether the figure has two ends."""
        return self.low != self.high
