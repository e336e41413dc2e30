"""Whether one figure is another, rounded, or what is left of the whole; both in the same unit.

Complements are stated, too: "16 out of 100 have it, and 84 do not", which add up to the whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.quantity import COUNT, DATE, PERCENT, Bound, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
# How far from a number the one that it rounds may lie: "about 700" is within 5 in 100 of it, "about
# a third" within 5 in 100 of the whole.
_ABOUT = Decimal("0.05")
_ABOUT_A_SHARE = Decimal(5)
_YEARS = range(1900, 2101)
_LOWER = (Bound.MIN, Bound.OVER)
_UPPER = (Bound.MAX, Bound.WITHIN)
_OPEN = (Bound.NONE, Bound.WITHIN, Bound.OVER)

_OPPOSITE = {Bound.MIN: Bound.MAX, Bound.MAX: Bound.MIN}
# Both sides may be rounded up: 6.5 and 93.5 percent are "about 7" and "about 94".
_ROUNDED = 1
_WINDOW = 32
_VERBS = "can|could|do|does|did|are|is|was|were|has|have|had|will|would"
_COMPLEMENT_BEFORE = re.compile(
    r"(?:\b(?:other|remaining)|\bnot (?:in|for|among|by)(?: the)?"
    r"|\b(?:missed|misses|failed|fails) (?:it|them|this) (?:in|for))(?: about)? $",
    re.IGNORECASE,
)
# Nothing follows the negated verb, so that it belongs to this figure: "84 could and 16 could not."
# A bar ends a cell of a table.
_NEGATED_VERB_AFTER = re.compile(
    rf" (?:(?:{_VERBS}) not|cannot|(?:{_VERBS})n['’]t)(?=[.,;:)]| \||$)", re.I
)


def equals(figure: Figure, known: Figure) -> bool:
    """Say whether a passage's figure, rounded as the claim shows its own, is the claim's."""
    if figure.unit == DATE:
        pairs = zip(figure.parts, known.parts, strict=True)
        return all(part in (0, other) for part, other in pairs)
    # Sizes are exact: "2 weeks" is 14 days, and 13 days only with an "about".
    may_differ = figure.is_approximate or figure.unit_size == known.unit_size
    tolerance = _tolerance(figure) if may_differ else Decimal(0)
    low = abs(figure.low - known.low) <= tolerance
    high = abs(figure.high - known.high) <= tolerance
    if figure.is_range and known.is_range:
        return low and high
    if figure.is_range:
        # 6.5 percent lies between 6 and 7 out of 100, and 6 percent does not.
        return figure.low < known.low < figure.high and figure.high - figure.low <= 2 * tolerance
    if known.is_range:
        # A single number is not a range, but it may be its bound, or a year of it.
        is_year = known.unit == COUNT and figure.low in _YEARS
        # "At least 1" is more than "0.5 to 1" says, "at most 1" is not.
        is_least = figure.bound in _LOWER and known.low >= figure.low
        is_most = figure.bound in _UPPER and known.high <= figure.high
        return (low and (is_year or is_least)) or (high and (is_year or is_most))
    return (low and _bounds_agree(figure, known)) or _is_rounded_bound(figure, known)


def is_as_precise(figure: Figure, known: Figure) -> bool:
    """Say whether a claim's figure, which equals a passage's, is that without any rounding."""
    if known.is_range or figure.unit == DATE:
        return True
    return not figure.is_range and abs(figure.low - known.low) <= known.precision / 2


def _bounds_agree(figure: Figure, known: Figure) -> bool:
    if figure.bound in _OPEN and known.bound in _OPEN:
        return True
    return any(figure.bound in side and known.bound in side for side in (_LOWER, _UPPER))


def _is_rounded_bound(figure: Figure, known: Figure) -> bool:
    """Say whether "more than 700" is 730 rounded down, or "less than 20" 19.4 rounded up."""
    if figure.unit_size != known.unit_size:
        # 24 hours are no week rounded up.
        return False
    above = known.low - figure.low
    if figure.bound in _LOWER and known.bound in (Bound.NONE, *_LOWER):
        return 0 < above < _bound_precision(figure)
    if figure.bound in _UPPER and known.bound in (Bound.NONE, *_UPPER):
        return 0 < -above < _bound_precision(figure)
    return False


def _bound_precision(figure: Figure) -> Decimal:
    """Return how much more or less a bound leaves room for: "over 90 out of 100" for 91 to 94."""
    is_round_share = figure.unit == PERCENT and figure.low % 10 == 0
    return _ABOUT_A_SHARE if is_round_share else _shown_precision(figure)


def _tolerance(figure: Figure) -> Decimal:
    """Return how far from a claim's number the passage's may lie."""
    if figure.unit == PERCENT and figure.parts and figure.parts[1] < _HUNDRED:
        number, whole = figure.parts
        if not figure.is_approximate:
            return _HALF
        # Halfway to "1 in 5" for "about 1 in 4".
        neighbor = _HUNDRED / (whole * (whole + 1)) if number == 1 else _HUNDRED / whole
        return min(neighbor / 2, _ABOUT_A_SHARE)
    if figure.is_approximate:
        near = min(_shown_precision(figure) / 2, _ABOUT * abs(figure.low))
        return max(figure.precision / 2, near)
    return figure.precision / 2


def _shown_precision(figure: Figure) -> Decimal:
    """Return the precision that a number shows: 1 for 70 and 702, but 100 for 700.

    Shares and small numbers are given to the last digit, so the 0 of "70 out of 100" is one.
    """
    step = figure.precision
    if figure.unit != PERCENT and abs(figure.low) >= _HUNDRED * figure.unit_size:
        while figure.low % (10 * step) == 0:
            step *= 10
    return step


@dataclass(frozen=True)
class ComplementPair:
    """A share, and the figure for the rest of the same whole.

    `adds_up` says whether they and the shares before them sum to 100 or to an earlier figure.
    """

    share: Figure
    complement: Figure
    adds_up: bool


def complement_of(known: Figure) -> Figure:
    """Return what a percentage implies for the rest: 84 percent did, so 16 percent did not."""
    return known._replace(
        low=_HUNDRED - known.high,
        high=_HUNDRED - known.low,
        bound=_OPPOSITE.get(known.bound, known.bound),
    )


def complement_pairs(text: str, figures: Sequence[Figure]) -> Iterator[ComplementPair]:
    """Yield the figures of `text` that are complements, with the share before them."""
    for number, figure in enumerate(figures):
        parts = [earlier for earlier in figures[:number] if _may_be_share(earlier)]
        if parts and _may_be_share(figure) and _is_complement(text, figure):
            total = parts[-1].low + figure.low
            wholes = [_HUNDRED, *(part.low for part in parts[:-1])]
            all_parts = sum((part.low for part in parts), figure.low)
            adds_up = abs(all_parts - _HUNDRED) <= _ROUNDED or any(
                abs(total - whole) <= _ROUNDED for whole in wholes
            )
            yield ComplementPair(parts[-1], figure, adds_up)


def _may_be_share(figure: Figure) -> bool:
    is_share = figure.unit == PERCENT and figure.parts[1:] in ((), (_HUNDRED,))
    return (is_share or figure.is_unitless) and not (figure.is_range or figure.is_denominator)


def _is_complement(text: str, figure: Figure) -> bool:
    before = text[max(0, figure.start - _WINDOW) : figure.start]
    return bool(_COMPLEMENT_BEFORE.search(before) or _NEGATED_VERB_AFTER.match(text, figure.end))
