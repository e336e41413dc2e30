"""Whether one figure is another, rounded. Both are in the same unit."""

from __future__ import annotations

from decimal import Decimal

from sourced_guide.claims.language.quantities.quantity import COUNT, DATE, PERCENT, Bound, Figure

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
        return (low and (is_year or figure.bound in _LOWER)) or (
            high and (is_year or figure.bound in _UPPER)
        )
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
