"""Is one figure the other, rounded? Both in the same unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sourced_guide.claims.language.quantities.lexicon import Bound
from sourced_guide.claims.language.quantities.quantity import COUNT, DATE, PERCENT, Figure

_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
# How far from a number the one that it rounds may lie: "about 700" is within 5 in 100 of it, "about
# a third" within 5 in 100 of the whole.
_ABOUT = Decimal("0.05")
_ABOUT_A_SHARE = Decimal(5)
_YEARS = range(1900, 2101)
_OPPOSITE = {Bound.MIN: Bound.MAX, Bound.MAX: Bound.MIN}
_LOWER = (Bound.MIN, Bound.OVER)
_UPPER = (Bound.MAX, Bound.WITHIN)
_OPEN = (Bound.NONE, Bound.WITHIN, Bound.OVER)


def equals(figure: Figure, known: Figure) -> bool:
    """Say whether a passage's figure, rounded as the claim shows its own, is the claim's."""
    if figure.unit == DATE:
        pairs = zip(figure.parts, known.parts, strict=True)
        return all(part in (0, other) for part, other in pairs)
    # Sizes are exact: "2 weeks" is 14 days, and 13 days only with an "about".
    slack = _slack(figure) if figure.hedged or figure.size == known.size else Decimal(0)
    low = abs(figure.low - known.low) <= slack
    high = abs(figure.high - known.high) <= slack
    if figure.is_range and known.is_range:
        return low and high
    if figure.is_range:
        # 6.5 percent lies between 6 and 7 out of 100, and 6 percent does not.
        return figure.low < known.low < figure.high and figure.high - figure.low <= 2 * slack
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
    return not figure.is_range and abs(figure.low - known.low) <= known.step / 2


def complement(known: Figure) -> Figure:
    """Return what follows for the others: 84 percent did, so 16 percent did not."""
    return replace(
        known,
        low=_HUNDRED - known.high,
        high=_HUNDRED - known.low,
        bound=_OPPOSITE.get(known.bound, known.bound),
    )


def _bounds_agree(figure: Figure, known: Figure) -> bool:
    if figure.bound in _OPEN and known.bound in _OPEN:
        return True
    return any(figure.bound in side and known.bound in side for side in (_LOWER, _UPPER))


def _is_rounded_bound(figure: Figure, known: Figure) -> bool:
    """Say whether "more than 700" is 730 rounded down, or "less than 20" 19.4 rounded up."""
    if figure.size != known.size:
        # 24 hours are no week rounded up.
        return False
    above = known.low - figure.low
    if figure.bound in _LOWER and known.bound in (Bound.NONE, *_LOWER):
        return 0 < above < _shown(figure)
    if figure.bound in _UPPER and known.bound in (Bound.NONE, *_UPPER):
        return 0 < -above < _shown(figure)
    return False


def _slack(figure: Figure) -> Decimal:
    """Return how far from a claim's number the passage's may lie."""
    if figure.unit == PERCENT and figure.parts and figure.parts[1] < _HUNDRED:
        number, whole = figure.parts
        if not figure.hedged:
            return _HALF
        # Halfway to "1 in 5" for "about 1 in 4".
        neighbor = _HUNDRED / (whole * (whole + 1)) if number == 1 else _HUNDRED / whole
        return min(neighbor / 2, _ABOUT_A_SHARE)
    if figure.hedged:
        return max(figure.step / 2, min(_shown(figure) / 2, _ABOUT * abs(figure.low)))
    return figure.step / 2


def _shown(figure: Figure) -> Decimal:
    """Return the precision that a number shows: 1 for 70 and 702, but 100 for 700.

    Shares and small numbers are given to the last digit, so the 0 of "70 out of 100" is one.
    """
    step = figure.step
    if figure.unit != PERCENT and abs(figure.low) >= _HUNDRED * figure.size:
        while figure.low % (10 * step) == 0:
            step *= 10
    return step
